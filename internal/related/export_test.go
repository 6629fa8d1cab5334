package related

import "reflect"

// Opaque lets cmp look into the types of this package.
func Opaque(t reflect.Type) bool { return t.PkgPath() == "nutgraph/internal/related" }

// The form of the fusion, for the test that fits it.
const (
	FeatureCount = featureCount
	Hidden       = hidden
	Semantic     = semantic
)

// FeaturesOf returns the features of the pairs of p with others.
func FeaturesOf(x *Index, p *Profile, others []*Profile) [][FeatureCount]float64 {
	r := newRanker(p, x)
	list := make([][FeatureCount]float64, len(others))
	for i, q := range others {
		list[i] = r.compare(q, x.locate(q)).features
	}
	return list
}

// ScoreOf is the score of a pair, also of one that shares no term and so has no
// edge.
func ScoreOf(x *Index, p, q *Profile) float64 {
	e := newRanker(p, x).compare(q, x.locate(q))
	return e.score()
}

// RankAll is the order of Rank with near duplicates left in.
func RankAll(p *Profile, candidates []*Profile, x *Index) []*Profile {
	var ranking []*Profile
	for _, m := range newRanker(p, x).matches(candidates) {
		ranking = append(ranking, m.profile)
	}
	return ranking
}

// CountsOf counts n terms, each by as many articles as its number tells.
func CountsOf(n int) *Counts {
	c := NewCounts()
	for i := 1; i <= n; i++ {
		for range i {
			c.add(TermID(i), 1)
		}
	}
	return c
}

// Trim keeps at most the given number of terms.
func (c *Counts) Trim(most int) { c.trim(most) }
