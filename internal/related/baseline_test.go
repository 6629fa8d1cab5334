package related_test

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"nutgraph/internal/text"
)

// baseline is a plain inverted index over the same texts with the same stems
// and stop words as the engine, to compare the engine with.
type baseline struct {
	bags     []map[int32]int // term → occurrences, by article
	lengths  []float64       // words, by article
	mean     float64         // of lengths
	postings [][]occurrence  // by term
	sums     []float64
}

// occurrence says how often an article has a term.
type occurrence struct {
	article int32
	times   float64
}

// stemmer turns words into numbers; it is shared by the sets of one language.
type stemmer struct {
	known map[string]int32 // -1 for a stop word
	ids   map[string]int32
}

func newBaseline(articles []article) *baseline {
	b := &baseline{sums: make([]float64, len(articles))}
	stemmers := map[string]*stemmer{}
	ids := map[string]int32{}
	for i, a := range articles {
		s := stemmers[a.Language]
		if s == nil {
			s = &stemmer{map[string]int32{}, ids}
			stemmers[a.Language] = s
		}
		bag, n := s.bag(a.Title+"\n"+a.Heading+"\n"+a.Text, a.Language)
		b.bags, b.lengths = append(b.bags, bag), append(b.lengths, float64(n))
		b.mean += float64(n) / float64(len(articles))
		for t, tf := range bag {
			for int(t) >= len(b.postings) {
				b.postings = append(b.postings, nil)
			}
			b.postings[t] = append(b.postings[t], occurrence{int32(i), float64(tf)})
		}
	}
	return b
}

// damped and raw are what a term counts by how often a text has it.
func damped(tf float64) float64 { return 1 + math.Log(tf) }
func raw(tf float64) float64    { return tf }

// lengthsOf are those of the tf-idf vectors.
func (b *baseline) lengthsOf(weight func(tf float64) float64) []float64 {
	lengths := make([]float64, len(b.bags))
	for i, bag := range b.bags {
		for t, tf := range bag {
			w := weight(float64(tf)) * b.idf(t)
			lengths[i] += w * w
		}
		lengths[i] = math.Sqrt(lengths[i])
	}
	return lengths
}

func (s *stemmer) bag(all, language string) (map[int32]int, int) {
	bag, n := map[int32]int{}, 0
	for _, span := range text.Words(all) {
		word := strings.ToLower(span.Of(all))
		id, known := s.known[word]
		if !known {
			id = s.id(word, language)
			s.known[strings.Clone(word)] = id
		}
		if id >= 0 {
			bag[id]++
			n++
		}
	}
	return bag, n
}

func (s *stemmer) id(word, language string) int32 {
	if text.IsStop(word, language) || len(word) < 2 {
		return -1
	}
	stem := text.Fold(text.Stem(word, language))
	if _, known := s.ids[stem]; !known {
		s.ids[stem] = int32(len(s.ids))
	}
	return s.ids[stem]
}

func (b *baseline) idf(t int32) float64 {
	return math.Log(float64(len(b.bags)) / float64(len(b.postings[t])))
}

// cosine ranks by the cosine of tf-idf vectors, weight(tf)·ln(N/df).
func (b *baseline) cosine(weight func(tf float64) float64) func(q int) []int {
	lengths := b.lengthsOf(weight)
	return func(q int) []int {
		for _, t := range sortedTerms(b.bags[q]) {
			w := weight(float64(b.bags[q][t])) * b.idf(t) * b.idf(t)
			for _, o := range b.postings[t] {
				b.sums[o.article] += w * weight(o.times) / lengths[o.article]
			}
		}
		return b.ranking(q)
	}
}

// methods are the plain methods that the engine is compared with on a set.
func (b *baseline) methods(s *set) []method {
	methods := []method{
		{"tf-idf cosine", b.cosine(damped)},
		{"tf-idf cosine, raw", b.cosine(raw)},
		{"BM25 more-like-this", func(q int) []int { return b.bm25(q, 25, 2, 5) }}, // the defaults of Elasticsearch
	}
	if s.whole {
		methods = append(methods, method{"BM25, all terms", func(q int) []int { return b.bm25(q, math.MaxInt, 1, 1) }})
	}
	return methods
}

// method is a way of ranking the articles for one of them.
type method struct {
	name string
	rank func(q int) []int
}

// bm25 ranks as more-like-this of Elasticsearch does: BM25 (k1 1.2, b 0.75)
// over the terms with the highest tf·idf among those that stand so many times
// in the article, and in so many articles.
func (b *baseline) bm25(q, most, minTF, minDF int) []int {
	const k1, slope = 1.2, 0.75
	terms := slices.DeleteFunc(sortedTerms(b.bags[q]), func(t int32) bool {
		return b.bags[q][t] < minTF || len(b.postings[t]) < minDF
	})
	idf := func(t int32) float64 {
		df := float64(len(b.postings[t]))
		return math.Log(1 + (float64(len(b.bags))-df+0.5)/(df+0.5))
	}
	slices.SortStableFunc(terms, func(s, t int32) int {
		return cmp.Compare(float64(b.bags[q][t])*idf(t), float64(b.bags[q][s])*idf(s))
	})
	for _, t := range terms[:min(len(terms), most)] {
		for _, o := range b.postings[t] {
			saturation := k1 * (1 - slope + slope*b.lengths[o.article]/b.mean)
			b.sums[o.article] += idf(t) * o.times * (k1 + 1) / (o.times + saturation)
		}
	}
	return b.ranking(q)
}

func sortedTerms(bag map[int32]int) []int32 {
	terms := make([]int32, 0, len(bag))
	for t := range bag {
		terms = append(terms, t)
	}
	slices.Sort(terms)
	return terms
}

// ranking returns the articles with a sum, best first, and empties the sums.
func (b *baseline) ranking(q int) []int {
	var found []int
	for d, sum := range b.sums {
		if sum > 0 && d != q {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(x, y int) int { return cmp.Compare(b.sums[y], b.sums[x]) })
	clear(b.sums)
	return found
}
