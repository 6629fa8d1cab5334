package summary

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"nutgraph/internal/text"
)

var train = flag.Bool("train", false, "train the models on the corpora and write weights.txt")

// trainingSet is a set a model is trained on, and how much each article counts.
type trainingSet struct {
	name   string
	weight float64
	long   bool // the references are longer than what the model is for
}

// The articles of XSum lack their first sentence and those of OrangeSum their
// standfirst. Whole articles must not be forgotten over them, so Inshorts is
// among the teachers of a single line, too. GUM has few articles of many kinds,
// which count threefold.
var (
	briefSets = []trainingSet{{"xsum", 1, false}, {"gum_oneline", 3, false}, {"orange_fr", 1, false}, {"inshorts", 0.4, true}}
	shortSets = []trainingSet{{"realsumm", 1, false}, {"cnndm", 1, false}, {"writers", 1, false}, {"inshorts", 1, false}, {"newts", 1, false}}
)

// TestTrain writes the weights. It is not a test of anything:
//
//	go test ./internal/summary -run Train -train
func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("skipped: -train is not set")
	}
	m := trainModels(t, func(*example) bool { return true })
	var b strings.Builder
	b.WriteString("# Weights of the models: model, kind, feature, weight.\n")
	b.WriteString("# Written by: go test ./internal/summary -run Train -train\n")
	writeModel(&b, "brief", m.brief)
	writeModel(&b, "short", m.short)
	if err := os.WriteFile("weights.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func writeModel(b *strings.Builder, name string, m *model) {
	for i, w := range m.word {
		fmt.Fprintf(b, "%s word %s %.3f\n", name, wordFeatureNames[i], w)
	}
	for i, w := range m.pair {
		fmt.Fprintf(b, "%s pair %s %.3f\n", name, pairFeatureNames[i], w)
	}
	for _, lang := range slices.Sorted(maps.Keys(m.lexeme)) {
		for _, stem := range slices.Sorted(maps.Keys(m.lexeme[lang])) {
			fmt.Fprintf(b, "%s lexeme %s %s %.2f\n", name, lang, stem, m.lexeme[lang][stem])
		}
	}
}

// trainModels trains on the articles of the dev sets that use lets through.
func trainModels(tb testing.TB, use func(*example) bool) models {
	tb.Helper()
	return models{brief: trainModel(tb, briefSets, use, true), short: trainModel(tb, shortSets, use, false)}
}

// folds is how many parts dev is cut into for cross-validation.
const folds = 5

// fold says which part of dev an article belongs to: by its text, so that the
// same article is in one part in every set.
func (e *example) fold() int {
	var key strings.Builder
	n := 0
	for _, r := range strings.ToLower(e.Text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			key.WriteRune(r)
			if n++; n == 160 {
				break
			}
		}
	}
	sum := sha256.Sum256([]byte("fold" + key.String()))
	return int(binary.BigEndian.Uint16(sum[:2])) % folds
}

// instance is one word or pair of an article and how many of the references
// have it. Of its features only those that are not nought are kept.
type instance struct {
	index         []uint16
	value         []float64
	label, weight float64
}

func newInstance(features []float64, label, weight float64) instance {
	in := instance{label: label, weight: weight}
	for i, x := range features {
		if x != 0 {
			in.index, in.value = append(in.index, uint16(i)), append(in.value, x)
		}
	}
	return in
}

// lesson is an article with what its references have.
type lesson struct {
	d      *document
	st     *wordStats
	words  []map[int32]int // of each reference
	pairs  []map[uint64]bool
	weight float64
	long   float64
}

// trainModel trains one model, with weights for single stop words if lexemes are
// asked for. They pay for one line (XSum +1.0) and not for more (Inshorts -0.3).
func trainModel(tb testing.TB, sets []trainingSet, use func(*example) bool, lexemes bool) *model {
	tb.Helper()
	var lessons []*lesson
	for _, set := range sets {
		for _, e := range load(tb, set.name) {
			if use(&e) {
				lessons = append(lessons, newLesson(&e, set))
			}
		}
	}
	m := &model{lexeme: map[string]map[string]float64{}, pair: make([]float64, len(pairFeatureNames))}
	var lex map[lexeme]int
	if lexemes {
		lex = lexicon(lessons)
	}
	var words, pairs []instance
	for _, l := range lessons {
		words = l.wordInstances(words, lex)
	}
	w := logistic(words, lexemesAt+len(lex))
	m.word = w[:len(wordFeatureNames)]
	for x, i := range lex {
		if m.lexeme[x.lang] == nil {
			m.lexeme[x.lang] = map[string]float64{}
		}
		m.lexeme[x.lang][x.stem] = w[i]
	}
	for _, l := range lessons {
		pairs = l.pairInstances(pairs, m)
	}
	m.pair = logistic(pairs, len(pairFeatureNames)+1)[:len(pairFeatureNames)]
	return m
}

