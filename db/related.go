package db

import (
	"context"
	"encoding/json"
	"slices"

	"nutgraph/internal/content"
)

// RelatedArticle is an edge together with the article it leads to.
type RelatedArticle struct {
	content.Related
	Node content.Article
}

// RelatedOf reads, for each of several articles that readers may see, a page of
// the edges that lead from it to others which they may see too and where
// selects: pinned ones first, then by score. The pages count nothing:
// CountRelated does.
func (db *DB) RelatedOf(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID]content.Page[RelatedArticle], error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	pages := map[content.ID]content.Page[RelatedArticle]{}
	if w.After != nil || w.Before != nil {
		for _, id := range articles {
			p, err := page(ctx, db, db.relatedListing(id, where), w)
			if err != nil {
				return nil, err
			}
			pages[id] = p
		}
		return pages, nil
	}
	rows, err := db.edges(ctx, articles, where, w)
	if err != nil {
		return nil, err
	}
	for _, id := range articles {
		pages[id] = firstPage(rows[id][:min(len(rows[id]), w.Limit+1)], w)
	}
	return pages, nil
}

// edges reads all edges of several articles in one statement: there are few
// of them for each.
func (db *DB) edges(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID][]row[RelatedArticle], error) {
	l := db.relatedListing("", where)
	s := &statement{args: l.args}
	conditions := append(slices.Clone(l.conditions[1:]), "p.id IN "+list(s, articles))
	query := "SELECT p.id, " + l.columns + ", " + l.key + l.sortColumns() + " FROM " + l.from +
		" WHERE " + and(conditions) + " ORDER BY " + l.orderBy(w.Backward)
	return collectLists(ctx, db, query, s.args, func(scan scanner) (id content.ID, r row[RelatedArticle], err error) {
		r, err = l.scanRow(func(dest ...any) error { return scan(append([]any{&id}, dest...)...) })
		return id, r, err
	})
}

// relatedOrder puts pinned articles first.
var relatedOrder = []sortTerm{{"origin", "r.origin", true}, {"score", "r.score", true}}

// relatedListing is the list of the edges of one article. Its first condition
// says which.
func (db *DB) relatedListing(article content.ID, where *content.ArticleWhere) listing[RelatedArticle] {
	s := &statement{}
	conditions := append([]string{"p.id = " + s.arg(article), s.visibleAs("p", db.now()), s.visible(db.now())}, s.where(where)...)
	return listing[RelatedArticle]{
		items:      "related",
		columns:    "r.score, r.origin, r.reasons, " + articleColumns,
		from:       "article p JOIN related r ON r.article_key = p.key JOIN article a ON a.key = r.related_key",
		conditions: conditions,
		args:       s.args,
		order:      relatedOrder,
		key:        "r.related_key",
		scan:       db.scanRelated,
	}
}

// CountRelated counts the edges of each of several articles under the same
// conditions as RelatedOf.
func (db *DB) CountRelated(ctx context.Context, articles []content.ID, where *content.ArticleWhere) (map[content.ID]int, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	l := db.relatedListing("", where)
	s := &statement{args: l.args}
	conditions := append(slices.Clone(l.conditions[1:]), "p.id IN "+list(s, articles))
	query := "SELECT p.id, COUNT(*) FROM " + l.from + " WHERE " + and(conditions) + " GROUP BY p.id"
	return collectMap(ctx, db, query, s.args, func(scan scanner) (id content.ID, n int, err error) {
		return id, n, scan(&id, &n)
	})
}

func (db *DB) scanRelated(scan scanner) (RelatedArticle, error) {
	var r RelatedArticle
	var reasons []byte
	node, err := scanArticle(func(dest ...any) error {
		return scan(append([]any{&r.Score, &r.Origin, &reasons}, dest...)...)
	}, db.now())
	if err != nil {
		return r, err
	}
	r.Node, r.Article = node, node.ID
	return r, json.Unmarshal(reasons, &r.Reasons)
}
