package summary

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"nutgraph/internal/content"
)

// A lead is learned from articles that nobody has summed up, by the thousand: the
// first sentence of an article of a newspaper is what a journalist said of the
// rest, so it is taken away and is the reference. The articles of the dev sets
// with references of one line count more.
const (
	leadArticles = "shared/scale_guardian"
	everyNth     = 2 // of them, as all of them tell no more
)

var leadSets = []trainingSet{{name: "xsum", weight: 5}, {name: "gum_oneline", weight: 5}}

// What a lead is worth: the pairs that it shares with the reference tell more than
// the words, of which any sentence has some.
func leadWorth(r rouge) float64 { return r.one + 6*r.two + r.long }

func writeLead(b *strings.Builder, lang string, l *lead) {
	for i, w := range l.feature {
		fmt.Fprintf(b, "lead %s feature %s %.5f\n", lang, leadFeatureNames[i], w)
	}
	for _, word := range slices.Sorted(maps.Keys(l.word)) {
		fmt.Fprintf(b, "lead %s word %s %.4f\n", lang, word, l.word[word])
	}
	byText := func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }
	for _, pair := range slices.SortedFunc(maps.Keys(l.pair), byText) {
		fmt.Fprintf(b, "lead %s pair %s %s %.4f\n", lang, pair[0], pair[1], l.pair[pair])
	}
}

// withoutLead returns the article without its first sentence, which becomes its
// reference, if it is one that can be.
func withoutLead(e example) (example, bool) {
	const (
		shortest, longest = 12, 45 // words of a reference
		fewest            = 6      // sentences
		most              = 12000  // bytes of an article
	)
	d := newDocument(Article{Text: e.Text, Language: e.Lang})
	if len(d.sentences) < fewest || len(e.Text) > most {
		return e, false
	}
	first := &d.sentences[0]
	if first.size < shortest || first.size > longest {
		return e, false
	}
	e.refs = []reference{rougerOf(e.Lang).read(first.of(d))}
	e.Title, e.Text = "", e.Text[d.sentences[1].span.Start:]
	return e, true
}

// leadLesson is an article with a weight.
type leadLesson struct {
	e      example
	weight float64
}

// trainLead trains the model of leads in English.
func trainLead(tb testing.TB, m *model, use func(*example) bool) *lead {
	tb.Helper()
	var lessons []leadLesson
	for i, e := range loadFile(tb, leadArticles) {
		if i%everyNth == 0 {
			if e, ok := withoutLead(e); ok {
				lessons = append(lessons, leadLesson{e, 1})
			}
		}
	}
	book := leadWords(lessons)
	for _, set := range leadSets {
		for _, e := range load(tb, set.name) {
			if use(&e) {
				lessons = append(lessons, leadLesson{e, set.weight})
			}
		}
	}
	const workers = 2
	var sums [workers]regression
	var wg sync.WaitGroup
	for w := range sums {
		wg.Go(func() {
			sums[w] = newRegression(book.size)
			for i := w; i < len(lessons); i += workers {
				book.learn(&sums[w], m, &lessons[i])
			}
		})
	}
	wg.Wait()
	for w := 1; w < workers; w++ {
		sums[0].add(&sums[w])
	}
	return book.lead(sums[0].solve(book.penalty()))
}

// leadBook numbers the features, the common words and the common pairs.
type leadBook struct {
	word map[string]int
	pair map[[2]string]int
	size int
}

// leadWords finds the stop words, and the pairs with one, that most articles have.
// Words of meaning would be those of the newspaper's topics.
func leadWords(lessons []leadLesson) *leadBook {
	const (
		words, pairs = 150, 1000
		looked       = 5000 // articles
	)
	inWord, inPair := map[string]int{}, map[[2]string]int{}
	for i := range min(len(lessons), looked) {
		e := &lessons[i].e
		d := newDocument(Article{Text: e.Text, Language: e.Lang})
		for t := range d.terms {
			if d.terms[t].count > 0 && d.terms[t].stop {
				inWord[d.terms[t].base]++
			}
		}
		for _, p := range d.pairs {
			if a, b := &d.terms[p.a], &d.terms[p.b]; a.stop || b.stop {
				inPair[[2]string{a.base, b.base}]++
			}
		}
	}
	b := &leadBook{word: map[string]int{}, pair: map[[2]string]int{}, size: len(leadFeatureNames)}
	for _, w := range mostCommon(inWord, words, cmp.Compare[string]) {
		b.word[w] = b.size
		b.size++
	}
	for _, p := range mostCommon(inPair, pairs, func(x, y [2]string) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }) {
		b.pair[p] = b.size
		b.size++
	}
	return b
}

func mostCommon[K comparable](counts map[K]int, n int, compare func(a, b K) int) []K {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), compare(a, b)) })
	return keys[:min(n, len(keys))]
}

// row is the features of a sentence, by number; of the words and pairs only those
// that it has.
type row struct {
	at    []int
	value []float64
	worth float64
}

// learn enters the sentences of an article that could be a single line. Only what
// tells them apart from each other counts.
func (b *leadBook) learn(sum *regression, m *model, l *leadLesson) {
	d := newDocument(Article{Title: l.e.Title, Text: l.e.Text, Language: l.e.Lang})
	if primary(d.lang) != "en" {
		return
	}
	allowed := budgets[content.SummaryBrief][0]
	t := newTally(m.of(d, d.stats()), allowed)
	var rows []row
	for i := range d.sentences {
		if p, ok := d.fit(i, allowed, t); ok {
			rows = append(rows, b.row(d, t, &p, leadWorth(best(l.e.refs, rougerOf(l.e.Lang).read(p.text)))))
		}
	}
	sum.enter(rows, l.weight)
}

func (b *leadBook) row(d *document, t *tally, p *piece, worth float64) row {
	r := row{worth: worth}
	for i, x := range d.leadFeatures(t, p) {
		r.at, r.value = append(r.at, i), append(r.value, x)
	}
	note := func(i int, known bool) {
		if known {
			r.at, r.value = append(r.at, i), append(r.value, 1)
		}
	}
	d.commonWords(p, func(w string) { i, ok := b.word[w]; note(i, ok) }, func(q [2]string) { i, ok := b.pair[q]; note(i, ok) })
	return r
}

// penalty is how dear a weight is: those of features are not, as they are few.
func (b *leadBook) penalty() []float64 {
	out := make([]float64, b.size)
	for i := range out {
		out[i] = 1e-3
		if i >= len(leadFeatureNames) {
			out[i] = 300
		}
	}
	return out
}

func (b *leadBook) lead(w []float64) *lead {
	l := newLead()
	copy(l.feature, w)
	for word, i := range b.word {
		l.word[word] = w[i]
	}
	for pair, i := range b.pair {
		l.pair[pair] = w[i]
	}
	return l
}
