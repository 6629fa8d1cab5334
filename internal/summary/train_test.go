package summary

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"math"
	"os"
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
// among the teachers of a single line, too.
var (
	briefSets = []trainingSet{{"xsum", 1, false}, {"gum_oneline", 1, false}, {"orange_fr", 1, false}, {"inshorts", 0.4, true}}
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
}

// trainModels trains on the articles of the dev sets that use lets through.
func trainModels(tb testing.TB, use func(*example) bool) models {
	tb.Helper()
	return models{brief: trainModel(tb, briefSets, use), short: trainModel(tb, shortSets, use)}
}

// half says which half of dev an article belongs to: by its text, so that the
// same article is on one side in every set.
func (e *example) half() int {
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
	sum := sha256.Sum256([]byte("half" + key.String()))
	return int(sum[0] & 1)
}

// case is one word or pair of an article and how many of the references have
// it.
type instance struct {
	features      []float64
	label, weight float64
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

func trainModel(tb testing.TB, sets []trainingSet, use func(*example) bool) *model {
	tb.Helper()
	var lessons []*lesson
	for _, set := range sets {
		for _, e := range load(tb, set.name) {
			if use(&e) {
				lessons = append(lessons, newLesson(&e, set))
			}
		}
	}
	m := &model{}
	var words []instance
	for _, l := range lessons {
		words = l.wordInstances(words)
	}
	m.word = logistic(words)[:len(wordFeatureNames)]
	m.pair = make([]float64, len(pairFeatureNames))
	var pairs []instance
	for _, l := range lessons {
		pairs = l.pairInstances(pairs, m)
	}
	m.pair = logistic(pairs)[:len(pairFeatureNames)]
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

func (l *lesson) wordInstances(out []instance) []instance {
	for t := range l.d.terms {
		e := &l.d.terms[t]
		for k := 0; k < maxRepeats && k < e.count && (k == 0 || e.stop); k++ {
			label := 0.0
			for _, ref := range l.words {
				label += is(ref[int32(t)] > k)
			}
			out = append(out, instance{append(l.d.wordFeatures(nil, l.st, int32(t), k), l.long*is(e.stop), l.long*is(!e.stop)), label / float64(len(l.words)), l.weight})
		}
	}
	return out
}

func (l *lesson) pairInstances(out []instance, m *model) []instance {
	imp := m.of(l.d, l.st)
	once := make([]float64, imp.count)
	for t := range once {
		once[t] = imp.word[maxRepeats*t]
	}
	for i := range l.d.pairs {
		p := &l.d.pairs[i]
		key := pairKey(p.a, p.b)
		label := 0.0
		for _, ref := range l.pairs {
			label += is(ref[key])
		}
		out = append(out, instance{append(l.d.pairFeatures(nil, p, once, l.d.titlePairs[key]), l.long), label / float64(len(l.pairs)), l.weight})
	}
	return out
}

// logistic fits a logistic regression with Adam over the whole batch.
func logistic(in []instance) []float64 {
	features := len(in[0].features)
	const (
		rounds = 150
		decay  = 1e-5
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
			e := (in[i].label - sigmoid(dot(w, in[i].features))) * in[i].weight / total
			for j, x := range in[i].features {
				gradient[j] += e * x
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
