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

// ScoresOf are the scores of pairs, also of those that share no term and so have
// no edge.
func ScoresOf(x *Index, p *Profile, others []*Profile) []float64 {
	r := newRanker(p, x)
	list := make([]float64, len(others))
	for i, q := range others {
		e := r.compare(q, x.locate(q))
		list[i] = e.score()
	}
	return list
}

// ScoreOf is the score of a pair without shared tags and authors when the fusion
// of its features gives this sum.
func ScoreOf(sum float64, f *[FeatureCount]float64) float64 {
	e := evidence{features: *f, undated: f[nearYears] == 0}
	return e.scoreOf(sum)
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

// IsPlaced tells whether p keeps where it stands in m.
func IsPlaced(p *Profile, m *Model) bool { return p.place != nil && p.place.model == m }
