package related

import "math"

// Factors on the weight of a term.
const (
	phraseFactor = 0.4
	titleFactor  = 1.2
	leadFactor   = 1.15
)

// weight is the part of a term's weight that its own article decides. Times
// its rarity it is a sub-linear tf-idf (Manning, Raghavan, Schütze,
// "Introduction to Information Retrieval", 2008, §6.4).
func (t term) weight() float64 {
	w := tfs[t.count]
	if t.marks.has(isPhrase) {
		w *= phraseFactor
	}
	switch {
	case t.marks.has(inTitle):
		w *= titleFactor
	case t.marks.has(inLead):
		w *= leadFactor
	}
	return w
}

// tfs holds √n.
var tfs = func() (table [256]float64) {
	for n := range table {
		table[n] = math.Sqrt(float64(n))
	}
	return table
}()

// measure returns the place of p under a rarity, without semantics.
func measure(p *Profile, r rarity) *place {
	pl := &place{}
	for _, t := range p.terms {
		rare := r.of(t.id)
		w := t.weight() * rare
		pl.norm += w * w
		if t.marks.has(isPhrase | isTag) {
			continue
		}
		if t.marks.has(inTitle) {
			pl.title += rare * rare
		}
		if t.marks.has(inTitle | inLead) {
			pl.lead += rare * rare
		}
	}
	pl.norm = math.Sqrt(pl.norm)
	return pl
}

// shared is a term that two articles have in common.
type shared struct {
	i, j   int     // its place in each
	weight float64 // its part of the cosine of the two
}
