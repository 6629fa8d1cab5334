package related_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// measures are the figures of one ranking, or their means over many.
type measures struct{ nDCG, averagePrecision, precision5 float64 }

func (m measures) String() string {
	return fmt.Sprintf("nDCG@10 %.4f MAP %.4f P@5 %.4f", m.nDCG, m.averagePrecision, m.precision5)
}

// best takes the better of every figure.
func (m measures) best(n measures) measures {
	return measures{max(m.nDCG, n.nDCG), max(m.averagePrecision, n.averagePrecision), max(m.precision5, n.precision5)}
}

// ahead is how far m is ahead of n.
func (m measures) ahead(n measures) measures {
	return measures{m.nDCG - n.nDCG, m.averagePrecision - n.averagePrecision, m.precision5 - n.precision5}
}

// measure judges a ranking against the gains of the relevant articles, as
// trec_eval does: nDCG@10 with gain/log2(rank+1), average precision over the
// whole ranking and the precision of the first five.
func measure(ranking []int, relevant map[int]float64) measures {
	var m measures
	hits := 0.0
	for i, d := range ranking {
		gain := relevant[d]
		if gain <= 0 {
			continue
		}
		hits++
		m.averagePrecision += hits / float64(i+1)
		if i < 10 {
			m.nDCG += gain / math.Log2(float64(i+2))
		}
		if i < 5 {
			m.precision5 += 0.2
		}
	}
	m.nDCG /= ideal(relevant)
	m.averagePrecision /= float64(len(relevant))
	return m
}

// ideal is the discounted gain of the best ranking there is.
func ideal(relevant map[int]float64) float64 {
	gains := make([]float64, 0, len(relevant))
	for _, gain := range relevant {
		gains = append(gains, gain)
	}
	slices.SortFunc(gains, func(a, b float64) int { return cmp.Compare(b, a) })
	sum := 0.0
	for i, gain := range gains[:min(len(gains), 10)] {
		sum += gain / math.Log2(float64(i+2))
	}
	return sum
}

// mean returns the means over the queries for which keep is true.
func mean(all []measures, keep func(i int) bool) measures {
	var sum measures
	n := 0.0
	for i, m := range all {
		if keep(i) {
			sum.nDCG += m.nDCG
			sum.averagePrecision += m.averagePrecision
			sum.precision5 += m.precision5
			n++
		}
	}
	return measures{sum.nDCG / n, sum.averagePrecision / n, sum.precision5 / n}
}

// pearson is the linear correlation of two series.
func pearson(x, y []float64) float64 {
	mx, my := average(x), average(y)
	var xy, xx, yy float64
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xy, xx, yy = xy+dx*dy, xx+dx*dx, yy+dy*dy
	}
	return xy / math.Sqrt(xx*yy)
}

func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// spearman is the correlation of the ranks, ties sharing theirs.
func spearman(x, y []float64) float64 { return pearson(ranks(x), ranks(y)) }

func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(x[i], x[j]) })
	ranks := make([]float64, len(x))
	for start := 0; start < len(order); {
		end := start
		for end < len(order) && x[order[end]] == x[order[start]] {
			end++
		}
		for _, i := range order[start:end] {
			ranks[i] = float64(start+end-1) / 2
		}
		start = end
	}
	return ranks
}
