package summary

import (
	"slices"
	"strings"
)

// lead tells how much a sentence of one language looks like the one that a
// journalist would open the article with, and so like its summary in one line.
// It is linear: features of the sentence, and its common words and pairs of
// words ("has been" is frequent in openings, "but the" is not).
type lead struct {
	feature []float64
	word    map[string]float64
	pair    map[[2]string]float64
}

// leadFeatureNames are what a lead is told from beside its words. The first three
// are of the importance of its words and pairs.
var leadFeatureNames = []string{
	"value", "words", "pairs", "wordsEach", "pairsEach", "length", "meaning",
	"central", "commas", "firstPerson", "mostFrequent", "once", "new",
}

func newLead() *lead {
	return &lead{feature: make([]float64, len(leadFeatureNames)), word: map[string]float64{}, pair: map[[2]string]float64{}}
}

// set gives a feature, a word or a pair its weight.
func (l *lead) set(kind, name string, weight float64) {
	switch kind {
	case "feature":
		if i := slices.Index(leadFeatureNames, name); i >= 0 {
			l.feature[i] = weight
		}
	case "word":
		l.word[name] = weight
	case "pair":
		a, b, _ := strings.Cut(name, " ")
		l.pair[[2]string{a, b}] = weight
	}
}

// of rates a piece of d.
func (l *lead) of(d *document, t *tally, p *piece) float64 {
	sum := dot(l.feature, d.leadFeatures(t, p))
	d.commonWords(p, func(word string) { sum += l.word[word] }, func(pair [2]string) { sum += l.pair[pair] })
	return sum
}

// commonWords calls the functions with every stop word of the piece, once, and with
// every pair that has one. No other is in a lead.
func (d *document) commonWords(p *piece, word func(string), pair func([2]string)) {
	for j, t := range p.tokens {
		e := &d.terms[t]
		if e.stop && !slices.Contains(p.tokens[:j], t) {
			word(e.base)
		}
		if j == 0 {
			continue
		}
		if before := &d.terms[p.tokens[j-1]]; before.stop || e.stop {
			pair([2]string{before.base, e.base})
		}
	}
}

// leadFeatures are in the order of their names.
func (d *document) leadFeatures(t *tally, p *piece) []float64 {
	t.add(p)
	value, words, pairs := t.value(), t.hits[0], t.hits[1]
	t.remove(p)
	s := &d.sentences[p.sentence]
	meaning, most, once, fresh := 0.0, 0.0, 0.0, 0.0
	for _, w := range s.content {
		e := &d.terms[w]
		meaning += t.imp.word[maxRepeats*int(w)]
		most = max(most, float64(e.count))
		once += is(e.count == 1)
		fresh += is(e.first == p.sentence)
	}
	tokens, content := float64(max(len(p.tokens), 1)), float64(max(len(s.content), 1))
	return []float64{
		value, words, pairs, words / tokens, pairs / tokens, tokens, meaning,
		t.imp.central[p.sentence], float64(strings.Count(p.text, ",")), is(p.flaws&firstPerson != 0), most, once / content, fresh / content,
	}
}
