package db

import (
	"context"
	"slices"

	"nutgraph/internal/content"
)

// readersListing is the list of articles. One of those that are filed under
// something, in the order of publication, is read from its links, whose index is in
// that order: all that are filed under a section would else be sorted for each page.
func (db *DB) readersListing(ctx context.Context, l ArticleList) (listing[content.Article], error) {
	noun, slug, rest := filedUnder(l.Where)
	base, err := db.articleListing(ctx, l)
	if err != nil || noun == "" || l.Status != nil || base.order[0].name != "published_at" {
		return base, err
	}
	l.Where = rest
	if base, err = db.articleListing(ctx, l); err != nil {
		return base, err
	}
	s := &statement{args: base.args}
	base.conditions = append(base.conditions,
		"l."+noun+"_key = (SELECT n.key FROM "+noun+" n WHERE n.slug = "+s.arg(slug)+")",
		"l.published_at <= "+s.arg(db.now().UnixMilli()))
	base.args = s.args
	base.from = "article_" + noun + " l CROSS JOIN article a ON a.key = l.article_key"
	base.key = "l.article_key"
	base.order[0].expression = "l.published_at"
	return base, nil
}

// filedUnder finds what all articles that are selected are filed under: what has the
// shortest lists first. The rest is what else is asked of them.
func filedUnder(w *content.ArticleWhere) (noun, slug string, rest *content.ArticleWhere) {
	if w == nil {
		return "", "", nil
	}
	others := *w
	for _, f := range []struct {
		noun   string
		filter **content.SlugFilter
	}{{"tag", &others.Tag}, {"author", &others.Author}, {"section", &others.Section}} {
		if *f.filter == nil || (*f.filter).Eq == nil {
			continue
		}
		without := **f.filter
		slug, without.Eq = *without.Eq, nil
		*f.filter = &without
		return f.noun, slug, &others
	}
	return "", "", w
}

// FiledUnder lists, sorted, the keys of all articles under the tag, the author or
// the section that where names by slug, the first of these if it names several.
// The bool tells whether it names one, with no more than limit articles. What
// else where asks for is not looked at.
func (db *DB) FiledUnder(ctx context.Context, where *content.ArticleWhere, limit int) (keys []int64, known bool, err error) {
	noun, slug, _ := filedUnder(where)
	if noun == "" {
		return nil, false, nil
	}
	keys, err = collect(ctx, db, `
		SELECT l.article_key
		FROM article_`+noun+` l
		WHERE l.`+noun+`_key = (SELECT n.key FROM `+noun+` n WHERE n.slug = $1)
		LIMIT $2`, []any{slug, limit + 1}, scanValue[int64])
	slices.Sort(keys)
	return keys, err == nil && len(keys) <= limit, err
}
