package search

import (
	"context"
	"slices"

	"nutgraph/db"
)

// Facet counts the articles found by one of the things they differ in: at most
// so many values, the most frequent first. Of very many articles the best
// 5,000 are counted: see AreFacetsExact.
func (f *Found) Facet(ctx context.Context, by db.FacetBy, first int) ([]db.Facet, error) {
	best, err := f.best()
	if err != nil || len(best) == 0 {
		return []db.Facet{}, err
	}
	keys := keysOf(best)
	slices.Sort(keys) // see chosen
	return f.store.Facets(ctx, keys, f.where, by, first)
}

// AreFacetsExact tells whether the facets count all articles found.
func (f *Found) AreFacetsExact() bool {
	return !f.bounded && f.ranking.total <= maxCounted
}
