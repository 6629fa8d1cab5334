package related

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Rank returns the n candidates that have most to do with p, best first, with
// scores and reasons. It leaves out p itself, articles in another language,
// near duplicates of p or of a better edge, and those that have nothing in
// common with p. The order of the candidates does not matter.
//
// Scores are symmetric: ranking p among the candidates of q gives the edge
// between the two the same score.
func Rank(p *Profile, candidates []*Profile, s Statistics, n int) []Edge {
	r := ranker{rarity: newRarity(s, p.Language)}
	r.own.weigh(p, r.rarity)
	matches := make([]match, 0, len(candidates))
	for _, c := range candidates {
		if c.Key == p.Key || c.Language != p.Language {
			continue
		}
		if score := r.score(c); score > 0 {
			matches = append(matches, match{c, score})
		}
	}
	slices.SortFunc(matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.profile.Key, b.profile.Key))
	})
	return r.edges(distinct(p, matches, n))
}

// match is a candidate with its score.
type match struct {
	profile *Profile
	score   float64
}

// ranker compares one article with others.
type ranker struct {
	rarity     rarity
	own, other vector
	shared     []shared
}

func (r *ranker) score(c *Profile) float64 {
	r.other.weigh(c, r.rarity)
	var cosine float64
	cosine, r.shared = r.own.common(&r.other, r.shared[:0])
	return cosine * recency(r.own.profile, c)
}

// The weight of time: an edge between articles far apart counts this much,
// and the rest halves with every halfLife.
const (
	timeless = 0.35
	halfLife = 30 * 24 * time.Hour
)

// recency is the factor for the distance in time between two articles, 1 for
// the same moment. Undated articles count as far from all others.
func recency(p, q *Profile) float64 {
	return timeless + (1-timeless)*nearness(p, q)
}

func nearness(p, q *Profile) float64 {
	if p.PublishedAt.IsZero() || q.PublishedAt.IsZero() {
		return 0
	}
	return math.Exp2(-p.PublishedAt.Sub(q.PublishedAt).Abs().Hours() / halfLife.Hours())
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
		edges[i] = Edge{Key: m.profile.Key, Score: m.score, Reasons: r.reasons(m.profile)}
	}
	return edges
}
