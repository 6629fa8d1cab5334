package db

import (
	"context"
	"slices"

	"nutgraph/internal/content"
)

// FiledUnder lists, sorted, the keys of all articles under the tag, the author or
// the section that where names by slug, the first of these if it names several.
// The bool tells whether it names one, with no more than limit articles. What
// else where asks for is not looked at.
func (db *DB) FiledUnder(ctx context.Context, where *content.ArticleWhere, limit int) (keys []int64, known bool, err error) {
	for _, f := range []struct {
		noun   string
		filter *content.SlugFilter
	}{{"tag", where.Tag}, {"author", where.Author}, {"section", where.Section}} {
		if f.filter == nil || f.filter.Eq == nil && f.filter.In == nil {
			continue
		}
		slugs := f.filter.In
		if f.filter.Eq != nil {
			slugs = []string{*f.filter.Eq}
		}
		s := &statement{}
		keys, err = collect(ctx, db, `
			SELECT l.article_key
			FROM `+f.noun+` n
			CROSS JOIN article_`+f.noun+` l ON l.`+f.noun+`_key = n.key
			WHERE n.slug IN `+list(s, slugs)+`
			LIMIT `+s.arg(limit+1), s.args, scanValue[int64])
		slices.Sort(keys)
		return slices.Compact(keys), err == nil && len(keys) <= limit, err
	}
	return nil, false, nil
}
