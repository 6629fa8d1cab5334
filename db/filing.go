package db

import (
	"context"
	"slices"
	"strings"

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
		if slices.Contains(keys[:position], key) {
			continue // two names of one
		}
		err := tx.exec(ctx, "INSERT INTO article_"+noun+" (article_key, position, "+noun+"_key, published_at) VALUES ($1, $2, $3, $4)",
			article, position, key, published)
		if err != nil {
			return err
		}
	}
	return nil
}

// sectionKeys finds or makes the sections of a path, from the top down. Where one
// of them has moved, the path goes on from its new place.
func sectionKeys(ctx context.Context, tx *txn, path []content.Section) ([]int64, error) {
	var found []int64
	moved, above := false, ""
	for _, s := range path {
		slug := above + s.Slug[strings.LastIndexByte(s.Slug, '/')+1:]
		key, isFormer, err := findOrMake(ctx, tx, "section", slug, func() (string, []any) {
			return `INSERT INTO section (id, slug, name, parent_key) VALUES ($1, $2, $3, $4) RETURNING key`,
				[]any{content.NewID(content.SectionPrefix), slug, s.Name, last(found)}
		})
		if err == nil && isFormer {
			moved = true
			err = tx.row(ctx, `SELECT slug FROM section WHERE key = $1`, []any{key}, &slug)
		}
		if err != nil {
			return nil, err
		}
		found, above = append(found, key), slug+"/"
	}
	if moved {
		return sectionPathTo(ctx, tx, *last(found))
	}
	return found, nil
}

// sectionPathTo are the keys of the sections above one, from the top down, and
// its own.
func sectionPathTo(ctx context.Context, tx *txn, key int64) ([]int64, error) {
	var path []int64
	for next := &key; next != nil; {
		path = append(path, *next)
		var parent *int64
		if err := tx.row(ctx, `SELECT parent_key FROM section WHERE key = $1`, []any{*next}, &parent); err != nil {
			return nil, err
		}
		next = parent
	}
	slices.Reverse(path)
	return path, nil
}

func authorKeys(ctx context.Context, tx *txn, authors []content.Author) ([]int64, error) {
	var found []int64
	for _, a := range authors {
		key, _, err := findOrMake(ctx, tx, "author", a.Slug, func() (string, []any) {
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
		key, _, err := findOrMake(ctx, tx, "tag", t.Slug, func() (string, []any) {
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

// findOrMake returns the key of the row that has a slug, or had it before. The
// statement that makes one is asked for only when there is none.
func findOrMake(ctx context.Context, tx *txn, noun, slug string, insert func() (string, []any)) (key int64, isFormer bool, err error) {
	err = tx.row(ctx, "SELECT key FROM "+noun+" WHERE slug = $1", []any{slug}, &key)
	if isNone(err) {
		err = tx.row(ctx, `SELECT key FROM former_slug WHERE noun = $1 AND slug = $2`, []any{noun, slug}, &key)
		isFormer = err == nil
	}
	if isNone(err) {
		query, args := insert()
		err = tx.row(ctx, query, args, &key)
	}
	return key, isFormer, err
}
