package db

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"nutgraph/internal/content"
)

// Version is all that makes an article at one moment: it, the draft that makes
// it again, and what it is filed under, whose names may have changed since.
type Version struct {
	Article content.Article
	Draft   content.Draft
	Section []content.Section // from the top down
	Authors []content.Author
	Tags    []content.Tag

	key       int64
	announced bool
}

// versionColumns are what scanVersion reads, from article a and body b.
const versionColumns = `a.key, a.announced, b.source, b.format,
	(SELECT json_group_array(json_object('Slug', slug, 'Name', name)) FROM (
		SELECT n.slug, n.name FROM article_section l JOIN section n ON n.key = l.section_key WHERE l.article_key = a.key ORDER BY l.position)),
	(SELECT json_group_array(json_object('Slug', slug, 'Name', name)) FROM (
		SELECT n.slug, n.name FROM article_author l JOIN author n ON n.key = l.author_key WHERE l.article_key = a.key ORDER BY l.position)),
	(SELECT json_group_array(json_object('Slug', slug, 'Name', name)) FROM (
		SELECT n.slug, n.name FROM article_tag l JOIN tag n ON n.key = l.tag_key WHERE l.article_key = a.key ORDER BY l.position)),
	` + articleColumns

func scanVersion(scan scanner, now time.Time) (Version, error) {
	var v Version
	var body string
	var format content.Format
	var sections, authors, tags []byte
	var err error
	v.Article, err = scanArticle(func(dest ...any) error {
		return scan(append([]any{&v.key, &v.announced, &body, &format, &sections, &authors, &tags}, dest...)...)
	}, now)
	if err != nil {
		return v, err
	}
	err = errors.Join(json.Unmarshal(sections, &v.Section), json.Unmarshal(authors, &v.Authors), json.Unmarshal(tags, &v.Tags))
	v.Draft = v.draft(body, format)
	return v, err
}

// Version reads an article to be edited, in whatever state it is; NotFound when
// there is none.
func (db *DB) Version(ctx context.Context, id content.ID) (Version, error) {
	v, err := one(ctx, db, versionQuery, []any{id}, db.scanVersion)
	if errors.Is(err, errNone) {
		return v, errNoArticle
	}
	return v, err
}

const versionQuery = `SELECT ` + versionColumns + ` FROM article a JOIN body b ON b.article_key = a.key WHERE a.id = $1`

func (db *DB) scanVersion(scan scanner) (Version, error) { return scanVersion(scan, db.now()) }

var errNoArticle = &content.Error{Code: content.NotFound, Field: "id", Message: "there is no such article"}

// draft writes the article as it would be handed in. What was withdrawn comes
// back as a draft: nothing that is hidden may become public by a round trip.
func (v *Version) draft(body string, format content.Format) content.Draft {
	a := &v.Article
	d := content.Draft{
		Title: a.Title, Standfirst: a.Standfirst, Body: body, BodyFormat: format, Slug: a.Slug, URL: a.URL,
		Language: a.Language, Status: a.Status, PublishedAt: a.PublishedAt, UpdatedAt: &a.UpdatedAt,
		Section: sectionPath(v.Section),
	}
	if d.Status == content.StatusWithdrawn || d.Status == content.StatusTrashed {
		d.Status = content.StatusDraft
	}
	if a.External != nil {
		d.Source, d.ExternalID = a.External.Source, a.External.ID
	}
	if a.Image != nil {
		d.Image = *a.Image
	}
	d.Authors = append(d.Authors, v.Authors...)
	for _, t := range v.Tags {
		d.Tags = append(d.Tags, t.Name)
	}
	return d
}

// sectionPath writes a path of sections by their names, which keeps them, or
// by the slug where a name would be read differently.
func sectionPath(path []content.Section) string {
	if len(path) == 0 {
		return ""
	}
	names := make([]string, len(path))
	for i, s := range path {
		names[i] = s.Name
	}
	byName, slug := strings.Join(names, "/"), path[len(path)-1].Slug
	if read := content.ParseSection(byName); len(read) == len(path) && read[len(read)-1].Slug == slug {
		return byName
	}
	return slug
}
