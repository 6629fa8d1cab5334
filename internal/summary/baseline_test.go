package summary

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"nutgraph/internal/text"
)

// The baselines every summariser is compared with. They follow no rule of
// length or readability.

// leadOf is the first n sentences.
func leadOf(e *example, n int) string {
	spans := text.Sentences(e.Text, e.Lang)
	return linesOf(e.Text, spans[:min(n, len(spans))])
}

// textRankOf is the n sentences that TextRank (Mihalcea and Tarau, 2004) puts
// first, in the order of the article: words shared over the logarithms of the
// lengths, PageRank with damping 0.85. As in BASELINES.md the first 60
// sentences take part.
func textRankOf(e *example, n int) string {
	spans := text.Sentences(e.Text, e.Lang)
	spans = spans[:min(60, len(spans))]
	rank := pageRank(similarities(bagsOf(e, spans)))
	return highest(e.Text, spans, rank, n)
}

// highest is the n sentences with the highest rank, in the order of the
// article.
func highest(body string, spans []text.Span, rank []float64, n int) string {
	order := make([]int, len(spans))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank[b], rank[a]) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	var chosen []text.Span
	for _, i := range order {
		chosen = append(chosen, spans[i])
	}
	return linesOf(body, chosen)
}

// bagsOf are the stems of each sentence.
func bagsOf(e *example, spans []text.Span) []map[string]bool {
	bags := make([]map[string]bool, len(spans))
	for i, sp := range spans {
		bags[i] = map[string]bool{}
		body := sp.Of(e.Text)
		for _, w := range text.Words(body) {
			if word := strings.ToLower(w.Of(body)); !text.IsStop(word, e.Lang) {
				bags[i][text.Stem(word, e.Lang)] = true
			}
		}
	}
	return bags
}

// pacsum is the directed centrality of Zheng and Lapata (2019) over tf-idf
// cosines: what a sentence shares with those before it counts back times, with
// those behind it the rest of one.
type pacsum struct {
	back float64
	idf  map[string]float64
}

// newPacsum counts the documents that have a word, in the set itself.
func newPacsum(examples []example, back float64) *pacsum {
	p := &pacsum{back: back, idf: map[string]float64{}}
	for i := range examples {
		e := &examples[i]
		for _, bag := range bagsOf(e, []text.Span{{Start: 0, End: len(e.Text)}}) {
			for w := range bag {
				p.idf[w]++
			}
		}
	}
	for w, n := range p.idf {
		p.idf[w] = math.Log(float64(len(examples)+1) / n)
	}
	return p
}

func (p *pacsum) of(e *example, n int) string {
	spans := text.Sentences(e.Text, e.Lang)
	spans = spans[:min(60, len(spans))]
	bags := bagsOf(e, spans)
	rank := make([]float64, len(bags))
	least := math.Inf(1)
	edges := make([][]float64, len(bags))
	for i := range bags {
		edges[i] = make([]float64, len(bags))
		for j := range i {
			edges[i][j] = p.cosine(bags[i], bags[j])
			least = min(least, edges[i][j])
		}
	}
	for i := range bags {
		for j := range i {
			rank[i] += p.back * (edges[i][j] - least)
			rank[j] += (1 - p.back) * (edges[i][j] - least)
		}
	}
	return highest(e.Text, spans, rank, n)
}

func (p *pacsum) cosine(a, b map[string]bool) float64 {
	norm := func(bag map[string]bool) float64 {
		sum := 0.0
		for w := range bag {
			sum += p.idf[w] * p.idf[w]
		}
		return math.Sqrt(sum)
	}
	both := 0.0
	for w := range a {
		if b[w] {
			both += p.idf[w] * p.idf[w]
		}
	}
	return both / max(norm(a)*norm(b), 1e-9)
}

func similarities(bags []map[string]bool) [][]float64 {
	m := make([][]float64, len(bags))
	for i := range m {
		m[i] = make([]float64, len(bags))
		for j := range m {
			shared := 0
			for w := range bags[i] {
				shared += int(is(bags[j][w]))
			}
			if both := math.Log(float64(len(bags[i]))) + math.Log(float64(len(bags[j]))); i != j && both > 0 {
				m[i][j] = float64(shared) / both
			}
		}
	}
	return m
}

func pageRank(m [][]float64) []float64 {
	rank, out := make([]float64, len(m)), make([]float64, len(m))
	for i := range m {
		rank[i] = 1
		for _, w := range m[i] {
			out[i] += w
		}
	}
	for range 40 {
		next := make([]float64, len(m))
		for i := range m {
			next[i] = 0.15
			for j := range m {
				if out[j] > 0 {
					next[i] += 0.85 * rank[j] * m[j][i] / out[j]
				}
			}
		}
		rank = next
	}
	return rank
}

func linesOf(s string, spans []text.Span) string {
	var lines []string
	for _, sp := range spans {
		lines = append(lines, sp.Of(s))
	}
	return strings.Join(lines, "\n")
}
