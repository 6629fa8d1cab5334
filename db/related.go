package db

import (
	"context"
	"encoding/json"

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
		} else if p.Page, err = page(ctx, db, db.relatedListing(ctx, []content.ID{id}, where), w); err != nil {
			return nil, err
		}
		pages[id] = p
	}
	return pages, nil
}

// edges reads all edges of several articles in one statement, there being few
// of them for each: those that are seen, and how the others fare.
func (db *DB) edges(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID]RelatedPage, map[content.ID][]row[RelatedArticle], error) {
	s := &statement{}
	l := db.edgeListing(ctx, &statement{}, storedEdges(s, articles), nil)
	query := `
		SELECT p.id, COALESCE(n.edges = 'NEW', FALSE), ` + s.visible(db.now()) + `, (` + all(s.where(where)) + `) IS TRUE,
			` + l.columns + ", " + l.key + l.sortColumns() + `
		FROM ` + l.from + `
		LEFT JOIN analysis n ON n.article_key = p.key
		WHERE ` + s.inSightAs(ctx, "p", db.now()) + `
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

// relatedOrder puts pinned articles first, in their order.
var relatedOrder = []sortTerm{{"place", "r.place", true}, {"score", "r.score", true}}

// relatedListing is the list of the stored edges of some articles.
func (db *DB) relatedListing(ctx context.Context, articles []content.ID, where *content.ArticleWhere) listing[RelatedArticle] {
	s := &statement{}
	return db.edgeListing(ctx, s, storedEdges(s, articles), where)
}

func storedEdges(s *statement, articles []content.ID) string {
	return chosenEdges(s, articles, `
		SELECT p.key AS article_key, r.related_key AS related_key, r.score AS score, r.reasons AS reasons
		FROM article p
		JOIN related r ON r.article_key = p.key
		WHERE p.id IN `+list(s, articles))
}

// chosenEdges are the edges of some articles as an editor wants them, from those
// that the machine has drawn: pinned ones have a place above 0, the first the
// highest, and blocked ones are left out. From article p it leads to article a.
func chosenEdges(s *statement, articles []content.ID, drawn string) string {
	return `article p
		JOIN (
			WITH drawn AS (` + drawn + `)
			SELECT d.article_key, d.related_key, d.score, 'AUTOMATIC' AS origin, d.reasons, 0 AS place
			FROM drawn d
			WHERE NOT EXISTS (SELECT 1 FROM related_choice c WHERE c.article_key = d.article_key AND c.related_key = d.related_key)
			UNION ALL
			SELECT c.article_key, c.related_key, COALESCE(r.score, 0), 'PINNED', COALESCE(r.reasons, '[]'), 1000 - c.position
			FROM article p
			JOIN related_choice c ON c.article_key = p.key
			LEFT JOIN related r ON r.article_key = c.article_key AND r.related_key = c.related_key
			WHERE p.id IN ` + list(s, articles) + ` AND c.position IS NOT NULL
		) r ON r.article_key = p.key
		JOIN article a ON a.key = r.related_key`
}

func (db *DB) edgeListing(ctx context.Context, s *statement, from string, where *content.ArticleWhere) listing[RelatedArticle] {
	conditions := append([]string{s.inSightAs(ctx, "p", db.now()), s.visible(db.now())}, s.where(where)...)
	return listing[RelatedArticle]{
		items:      "related",
		columns:    "r.score, r.origin, r.reasons, " + articleColumns,
		from:       from,
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
	s := &statement{}
	from := chosenEdges(s, []content.ID{article}, `
		SELECT p.key AS article_key, e.value ->> 'key' AS related_key, e.value ->> 'score' AS score, e.value -> 'reasons' AS reasons
		FROM article p, json_each(`+s.arg(toJSON(edges))+`) e
		WHERE p.id = `+s.arg(article))
	return page(ctx, db, db.edgeListing(ctx, s, from, where), w)
}

// CountRelated counts the edges of each of several articles under the same
// conditions as RelatedOf.
func (db *DB) CountRelated(ctx context.Context, articles []content.ID, where *content.ArticleWhere) (map[content.ID]int, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	l := db.relatedListing(ctx, articles, where)
	query := "SELECT p.id, COUNT(*) FROM " + l.from + " WHERE " + and(l.conditions) + " GROUP BY p.id"
	return collectMap(ctx, db, query, l.args, func(scan scanner) (id content.ID, n int, err error) {
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
