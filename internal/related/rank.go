package related

import (
	"cmp"
	"slices"
)

// Rank returns the n candidates that have most to do with p, best first, with
// scores and reasons. It leaves out p itself, articles in another language,
// near duplicates of p or of a better edge, and those that have no term in
// common with p. The order of the candidates does not matter.
//
// Scores are symmetric: ranking p among the candidates of q gives the edge
// between the two the same score.
func Rank(p *Profile, candidates []*Profile, s Statistics, n int) []Edge {
	r := newRanker(p, s)
	return r.edges(distinct(p, r.matches(candidates), n))
}

// Link ranks like Rank, and tells besides in whose lists p belongs: those of
// the candidates that let it enter with the score of the two. The edges to them
// come as they rank, near duplicates of one another among them.
func Link(p *Profile, candidates []*Profile, s Statistics, n int, enters func(key int64, score float64) bool) (own, entered []Edge) {
	r := newRanker(p, s)
	matches := r.matches(candidates)
	own = r.edges(distinct(p, slices.Clone(matches), n))
	return own, r.edges(slices.DeleteFunc(matches, func(m match) bool {
		return !enters(m.profile.Key, m.score) || p.Duplicate(m.profile)
	}))
}

// matches scores the candidates and orders them, best first.
func (r *ranker) matches(candidates []*Profile) []match {
	matches := make([]match, 0, len(candidates))
	for _, c := range candidates {
		if c.Key == r.own.Key || c.Language != r.own.Language {
			continue
		}
		at := r.locate(c)
		f := r.compare(c, at)
		if len(r.shared) > 0 {
			matches = append(matches, match{c, at, f.score()})
		}
	}
	slices.SortFunc(matches, better)
	return matches
}

// match is a candidate with its score.
type match struct {
	profile *Profile
	place   *place // known once it has been scored exactly
	score   float64
}

// better orders matches, best first.
func better(a, b match) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c // before their profiles are looked at, which lie far apart in memory
	}
	return cmp.Compare(a.profile.Key, b.profile.Key)
}

// ranker compares one article with others.
type ranker struct {
	own    *Profile
	place  *place
	terms  termTable // of own
	rare   []float64 // of its terms
	rarity rarity
	model  locator // nil when the statistics know no semantics
	shared []shared
}

func newRanker(p *Profile, s Statistics) *ranker {
	r := &ranker{own: p, rarity: rarityIn(s, p.Language), rare: make([]float64, len(p.terms))}
	r.model, _ = s.(locator)
	r.place = r.locate(p)
	ids := make([]TermID, len(p.terms))
	for i, t := range p.terms {
		ids[i], r.rare[i] = t.id, r.rarity.of(t.id)
	}
	r.terms = newTermTable(ids)
	return r
}

func (r *ranker) locate(p *Profile) *place {
	if r.model != nil {
		return r.model.locate(p)
	}
	return measure(p, r.rarity)
}

// distinct returns the first n matches, without those that repeat p or a
// better match.
func distinct(p *Profile, matches []match, n int) []match {
	kept := matches[:0]
	for _, m := range matches {
		if len(kept) == n {
			break
		}
		repeats := func(k match) bool { return k.profile.Duplicate(m.profile) }
		if !p.Duplicate(m.profile) && !slices.ContainsFunc(kept, repeats) {
			kept = append(kept, m)
		}
	}
	return kept
}

func (r *ranker) edges(matches []match) []Edge {
	edges := make([]Edge, len(matches))
	for i, m := range matches {
		edges[i] = Edge{Key: m.profile.Key, Score: m.score, Reasons: r.reasons(m)}
	}
	return edges
}
