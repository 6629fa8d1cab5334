package db

import (
	"context"
	"database/sql"
	"errors"

	"nutgraph/internal/content"
)

// writeLinks files an article under its sections, authors and tags.
func writeLinks(ctx context.Context, tx *txn, article int64, a *content.Article, f *Filing, sections []int64) error {
	authors, err := authorKeys(ctx, tx, f.Authors)
	if err != nil {
		return err
	}
	tags, err := tagKeys(ctx, tx, f.Tags)
	if err != nil {
		return err
	}
	for _, links := range []struct {
		noun string
		keys []int64
	}{{"section", sections}, {"author", authors}, {"tag", tags}} {
		if err := relink(ctx, tx, links.noun, article, links.keys, listedAt(a)); err != nil {
			return err
		}
	}
	return nil
}

func relink(ctx context.Context, tx *txn, noun string, article int64, keys []int64, published *int64) error {
	if err := tx.exec(ctx, "DELETE FROM article_"+noun+" WHERE article_key = $1", article); err != nil {
		return err
	}
	for position, key := range keys {
		err := tx.exec(ctx, "INSERT INTO article_"+noun+" (article_key, position, "+noun+"_key, published_at) VALUES ($1, $2, $3, $4)",
			article, position, key, published)
		if err != nil {
			return err
		}
	}
	return nil
}

// sectionKeys finds or makes the sections of a path, from the top down.
func sectionKeys(ctx context.Context, tx *txn, path []content.Section) ([]int64, error) {
	var found []int64
	for _, s := range path {
		key, err := findOrMake(ctx, tx, "section", s.Slug, func() (string, []any) {
			return `INSERT INTO section (id, slug, name, parent_key) VALUES ($1, $2, $3, $4) RETURNING key`,
				[]any{content.NewID(content.SectionPrefix), s.Slug, s.Name, last(found)}
		})
		if err != nil {
			return nil, err
		}
		found = append(found, key)
	}
	return found, nil
}

func authorKeys(ctx context.Context, tx *txn, authors []content.Author) ([]int64, error) {
	var found []int64
	for _, a := range authors {
		key, err := findOrMake(ctx, tx, "author", a.Slug, func() (string, []any) {
			return `INSERT INTO author (id, slug, name) VALUES ($1, $2, $3) RETURNING key`,
				[]any{content.NewID(content.AuthorPrefix), a.Slug, a.Name}
		})
		if err != nil {
			return nil, err
		}
		found = append(found, key)
	}
	return found, nil
}

func tagKeys(ctx context.Context, tx *txn, tags []content.Tag) ([]int64, error) {
	var found []int64
	for _, t := range tags {
		key, err := findOrMake(ctx, tx, "tag", t.Slug, func() (string, []any) {
			return `INSERT INTO tag (id, slug, name) VALUES ($1, $2, $3) RETURNING key`,
				[]any{content.NewID(content.TagPrefix), t.Slug, t.Name}
		})
		if err != nil {
			return nil, err
		}
		found = append(found, key)
	}
	return found, nil
}

// findOrMake returns the key of the row with a slug. The statement that makes
// it is asked for only when there is none.
func findOrMake(ctx context.Context, tx *txn, noun, slug string, insert func() (string, []any)) (key int64, err error) {
	err = tx.row(ctx, "SELECT key FROM "+noun+" WHERE slug = $1", []any{slug}, &key)
	if errors.Is(err, sql.ErrNoRows) {
		query, args := insert()
		err = tx.row(ctx, query, args, &key)
	}
	return key, err
}
