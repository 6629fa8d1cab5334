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

// RelatedPage is a page of the stored edges of an article.
type RelatedPage struct {
	content.Page[RelatedArticle]
	Stored EdgeList
}

// EdgeList tells how the stored automatic edges of an article fare when somebody
// reads them under a filter.
type EdgeList struct {
	Kept    []EdgeTo // those that are seen
	Others  int      // those that the filter leaves out
	Hidden  int      // those that lead to what readers may not see
	Waiting bool     // the article has lost edges, and waits for others
}

// IsWhole tells whether the stored edges are the best there are.
func (l *EdgeList) IsWhole() bool { return l.Others+l.Hidden == 0 && !l.Waiting }

// RelatedOf reads, for each of several articles that readers may see, a page of
// the stored edges that lead from it to others which they may see too and where
// selects: pinned ones first, then by score. The pages count nothing:
// CountRelated does.
func (db *DB) RelatedOf(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID]RelatedPage, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	pages, rows, err := db.edges(ctx, articles, where, w)
	if err != nil {
		return nil, err
	}
	for _, id := range articles {
		p := pages[id]
		if w.After == nil && w.Before == nil {
			p.Page = firstPage(rows[id][:min(len(rows[id]), w.Limit+1)], w)
		} else if p.Page, err = page(ctx, db, db.relatedListing(ctx, id, where), w); err != nil {
			return nil, err
		}
		pages[id] = p
	}
	return pages, nil
}

// edges reads all edges of several articles in one statement, there being few
// of them for each: those that are seen, and how the others fare.
func (db *DB) edges(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID]RelatedPage, map[content.ID][]row[RelatedArticle], error) {
	l := db.relatedListing(ctx, "", nil)
	s := &statement{}
	query := `
		SELECT p.id, COALESCE(n.edges = 'NEW', FALSE), ` + s.visible(db.now()) + `, (` + all(s.where(where)) + `) IS TRUE,
			` + l.columns + ", " + l.key + l.sortColumns() + `
		FROM ` + l.from + `
		LEFT JOIN analysis n ON n.article_key = p.key
		WHERE ` + s.inSightAs(ctx, "p", db.now()) + ` AND p.id IN ` + list(s, articles) + `
		ORDER BY ` + l.orderBy(w.Backward)
	pages, rows := map[content.ID]RelatedPage{}, map[content.ID][]row[RelatedArticle]{}
	_, err := collect(ctx, db, query, s.args, func(scan scanner) (struct{}, error) {
		var id content.ID
		var waiting, visible, chosen bool
		r, err := l.scanRow(func(dest ...any) error { return scan(append([]any{&id, &waiting, &visible, &chosen}, dest...)...) })
		p := pages[id]
		p.Stored.Waiting = waiting
		if p.Stored.add(&r, visible, chosen); visible && chosen {
			rows[id] = append(rows[id], r)
		}
		pages[id] = p
		return struct{}{}, err
	})
	return pages, rows, err
}

// add takes in an edge.
func (l *EdgeList) add(r *row[RelatedArticle], visible, chosen bool) {
	switch {
	case r.item.Origin != content.Automatic:
	case !visible:
		l.Hidden++
	case !chosen:
		l.Others++
	default:
		l.Kept = append(l.Kept, EdgeTo{r.key(), r.item.Score, r.item.Reasons})
	}
}

// relatedOrder puts pinned articles first.
var relatedOrder = []sortTerm{{"origin", "r.origin", true}, {"score", "r.score", true}}

// relatedListing is the list of the edges of one article. Its first condition
// says which.
func (db *DB) relatedListing(ctx context.Context, article content.ID, where *content.ArticleWhere) listing[RelatedArticle] {
	s := &statement{}
	conditions := append([]string{"p.id = " + s.arg(article), s.inSightAs(ctx, "p", db.now()), s.visible(db.now())}, s.where(where)...)
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

// RelatedAmong reads a page of the edges that lead from an article that readers
// may see to others which they may see too and where selects: the pinned ones,
// and those given in place of the stored automatic ones.
func (db *DB) RelatedAmong(ctx context.Context, article content.ID, edges []EdgeTo, where *content.ArticleWhere, w content.Window) (content.Page[RelatedArticle], error) {
	l := db.relatedListing(ctx, article, where)
	s := &statement{args: l.args}
	l.from = `article p
		JOIN (
			SELECT p.key AS article_key, r.related_key, r.score, r.origin, r.reasons
			FROM article p
			JOIN related r ON r.article_key = p.key AND r.origin = 'PINNED'
			WHERE p.id = ` + s.arg(article) + `
			UNION ALL
			SELECT p.key, e.value ->> 'key', e.value ->> 'score', 'AUTOMATIC', e.value -> 'reasons'
			FROM article p, json_each(` + s.arg(toJSON(edges)) + `) e
			WHERE p.id = ` + s.arg(article) + ` AND NOT EXISTS (
				SELECT 1 FROM related r
				WHERE r.article_key = p.key AND r.related_key = e.value ->> 'key' AND r.origin = 'PINNED')
		) r ON r.article_key = p.key
		JOIN article a ON a.key = r.related_key`
	l.args = s.args
	return page(ctx, db, l, w)
}

// CountRelated counts the edges of each of several articles under the same
// conditions as RelatedOf.
func (db *DB) CountRelated(ctx context.Context, articles []content.ID, where *content.ArticleWhere) (map[content.ID]int, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	l := db.relatedListing(ctx, "", where)
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
