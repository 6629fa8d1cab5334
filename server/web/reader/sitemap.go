package reader

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// maxSitemap is the most addresses that a sitemap may have (sitemaps.org).
const maxSitemap = 50_000

// newsAge is how long articles stay in the sitemap of news, as search engines
// want it.
const newsAge = 48 * time.Hour

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	NewsNS  string       `xml:"xmlns:news,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
	News    *news  `xml:"news:news"`
}

type news struct {
	Name      string `xml:"news:publication>news:name"`
	Language  string `xml:"news:publication>news:language"`
	Published string `xml:"news:publication_date"`
	Title     string `xml:"news:title"`
}

// stretch is a part of the archive by time of publication: the number-th of the
// parts that are 2^bits milliseconds long. So the parts of a growing archive keep
// their names, until one is too long and becomes two.
type stretch struct {
	bits   int
	number int64
}

// wholeArchive reaches from 1691 to 2248.
var wholeArchive = stretch{44, 0}

// origin is where stretches are counted from, in milliseconds since 1970.
const origin = -1 << 43

func (s stretch) String() string { return fmt.Sprintf("%d-%d", s.bits, s.number) }

// parseStretch reads what String wrote.
func parseStretch(name string) (stretch, bool) {
	var s stretch
	_, err := fmt.Sscanf(name, "%d-%d", &s.bits, &s.number)
	within := s.bits >= 0 && s.bits <= wholeArchive.bits && s.number >= 0 && s.number < 1<<(wholeArchive.bits-s.bits)
	return s, err == nil && within && s.String() == name
}

func (s stretch) variables() variables {
	start := origin + s.number<<s.bits
	return variables{"from": time.UnixMilli(start).UTC(), "to": time.UnixMilli(start + 1<<s.bits).UTC()}
}

// sitemap lists every article, or the sitemaps that do when there are too many
// for one.
func (rd *Reader) sitemap(w http.ResponseWriter, r *http.Request) {
	rd.file(func(r *http.Request) (string, []byte, error) {
		parts, err := rd.parts(r.Context(), wholeArchive)
		if err != nil {
			return "", nil, err
		}
		if len(parts) <= 1 {
			return rd.addresses(r, wholeArchive)
		}
		index := sitemapIndex{}
		for _, part := range parts {
			index.Sitemaps = append(index.Sitemaps, sitemapURL{Loc: rd.base(r) + "/sitemap/" + part.String() + ".xml"})
		}
		return writeXML("application/xml", index)
	})(w, r)
}

// sitemapPart lists the articles of a stretch.
func (rd *Reader) sitemapPart(w http.ResponseWriter, r *http.Request) {
	rd.file(func(r *http.Request) (string, []byte, error) {
		name, isXML := strings.CutSuffix(r.PathValue("stretch"), ".xml")
		part, ok := parseStretch(name)
		if !isXML || !ok {
			return "", nil, errMissing
		}
		return rd.addresses(r, part)
	})(w, r)
}

// parts halves a stretch until no part has more articles than a sitemap may.
// Empty parts are left out; what was published in one millisecond has no parts.
func (rd *Reader) parts(ctx context.Context, s stretch) ([]stretch, error) {
	d, err := ask[struct{ Articles list }](ctx, rd.archive, "count", s.variables())
	switch n := d.Articles.TotalCount; {
	case err != nil || n == 0:
		return nil, err
	case n <= rd.maxSitemap || s.bits == 0:
		return []stretch{s}, nil
	}
	earlier, err := rd.parts(ctx, stretch{s.bits - 1, 2 * s.number})
	if err != nil {
		return nil, err
	}
	later, err := rd.parts(ctx, stretch{s.bits - 1, 2*s.number + 1})
	return append(earlier, later...), err
}

// addresses lists the articles of a stretch.
func (rd *Reader) addresses(r *http.Request, s stretch) (string, []byte, error) {
	var set urlSet
	v := s.variables()
	for more := true; more && len(set.URLs) < maxSitemap; {
		d, err := ask[struct{ Articles list }](r.Context(), rd.archive, "sitemap", v)
		if err != nil {
			return "", nil, err
		}
		for i := range d.Articles.Nodes {
			a := &d.Articles.Nodes[i]
			set.URLs = append(set.URLs, sitemapURL{Loc: rd.base(r) + a.Path(), LastMod: a.UpdatedAt.UTC().Format(time.RFC3339)})
		}
		v["after"], more = d.Articles.PageInfo.EndCursor, d.Articles.PageInfo.HasNextPage
	}
	return writeXML("application/xml", set)
}

// newsSitemap lists what was published in the last two days.
func (rd *Reader) newsSitemap(w http.ResponseWriter, r *http.Request) {
	rd.file(func(r *http.Request) (string, []byte, error) {
		since := rd.Now().Add(-newsAge).UTC()
		d, err := ask[struct{ Articles list }](r.Context(), rd.archive, "feed", variables{
			"first": 100, "withBody": false, "where": variables{"publishedAt": variables{"gte": since}},
		})
		if err != nil {
			return "", nil, err
		}
		set := urlSet{NewsNS: "http://www.google.com/schemas/sitemap-news/0.9"}
		for i := range d.Articles.Nodes {
			s := &d.Articles.Nodes[i]
			set.URLs = append(set.URLs, sitemapURL{Loc: rd.base(r) + s.Path(), News: &news{
				Name: rd.Name, Language: newsLanguage(s), Published: s.PublishedAt.UTC().Format(time.RFC3339), Title: s.Title,
			}})
		}
		return writeXML("application/xml", set)
	})(w, r)
}

// newsLanguage is the language of an article; a news sitemap wants one always.
func newsLanguage(s *story) string {
	if l := s.Lang(); l != "" {
		return l
	}
	return pageLanguage
}
