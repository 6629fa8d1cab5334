package related

import "math"

// vector holds the weights of a profile's terms, in the same order, scaled to
// length one: sub-linear tf-idf (Manning, Raghavan, Schütze, "Introduction to
// Information Retrieval", 2008, §6.4).
type vector struct {
	profile *Profile
	weights []float64
}

// weigh makes v the vector of p, reusing its memory.
func (v *vector) weigh(p *Profile, r rarity) {
	v.profile = p
	v.weights = v.weights[:0]
	sum := 0.0
	for _, t := range p.terms {
		w := t.weight() * r.of(t.id)
		sum += w * w
		v.weights = append(v.weights, w)
	}
	if sum == 0 {
		return
	}
	scale := 1 / math.Sqrt(sum)
	for i := range v.weights {
		v.weights[i] *= scale
	}
}

// Factors on the weight of a term.
const (
	phraseFactor = 0.5
	titleFactor  = 1.5
)

// weight is the part of a term's weight that its own article decides.
func (t term) weight() float64 {
	w := tfs[t.count]
	if t.marks.has(isPhrase) {
		w *= phraseFactor
	}
	if t.marks.has(inTitle) {
		w *= titleFactor
	}
	return w
}

// tfs holds 1+ln(n).
var tfs = func() (table [256]float64) {
	for n := 1; n < len(table); n++ {
		table[n] = 1 + math.Log(float64(n))
	}
	return table
}()

// shared is a term that two vectors have in common.
type shared struct {
	i, j   int     // its place in each
	weight float64 // its part of the cosine
}

// common returns the cosine of two vectors and appends the terms it came from.
func (v *vector) common(w *vector, terms []shared) (float64, []shared) {
	a, b := v.profile.terms, w.profile.terms
	cosine := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			weight := v.weights[i] * w.weights[j]
			cosine += weight
			terms = append(terms, shared{i, j, weight})
			i, j = i+1, j+1
		}
	}
	return min(cosine, 1), terms
}
