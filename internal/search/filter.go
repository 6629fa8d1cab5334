package search

import (
	"context"
	"slices"

	"nutgraph/internal/index"
)

// maxNarrow is how many articles a section, a tag or an author has at most for a
// search to begin with these. Of larger ones some are soon among the best hits.
const maxNarrow = 10_000

// narrow leaves out what where cannot select because it is filed elsewhere: that
// is known of all hits at once, while where is tried on one after the other.
func (f *Found) narrow(ctx context.Context) error {
	if f.where == nil {
		return nil
	}
	keys, known, err := f.store.FiledUnder(ctx, f.where, maxNarrow)
	if known {
		f.filed = append([]int64{}, keys...)
	}
	return err
}

// ranked are the hits that are filed as where asks.
func (f *Found) ranked(r *ranking) *ranking {
	if f.filed == nil {
		return r
	}
	return r.part(func(h index.Hit) bool {
		_, is := slices.BinarySearch(f.filed, h.Key)
		return is
	})
}

// choose returns the first n hits that where selects.
func (f *Found) choose(ctx context.Context, r *ranking, n int) ([]index.Hit, error) {
	if f.where == nil {
		return r.first(n)
	}
	var chosen []index.Hit
	for seen, look := 0, kept; len(chosen) < n; look *= 4 {
		hits, err := r.first(seen + look)
		if err != nil || len(hits) == seen {
			return chosen, err
		}
		selected, err := f.selected(ctx, hits[seen:])
		seen = len(hits)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, selected...)
	}
	return chosen[:min(n, len(chosen))], nil
}

func (f *Found) selected(ctx context.Context, hits []index.Hit) ([]index.Hit, error) {
	keys, err := f.chosen(ctx, hits)
	if err != nil {
		return nil, err
	}
	var selected []index.Hit
	for _, h := range hits {
		if _, is := slices.BinarySearch(keys, h.Key); is {
			selected = append(selected, h)
		}
	}
	return selected, nil
}

// chosen are the keys, sorted, of the hits that where selects. The archive is asked in
// the order in which its articles lie: of very many each page is read once.
func (f *Found) chosen(ctx context.Context, hits []index.Hit) ([]int64, error) {
	keys := keysOf(hits)
	slices.Sort(keys)
	return f.store.Choose(ctx, keys, f.where)
}

func (f *Found) any(ctx context.Context, r *ranking) (bool, error) {
	chosen, err := f.choose(ctx, r, 1)
	return len(chosen) > 0, err
}

// maxCounted is how many hits a filter is tried on, best first, for a count, and
// how many are counted for facets.
const maxCounted = 5000

// best are the hits that are counted. It may be called at any time.
func (f *Found) best() ([]index.Hit, error) {
	r := *f.ranking
	return r.first(maxCounted)
}

func (f *Found) count(ctx context.Context) (int, error) {
	if f.where == nil {
		return f.ranking.total, nil
	}
	best, err := f.best()
	if err != nil {
		return 0, err
	}
	keys, err := f.chosen(ctx, best)
	return len(keys), err
}

// IsTotalExact tells whether the number that Count returns is that of all
// articles found. When counting all would cost too much, there may be more.
func (f *Found) IsTotalExact() bool {
	return !f.bounded && (f.where == nil || f.ranking.total <= maxCounted)
}
