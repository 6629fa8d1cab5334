// Package search is the way in: it understands what readers type into a search
// box, finds articles with the full-text index, best first, and shows where in
// them it stands.
//
//	q := search.Parse(`harbour wall* "storm surge" -ferry`)
//	found, err := search.Find(ctx, store, q, where, window)
//	h := q.Highlight(article.Title, body.Text, article.Language)
//
// It reads through db and writes nothing; internal/pipeline fills the index.
package search

import (
	"context"
	"errors"
	"fmt"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/index"
)

// Hit is an article that was found. The score is 0 to 1, higher is better.
type Hit struct {
	Node  content.Article
	Score float64
}

// Found is what a search finds.
type Found struct {
	content.Page[Hit]
	Query Query // as it was understood

	store   *db.DB
	where   *content.ArticleWhere
	ranking ranking
	bounded bool
}

// attempts is how often a search begins anew when segments are merged under it.
const attempts = 10

// Find reads a page of the articles that a query finds and where selects, best
// match first.
func Find(ctx context.Context, store *db.DB, q Query, where *content.ArticleWhere, w content.Window) (*Found, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	for range attempts {
		f, err := find(ctx, store, q, where, w)
		if !errors.Is(err, db.ErrSegmentGone) {
			return f, err
		}
	}
	return nil, fmt.Errorf("search: %w", db.ErrSegmentGone)
}

func find(ctx context.Context, store *db.DB, q Query, where *content.ArticleWhere, w content.Window) (*Found, error) {
	f := &Found{Query: q, store: store, where: where}
	if q.Empty() {
		return f, f.page(ctx, w)
	}
	r, err := newReader(ctx, store)
	if err != nil {
		return nil, err
	}
	found, err := r.lookUpTerms(ctx, q.Terms)
	if err != nil {
		return nil, err
	}
	hits, weights := found.hits(q.Terms, r.articles)
	if f.ranking.hits, err = f.match(ctx, hits, weights); err != nil {
		return nil, err
	}
	f.bounded = r.bounded
	return f, f.page(ctx, w)
}

// A query of many words is answered by what holds most of them when few
// articles hold all.
const (
	fewHits      = 10
	manyTerms    = 5
	leastOverall = 0.3 // of the weight of all terms
)

// match chooses, of the articles that hold some of the terms, those that answer
// the query, and brings their scores between 0 and 1.
func (f *Found) match(ctx context.Context, hits []index.Hit, weights []float32) ([]index.Hit, error) {
	total := float32(0)
	for _, w := range weights {
		total += w
	}
	for i := range hits {
		hits[i].Score /= total
	}
	all := holdingAll(hits, len(weights))
	return all, nil
}
