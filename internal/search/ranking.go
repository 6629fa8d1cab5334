package search

import (
	"cmp"
	"slices"

	"nutgraph/internal/index"
)

// ranking puts hits in order, best first, of equal ones the newer key first. It
// keeps no more of them than are looked at: there may be very many, and they are
// scored anew sooner than kept.
type ranking struct {
	hits   func(visit func([]index.Hit)) error
	admit  func(*index.Hit) bool // says which belong to it, and may change the score
	worst  bool                  // the other way round
	best   []index.Hit           // in order
	looked bool
	total  int // how many there are, once it has looked
}

// order compares two hits.
func (r *ranking) order(a, b index.Hit) int {
	c := cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Key, a.Key))
	if r.worst {
		return -c
	}
	return c
}

// first returns the first n hits, or all when there are fewer. They are the
// caller's to read only.
func (r *ranking) first(n int) ([]index.Hit, error) {
	if !r.looked || n > len(r.best) && len(r.best) < r.total {
		if err := r.look(max(n, kept)); err != nil {
			return nil, err
		}
	}
	return r.best[:min(n, len(r.best))], nil
}

// kept is how many hits are kept at least: what a page needs, and a filter that
// lets most through.
const kept = 200

// look goes through all hits and keeps the first n. Of those that it has kept so
// far it drops half, when they are twice as many, and from then on takes only
// what comes before the last one left.
func (r *ranking) look(n int) error {
	r.looked, r.total, r.best = true, 0, nil
	if r.hits == nil {
		return nil
	}
	var last *index.Hit
	err := r.hits(func(hits []index.Hit) {
		for i := range hits {
			h := &hits[i]
			if r.admit != nil && !r.admit(h) {
				continue
			}
			r.total++
			if last != nil && r.order(*h, *last) > 0 {
				continue
			}
			if r.best = append(r.best, *h); len(r.best) == 2*n {
				last = r.drop(n)
			}
		}
	})
	slices.SortFunc(r.best, r.order)
	r.best = r.best[:min(n, len(r.best))]
	return err
}

// drop keeps the first n hits, and returns the last of them.
func (r *ranking) drop(n int) *index.Hit {
	r.bringForward(r.best, n)
	r.best = r.best[:n]
	last := slices.MaxFunc(r.best, r.order)
	return &last
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

// part is those hits that lie inside of some bounds.
func (r *ranking) part(inside func(index.Hit) bool) *ranking {
	return &ranking{hits: r.hits, worst: r.worst, admit: func(h *index.Hit) bool {
		return (r.admit == nil || r.admit(h)) && inside(*h)
	}}
}

// reversed puts the same hits in order the other way round.
func (r *ranking) reversed() *ranking {
	return &ranking{hits: r.hits, admit: r.admit, worst: !r.worst}
}