func newLesson(e *example, set trainingSet) *lesson {
	d := newDocument(Article{Title: e.Title, Text: e.Text, Language: e.Lang})
	l := &lesson{d: d, st: d.stats(), weight: set.weight / float64(max(len(d.sentences), 1)), long: is(set.long)}
	for _, ref := range e.References {
		words, pairs := map[int32]int{}, map[uint64]bool{}
		last := int32(-1)
		for _, sp := range text.Words(ref) {
			t := d.words.term(sp.Of(ref))
			words[t]++
			pairs[pairKey(last, t)] = true
			last = t
		}
		l.words, l.pairs = append(l.words, words), append(l.pairs, pairs)
	}
	d.terms = d.terms[:d.known]
	return l
}

// lexeme is a word that has a weight of its own.
type lexeme struct{ lang, stem string }

// lexemesAt is where the lexemes stand among the features of a word, behind two
// for references that are too long.
var lexemesAt = len(wordFeatureNames) + 2

// lexicon numbers the stop words that many articles of a language have. Other
// common words gain nothing, and would be those of the topics of the corpora.
func lexicon(lessons []*lesson) map[lexeme]int {
	const enough = 0.12 // of the articles
	all, articles := map[string]int{}, map[lexeme]int{}
	for _, l := range lessons {
		all[l.d.lang]++
		for t := range l.d.terms {
			if l.d.terms[t].count > 0 && l.d.terms[t].stop {
				articles[lexeme{l.d.lang, l.d.terms[t].base}]++
			}
		}
	}
	out := map[lexeme]int{}
	for x, n := range articles {
		if float64(n) >= enough*float64(all[x.lang]) {
			out[x] = lexemesAt + len(out)
		}
	}
	return out
}

func (l *lesson) wordInstances(out []instance, lex map[lexeme]int) []instance {
	for t := range l.d.terms {
		e := &l.d.terms[t]
		id, known := lex[lexeme{l.d.lang, e.base}]
		for k := 0; k < maxRepeats && k < e.count && (k == 0 || e.stop); k++ {
			label := 0.0
			for _, ref := range l.words {
				label += is(ref[int32(t)] > k)
			}
			features := append(l.d.wordFeatures(nil, l.st, int32(t), k), l.long*is(e.stop), l.long*is(!e.stop))
			in := newInstance(features, label/float64(len(l.words)), l.weight)
			if known {
				in.index, in.value = append(in.index, uint16(id)), append(in.value, 1)
			}
			out = append(out, in)
		}
	}
	return out
}

func (l *lesson) pairInstances(out []instance, m *model) []instance {
	_, once := m.words(l.d, l.st)
	best := l.d.bestSentences(once)
	for i := range l.d.pairs {
		p := &l.d.pairs[i]
		key := pairKey(p.a, p.b)
		label := 0.0
		for _, ref := range l.pairs {
			label += is(ref[key])
		}
		features := append(l.d.pairFeatures(nil, p, once, best[i], l.d.titlePairs[key]), l.long)
		out = append(out, newInstance(features, label/float64(len(l.pairs)), l.weight))
	}
	return out
}

// logistic fits a logistic regression with Adam over the whole batch.
func logistic(in []instance, features int) []float64 {
	const (
		rounds = 150
		decay  = 3e-5
	)
	w := make([]float64, features)
	first, second := make([]float64, features), make([]float64, features)
	total := 0.0
	for i := range in {
		total += in[i].weight
	}
	gradient := make([]float64, features)
	for round := 1; round <= rounds; round++ {
		for j := range gradient {
			gradient[j] = -decay * w[j]
		}
		for i := range in {
			e := &in[i]
			sum := 0.0
			for k, j := range e.index {
				sum += w[j] * e.value[k]
			}
			miss := (e.label - sigmoid(sum)) * e.weight / total
			for k, j := range e.index {
				gradient[j] += miss * e.value[k]
			}
		}
		n := float64(round)
		for j, g := range gradient {
			first[j] = 0.9*first[j] + 0.1*g
			second[j] = 0.99*second[j] + 0.01*g*g
			w[j] += 0.1 * first[j] / (1 - math.Pow(0.9, n)) / (math.Sqrt(second[j]/(1-math.Pow(0.99, n))) + 1e-8)
		}
	}
	return w
}
