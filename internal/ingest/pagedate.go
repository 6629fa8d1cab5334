package ingest

import (
	"fmt"
	"path"
	"regexp"
	"time"

	"github.com/pelletier/go-toml/v2"
)

var (
	datedName  = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})-(.+)$`)
	datedPath  = regexp.MustCompile(`(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)`)
	tongueName = regexp.MustCompile(`^(.+)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)$`)
)

// pageStem is the name of a page without extension, language and date. The
// name of an index page is that of its folder.
func pageStem(name string) string {
	s := stem(name)
	if m := tongueName.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if s == "index" && path.Dir(name) != "." {
		s = path.Base(path.Dir(name))
	}
	if m := datedName.FindStringSubmatch(s); m != nil {
		s = m[2]
	}
	return s
}

// jekyll tells whether the name carries the date, as Jekyll wants it.
func (p *page) jekyll() bool { return datedName.MatchString(stem(p.name)) }

// dates looks for the time of publication in the front matter, then in the
// name of the file, then in the address of the page (Zola's path, Hugo's url).
func (p *page) dates() error {
	var err error
	d := &p.item.Draft
	if d.PublishedAt, err = p.date("publishedAt", "published_at", "date", "pubDate", "pubDatetime", "publishDate", "publish_date",
		"datePublished", "published"); err != nil {
		return err
	}
	if d.UpdatedAt, err = p.date("updatedAt", "updated_at", "updated", "lastmod", "modified", "modDatetime", "updatedDate",
		"last_modified_at", "dateModified"); err != nil {
		return err
	}
	if d.PublishedAt == nil {
		d.PublishedAt = p.dateOfPath()
	}
	return nil
}

func (p *page) date(keys ...string) (*time.Time, error) {
	key, value := p.fm.find(keys...)
	var t time.Time
	ok := true
	switch v := value.(type) {
	case nil, bool: // Jekyll's "published: false" is a status
		return nil, nil // no date is a valid answer
	case time.Time:
		t = stored(v)
	case toml.LocalDate:
		t = v.AsTime(time.UTC)
	case toml.LocalDateTime:
		t = stored(v.AsTime(time.UTC))
	default:
		t, ok = parseLooseDate(fmt.Sprint(v))
	}
	if !ok || !storable(t) {
		return nil, p.refuse(key, "%q is not a date; write 2024-05-12, or 2024-05-12T09:30:00Z", fmt.Sprint(value))
	}
	return &t, nil
}

func (p *page) dateOfPath() *time.Time {
	if m := datedName.FindStringSubmatch(pathName(p.name)); m != nil {
		if t, ok := parseLooseDate(m[1]); ok {
			return &t
		}
	}
	for _, s := range []string{p.fm.text("path", "url", "permalink"), p.name} {
		if m := datedPath.FindStringSubmatch(s); m != nil {
			if t, ok := parseLooseDate(m[1] + "-" + m[2] + "-" + m[3]); ok {
				return &t
			}
		}
	}
	return nil
}

// pathName is the name that may carry a date: that of the file, or of the
// folder of an index page.
func pathName(name string) string {
	if s := stem(name); s != "index" {
		return s
	}
	return path.Base(path.Dir(name))
}
