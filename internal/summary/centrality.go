package summary

import (
	"math"
	"slices"
)

// weigh gives every word of meaning its weight for comparing sentences: the
// fewer sentences have it, the more it tells them apart.
func (d *document) weigh() {
	n := float64(len(d.sentences))
	for i := range d.terms {
		if t := &d.terms[i]; !t.stop && t.count > 0 {
			t.weight = math.Log(1 + n/float64(t.in))
		}
	}
}

// centrality returns how alike each sentence is to all others, 0 to 1: the sum
// of its tf-idf cosines with them (the degree centrality of LexRank, Erkan and
// Radev 2004). The sum of all sentence vectors takes the place of the pairs,
// which makes it linear.
func (d *document) centrality() []float64 {
	norms := d.norms()
	all := make([]float64, len(d.terms))
	for i := range d.sentences {
		for _, t := range d.sentences[i].content {
			all[t] += d.terms[t].weight / norms[i]
		}
	}
	out, most := make([]float64, len(norms)), 0.0
	for i := range d.sentences {
		for _, t := range d.sentences[i].content {
			out[i] += d.terms[t].weight / norms[i] * all[t]
		}
		most = max(most, out[i])
	}
	for i := range out {
		if most > 0 {
			out[i] /= most
		}
	}
	return out
}

// norms returns the length of each sentence's vector.
func (d *document) norms() []float64 {
	norms := make([]float64, len(d.sentences))
	for i := range d.sentences {
		for _, t := range d.sentences[i].content {
			norms[i] += d.terms[t].weight * d.terms[t].weight
		}
		norms[i] = max(math.Sqrt(norms[i]), 1e-9)
	}
	return norms
}

// overlap is the share of a line's terms that s has.
func overlap(s *sentence, line []int32) float64 {
	if len(line) == 0 {
		return 0
	}
	n := 0
	for _, t := range line {
		if slices.Contains(s.content, t) {
			n++
		}
	}
	return float64(n) / float64(len(line))
}
