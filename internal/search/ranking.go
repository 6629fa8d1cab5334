package search

import (
	"cmp"
	"slices"

	"nutgraph/internal/index"
)

// ranking puts hits in order, best first, of equal ones the newer key first; no
// more of them than are looked at.
type ranking struct {
	hits   []index.Hit
	sorted int // how many stand where they belong
	worst  bool
}

// order compares two hits.
func (r *ranking) order(a, b index.Hit) int {
	c := cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Key, a.Key))
	if r.worst {
		return -c
	}
	return c
}

// first returns the first n hits, or all when there are fewer.
func (r *ranking) first(n int) []index.Hit {
	n = min(n, len(r.hits))
	if n > r.sorted {
		rest := r.hits[r.sorted:]
		r.bringForward(rest, n-r.sorted)
		slices.SortFunc(rest[:n-r.sorted], r.order)
		r.sorted = n
	}
	return r.hits[:n]
}

// bringForward puts the first n of hits before the others, in any order
// (quickselect).
func (r *ranking) bringForward(hits []index.Hit, n int) {
	for len(hits) > 1 && n > 0 && n < len(hits) {
		pivot := median(r, hits[0], hits[len(hits)/2], hits[len(hits)-1])
		before := 0
		for i := range hits {
			if r.order(hits[i], pivot) < 0 {
				hits[i], hits[before] = hits[before], hits[i]
				before++
			}
		}
		if n < before {
			hits = hits[:before]
			continue
		}
		if before == 0 { // the pivot is the first of all
			i := slices.IndexFunc(hits, func(h index.Hit) bool { return h.Key == pivot.Key })
			hits[0], hits[i] = hits[i], hits[0]
			before = 1
		}
		hits, n = hits[before:], n-before
	}
}

func median(r *ranking, a, b, c index.Hit) index.Hit {
	three := []index.Hit{a, b, c}
	slices.SortFunc(three, r.order)
	return three[1]
}
