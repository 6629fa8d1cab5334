package summary

import (
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
	rank := pageRank(similarities(bags))
	order := make([]int, len(spans))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if rank[a] > rank[b] {
			return -1
		}
		return int(is(rank[a] < rank[b]))
	})
	order = order[:min(n, len(order))]
	slices.Sort(order)
	var chosen []text.Span
	for _, i := range order {
		chosen = append(chosen, spans[i])
	}
	return linesOf(e.Text, chosen)
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
