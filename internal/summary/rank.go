package summary

import "math"

// scores rates every sentence from 0 to 1.
func (d *document) scores() []float64 {
	d.weigh()
	centre, later := d.centrality()
	out := make([]float64, len(d.sentences))
	best := 0.0
	for i := range d.sentences {
		s := &d.sentences[i]
		position := 1 / math.Sqrt(1+float64(i))
		out[i] = position + 0.6*centre[i] + 0.4*later[i] + 0.5*d.overlap(s, d.title) + 0.3*d.overlap(s, d.lede)
		if s.flaws != 0 {
			out[i] *= 0.4
		}
		best = max(best, out[i])
	}
	for i := range out {
		if best > 0 {
			out[i] /= best
		}
	}
	return out
}

// weigh gives every term its weight: how often it comes, damped, and less the
// more sentences have it.
func (d *document) weigh() {
	n := float64(len(d.sentences))
	for i := range d.terms {
		t := &d.terms[i]
		if t.stop || t.count == 0 {
			continue
		}
		t.rare = math.Log(1 + n/float64(t.in))
	}
}

// centrality returns how alike each sentence is to the whole article and to
// what follows it (after PACSUM, Zheng and Lapata 2019), each 0 to 1.
func (d *document) centrality() (centre, later []float64) {
	all := make([]float64, len(d.terms))
	norms := make([]float64, len(d.sentences))
	for i := range d.sentences {
		for _, t := range d.sentences[i].content {
			norms[i] += d.terms[t].rare * d.terms[t].rare
		}
		norms[i] = math.Sqrt(norms[i])
		for _, t := range d.sentences[i].content {
			all[t] += d.terms[t].rare / norms[i]
		}
	}
	rest := append([]float64(nil), all...)
	centre, later = make([]float64, len(norms)), make([]float64, len(norms))
	for i := range d.sentences {
		for _, t := range d.sentences[i].content {
			w := d.terms[t].rare / norms[i]
			rest[t] -= w
			centre[i] += w * all[t]
			later[i] += w * rest[t]
		}
	}
	normalise(centre)
	normalise(later)
	return centre, later
}

func normalise(v []float64) {
	most := 0.0
	for _, x := range v {
		most = max(most, x)
	}
	for i := range v {
		if most > 0 {
			v[i] /= most
		}
	}
}

// overlap is the share of the line's terms that s has.
func (d *document) overlap(s *sentence, line []int32) float64 {
	if len(line) == 0 {
		return 0
	}
	n := 0
	for _, t := range line {
		for _, c := range s.content {
			if c == t {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(line))
}
