package db

import (
	"context"

	"nutgraph/internal/content"
)

// Facet is a value that articles have, and how many do.
type Facet struct {
	Value string // as a filter takes it
	Name  string // as readers see it
	Count int
}

// FacetBy is what articles differ in.
type FacetBy int

// What facets count by.
const (
	BySection FacetBy = iota // a section counts with those below it
	ByTag
	ByAuthor
	ByYear
	ByLanguage
)

// Facets counts those of some articles that readers may see and where selects
// by one of the things they differ in, the most frequent values first.
func (db *DB) Facets(ctx context.Context, keys []int64, where *content.ArticleWhere, by FacetBy, limit int) ([]Facet, error) {
	s := &statement{known: true}
	from := "json_each(" + s.arg(toJSON(keys)) + ") k CROSS JOIN article a ON a.key = k.value"
	value, name := "a.language", "a.language"
	switch by {
	case BySection, ByTag, ByAuthor:
		noun := map[FacetBy]string{BySection: "section", ByTag: "tag", ByAuthor: "author"}[by]
		value, name = "n.slug", "n.name"
		from += " JOIN article_" + noun + " l ON l.article_key = a.key JOIN " + noun + " n ON n.key = l." + noun + "_key"
	case ByYear:
		value, name = "strftime('%Y', a.published_at / 1000, 'unixepoch')", "''"
	case ByLanguage:
	}
	conditions := append([]string{s.visible(db.now())}, s.where(where)...)
	query := "SELECT " + value + ", " + name + ", COUNT(*) FROM " + from + " WHERE " + and(conditions) +
		" GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT " + s.arg(limit)
	return collect(ctx, db, query, s.args, func(scan scanner) (f Facet, err error) {
		err = scan(&f.Value, &f.Name, &f.Count)
		if f.Name == "" {
			f.Name = f.Value
		}
		return f, err
	})
}
