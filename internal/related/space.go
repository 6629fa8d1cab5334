package related

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"nutgraph/internal/parallel"
)

// What a space is learned from and how large it is. 64 dimensions are as good
// for articles and worse for agreement with people's judgement (Pearson 0.64
// against 0.67); 30,000 terms are no better than 10,000.
const (
	dimensions   = 128
	spaceTerms   = 10_000 // the most frequent ones
	spaceSample  = 15_000 // articles, evenly spread over time
	spaceLeast   = 200    // articles below which there is nothing to learn
	leastUse     = 3      // articles that must use a term
	oversampling = 16
	rounds       = 4
)

// space is the latent semantics of the articles of one language: articles
// that share no word are close when their words appear with the same others.
// It holds a direction for each frequent term, the right singular vectors of
// the article-term matrix (Deerwester and others, "Indexing by latent
// semantic analysis", 1990).
type space struct {
	ids   []TermID // ascending
	known termTable
	scale []float32
	rows  []int8 // dimensions for each id; times scale
}

// bag is an article as a sparse row of the article-term matrix.
type bag struct {
	terms   []int32
	weights []float64
}

// learnSpace finds the space of profiles of one language. The profiles must
// be in a fixed order, for the result to be the same each time.
func learnSpace(profiles []*Profile, r rarity) *space {
	if len(profiles) < spaceLeast {
		return nil
	}
	sample := spread(profiles, spaceSample)
	ids := frequent(sample, r.statistics)
	if len(ids) < dimensions+oversampling {
		return nil
	}
	basis := principal(bags(sample, ids, r), len(ids))
	s := &space{ids: ids, known: newTermTable(ids), scale: make([]float32, len(ids)), rows: make([]int8, len(ids)*dimensions)}
	for i := range ids {
		s.scale[i] = quantise(basis.row(i), s.rows[i*dimensions:(i+1)*dimensions])
	}
	return s
}

// spread returns at most n profiles at even distances.
func spread(profiles []*Profile, n int) []*Profile {
	if len(profiles) <= n {
		return profiles
	}
	sample := make([]*Profile, n)
	for i := range sample {
		sample[i] = profiles[i*len(profiles)/n]
	}
	return sample
}

// frequent returns the terms that most articles use, by id.
func frequent(sample []*Profile, s Statistics) []TermID {
	seen := map[TermID]bool{}
	var ids []TermID
	for _, p := range sample {
		for _, t := range p.terms {
			if !t.marks.has(isPhrase|isTag) && !seen[t.id] && s.Frequency(t.id) >= leastUse {
				seen[t.id] = true
				ids = append(ids, t.id)
			}
		}
	}
	slices.SortFunc(ids, func(a, b TermID) int {
		return cmp.Or(cmp.Compare(s.Frequency(b), s.Frequency(a)), cmp.Compare(a, b))
	})
	ids = slices.Clip(ids[:min(len(ids), spaceTerms)])
	slices.Sort(ids)
	return ids
}

func bags(sample []*Profile, ids []TermID, r rarity) []bag {
	bags := make([]bag, len(sample))
	for i, p := range sample {
		sum := 0.0
		b := &bags[i]
		for _, t := range p.terms {
			if t.marks.has(isPhrase | isTag) {
				continue
			}
			w := semanticWeight(t, r)
			sum += w * w
			if place, ok := slices.BinarySearch(ids, t.id); ok {
				b.terms = append(b.terms, int32(place))
				b.weights = append(b.weights, w)
			}
		}
		for j := range b.weights {
			b.weights[j] /= math.Sqrt(sum)
		}
	}
	return bags
}

func semanticWeight(t term, r rarity) float64 { return logTFs[t.count] * r.of(t.id) }

// logTFs holds 1+ln(n).
var logTFs = func() (table [256]float64) {
	for n := 1; n < len(table); n++ {
		table[n] = 1 + math.Log(float64(n))
	}
	return table
}()

