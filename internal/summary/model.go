package summary

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"nutgraph/internal/content"
)

// model tells how likely a word, and a pair of words, of an article is to come
// up in a summary that a person writes of it.
type model struct {
	word, pair []float64
	lexeme     map[string]map[string]float64 // by language and stem: what a stop word itself adds
}

// importance is what a model says about one document.
type importance struct {
	word  []float64 // by term, maxRepeats numbers each: the first time, the second…
	pair  []float64 // by number of pair
	count int       // of terms
}

// of rates the document.
func (m *model) of(d *document, st *wordStats) *importance {
	word, once := m.words(d, st)
	imp := &importance{word: word, pair: make([]float64, len(d.pairs)), count: len(d.terms)}
	best := d.bestSentences(once)
	f := make([]float64, 0, len(pairFeatureNames))
	for i := range d.pairs {
		f = d.pairFeatures(f[:0], &d.pairs[i], once, best[i], d.titlePairs[pairKey(d.pairs[i].a, d.pairs[i].b)])
		imp.pair[i] = sigmoid(dot(m.pair, f))
	}
	return imp
}

// words rates the words of the document; once is for their first time.
func (m *model) words(d *document, st *wordStats) (word, once []float64) {
	word = make([]float64, maxRepeats*len(d.terms))
	once = make([]float64, len(d.terms))
	lexeme := m.lexeme[primary(d.lang)]
	f := make([]float64, 0, len(wordFeatureNames))
	for t := range d.terms {
		if d.terms[t].count == 0 {
			continue
		}
		f = d.wordFeatures(f[:0], st, int32(t), 0)
		sum := dot(m.word, f) + lexeme[d.terms[t].base]
		repeat := m.repeat(&d.terms[t])
		for k := range maxRepeats {
			word[maxRepeats*t+k] = sigmoid(sum + float64(k)*repeat)
		}
		once[t] = word[maxRepeats*t]
	}
	return word, once
}

// repeat is how much less likely a word is with every further time.
func (m *model) repeat(t *term) float64 {
	if !t.stop {
		return m.word[44]
	}
	return m.word[44] + m.word[45] + m.word[46]*math.Log(float64(t.count))
}

func dot(w, f []float64) float64 {
	sum := 0.0
	for i, x := range f {
		sum += w[i] * x
	}
	return sum
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// models are the trained ones: one for a single line, one for longer texts,
// because what people put into one line is more general.
type models struct{ brief, short *model }

// of returns the model for a length.
func (m models) of(length content.SummaryLength) *model {
	if length == content.SummaryBrief {
		return m.brief
	}
	return m.short
}

// weightFile is written by the test Train.
//
//go:embed weights.txt
var weightFile string

// trained reads the weights once.
var trained = sync.OnceValue(func() models {
	m, err := readWeights(weightFile)
	if err != nil {
		panic(err)
	}
	return m
})

// readWeights parses lines of "model kind feature weight"; the features of the
// kind "lexeme" are a language and a stem.
func readWeights(file string) (models, error) {
	values := map[string]float64{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		at := strings.LastIndexByte(line, ' ')
		v, err := strconv.ParseFloat(line[at+1:], 64)
		if err != nil {
			return models{}, fmt.Errorf("weight %q: %w", line, err)
		}
		values[line[:at]] = v
	}
	pick := func(prefix string, names []string) []float64 {
		w := make([]float64, len(names))
		for i, name := range names {
			w[i] = values[prefix+" "+name]
		}
		return w
	}
	load := func(name string) *model {
		return &model{word: pick(name+" word", wordFeatureNames), pair: pick(name+" pair", pairFeatureNames), lexeme: lexemes(values, name)}
	}
	return models{brief: load("brief"), short: load("short")}, nil
}

// lexemes picks the lines "model lexeme language stem weight".
func lexemes(values map[string]float64, model string) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	for key, v := range values {
		rest, found := strings.CutPrefix(key, model+" lexeme ")
		if !found {
			continue
		}
		lang, stem, _ := strings.Cut(rest, " ")
		if out[lang] == nil {
			out[lang] = map[string]float64{}
		}
		out[lang][stem] = v
	}
	return out
}
