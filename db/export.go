package db

import (
	"context"
	"iter"
	"strings"

	"nutgraph/internal/content"
)

// Export yields every article as the draft that makes it again, in the order in
// which they came in, whatever their status.
func (db *DB) Export(ctx context.Context) iter.Seq2[content.Draft, error] {
	return func(yield func(content.Draft, error) bool) {
		const batch = 200
		after := int64(0)
		for {
			rows, err := db.exportBatch(ctx, after, batch)
			if err != nil {
				yield(content.Draft{}, err)
				return
			}
			for _, r := range rows {
				if !yield(r.draft, nil) {
					return
				}
				after = r.key
			}
			if len(rows) < batch {
				return
			}
		}
	}
}

type exported struct {
	key   int64
	draft content.Draft
}

func (db *DB) exportBatch(ctx context.Context, after int64, batch int) ([]exported, error) {
	rows, err := collect(ctx, db, `
		SELECT a.key, b.source, b.format, `+articleColumns+`
		FROM article a
		JOIN body b ON b.article_key = a.key
		WHERE a.key > $1
		ORDER BY a.key
		LIMIT $2`, []any{after, batch}, db.scanExported)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]content.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.article.ID
	}
	sections, err := db.Sections().ofAny(ctx, ids)
	if err != nil {
		return nil, err
	}
	authors, err := db.Authors().ofAny(ctx, ids)
	if err != nil {
		return nil, err
	}
	tags, err := db.Tags().ofAny(ctx, ids)
	if err != nil {
		return nil, err
	}
	drafts := make([]exported, len(rows))
	for i, r := range rows {
		d := r.draft()
		d.Section = sectionPath(sections[r.article.ID])
		for _, a := range authors[r.article.ID] {
			d.Authors = append(d.Authors, content.Author{Name: a.Name, Slug: a.Slug})
		}
		for _, t := range tags[r.article.ID] {
			d.Tags = append(d.Tags, t.Name)
		}
		drafts[i] = exported{r.key, d}
	}
	return drafts, nil
}

type exportRow struct {
	key     int64
	body    string
	format  content.Format
	article content.Article
}

func (db *DB) scanExported(scan scanner) (r exportRow, err error) {
	r.article, err = db.scanArticle(func(dest ...any) error {
		return scan(append([]any{&r.key, &r.body, &r.format}, dest...)...)
	})
	return r, err
}

// draft writes the article as it would be handed in. What was withdrawn comes
// back as a draft: nothing that is hidden may become public by a round trip.
func (r *exportRow) draft() content.Draft {
	a := &r.article
	d := content.Draft{
		Title: a.Title, Standfirst: a.Standfirst, Body: r.body, BodyFormat: r.format, Slug: a.Slug, URL: a.URL,
		Language: a.Language, Status: a.Status, PublishedAt: a.PublishedAt, UpdatedAt: &a.UpdatedAt,
	}
	if d.Status == content.StatusWithdrawn {
		d.Status = content.StatusDraft
	}
	if a.External != nil {
		d.Source, d.ExternalID = a.External.Source, a.External.ID
	}
	if a.Image != nil {
		d.Image = *a.Image
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

// Empty tells whether the archive has no article, of whatever status.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	return one(ctx, db, `SELECT NOT EXISTS (SELECT 1 FROM article)`, nil, scanValue[bool])
}

// Backup writes a consistent copy of the archive into a new file, while others
// read and write. It takes the connection that writes, because the others may
// not even write elsewhere.
func (db *DB) Backup(ctx context.Context, file string) error {
	_, err := db.write.ExecContext(ctx, `VACUUM INTO $1`, file)
	return fault(err)
}