// principal returns the first right singular vectors of the matrix of bags as
// columns, by subspace iteration from a random start (Halko, Martinsson,
// Tropp, "Finding structure with randomness", 2011).
func principal(bags []bag, terms int) matrix {
	const columns = dimensions + oversampling
	basis := newMatrix(terms, columns)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range basis.cells {
		basis.cells[i] = random.NormFloat64()
	}
	for range rounds - 1 {
		basis = covariance(bags, basis).orthonormalise(1)
	}
	basis = basis.orthonormalise(2)
	inner := basis.gram(covariance(bags, basis))
	values, vectors := inner.eigen()
	return basis.times(leading(values, vectors))
}

// covariance returns AᵀA·m for the matrix A of bags.
func covariance(bags []bag, m matrix) matrix {
	parts := parallel.Map([]int{0, 1}, func(half int) matrix {
		out := newMatrix(m.rows, m.columns)
		inner := make([]float64, m.columns)
		for _, b := range bags[half*len(bags)/2 : (half+1)*len(bags)/2] {
			clear(inner)
			for i, t := range b.terms {
				axpy(b.weights[i], m.row(int(t)), inner)
			}
			for i, t := range b.terms {
				axpy(b.weights[i], inner, out.row(int(t)))
			}
		}
		return out
	})
	axpy(1, parts[1].cells, parts[0].cells)
	return parts[0]
}

// leading returns the columns with the largest values.
func leading(values []float64, vectors matrix) matrix {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b)) })
	out := newMatrix(vectors.rows, dimensions)
	for i := range vectors.rows {
		for j := range dimensions {
			out.row(i)[j] = vectors.row(i)[order[j]]
		}
	}
	return out
}

// quantise writes v as bytes and returns what one step of them stands for.
func quantise(v []float64, out []int8) float32 {
	largest := 0.0
	for _, x := range v {
		largest = max(largest, math.Abs(x))
	}
	if largest == 0 {
		return 0
	}
	for i, x := range v {
		out[i] = int8(math.Round(x / largest * 127))
	}
	return float32(largest / 127)
}

// locate returns where a profile stands, nil when none of its terms is known.
func (s *space) locate(p *Profile, r rarity) *direction {
	var at [dimensions]float64
	known := false
	for _, t := range p.terms {
		if t.marks.has(isPhrase | isTag) {
			continue
		}
		i := s.known.find(t.id)
		if i < 0 {
			continue
		}
		known = true
		w := semanticWeight(t, r) * float64(s.scale[i])
		for d, x := range s.rows[i*dimensions : (i+1)*dimensions] {
			at[d] += w * float64(x)
		}
	}
	if !known {
		return nil
	}
	d := &direction{}
	quantise(at[:], d.of[:])
	d.whole, d.broad = d.dot(d)
	return d
}

// direction is where an article stands in a space, seen from the middle.
type direction struct {
	of           [dimensions]int8
	whole, broad int32 // the square of its length, and in its first dimensions
}

// broadDimensions is how many of the first dimensions, the strongest, tell
// fields (sport, markets, courts) rather than events.
const broadDimensions = 16

// cosines are how much two directions agree, and in their first dimensions: 0
// when they point apart.
func (d *direction) cosines(e *direction) (whole, broad float64) {
	w, b := d.dot(e)
	return cosine(w, d.whole, e.whole), cosine(b, d.broad, e.broad)
}

// dot is the product of two directions, and of their first dimensions.
func (d *direction) dot(e *direction) (whole, broad int32) {
	for i, x := range d.of[:broadDimensions] {
		broad += int32(x) * int32(e.of[i])
	}
	whole = broad
	for i := broadDimensions; i < dimensions; i++ {
		whole += int32(d.of[i]) * int32(e.of[i])
	}
	return whole, broad
}

func cosine(product, p, q int32) float64 {
	if product <= 0 {
		return 0
	}
	return float64(product) / math.Sqrt(float64(p)*float64(q))
}
