package summary

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// piece is a sentence, whole or with words left out, or a quotation of several
// sentences, as it may stand in a summary.
type piece struct {
	sentence int // the first
	last     int // the last
	text     string
	trimmed  bool
	tokens   []int32
	pairs    []int32
	size     int
	flaws    flaw
	quoted   bool // begins with a quotation mark
}

// whole returns sentence i as it is.
func (d *document) whole(i int) piece {
	s := &d.sentences[i]
	return piece{
		sentence: i, last: i, text: s.of(d), tokens: s.tokens, pairs: s.pairs, size: s.size, flaws: s.flaws,
		quoted: isQuoted(s.of(d)),
	}
}

// quotationAt returns the sentences from i on that share a quotation as one
// piece, if they are one and fit.
func (d *document) quotationAt(i int, b budget) (piece, bool) {
	last, ok := d.quotations[i]
	if !ok || d.sentences[i].paragraph != d.sentences[last].paragraph {
		return piece{}, false
	}
	sp := text.Span{Start: d.sentences[i].span.Start, End: d.sentences[last].span.End}
	p := piece{sentence: i, last: last, text: sp.Of(d.text), flaws: d.sentences[i].flaws & dangling, quoted: isQuoted(sp.Of(d.text))}
	for k := i; k <= last; k++ {
		s := &d.sentences[k]
		if s.flaws&furniture != 0 {
			return piece{}, false
		}
		p.size += s.size
		p.tokens = append(p.tokens, s.tokens...)
		p.pairs = append(p.pairs, s.pairs...)
	}
	fits := p.size >= b.shortest && p.size <= b.longest && (p.flaws == 0 || !b.alone)
	return p, fits && d.sentences[last].flaws&(fragment|question) == 0 && balanced(p.text)
}

// reduced returns sentence i with another text, which words were cut from.
func (d *document) reduced(i int, rest string) piece {
	s := sentence{span: text.Span{Start: 0, End: len(rest)}}
	tokens := d.words.read(&s, rest, nil)
	tokens = slices.DeleteFunc(tokens, func(t int32) bool { return int(t) >= d.known })
	p := piece{
		sentence: i, last: i, text: rest, trimmed: true, tokens: tokens, pairs: d.pairsOf(tokens), size: s.size,
		flaws:  d.sentences[i].flaws&^(dangling|firstPerson|secondPerson) | s.flaws,
		quoted: isQuoted(rest),
	}
	if d.openers.dangles(rest, opening(rest)) {
		p.flaws |= dangling
	}
	return p
}

// pairsOf returns the numbers of the pairs in a row of words. Words that have
// become neighbours by a cut are no pair of the article's.
func (d *document) pairsOf(tokens []int32) []int32 {
	out := make([]int32, 0, len(tokens))
	for j := 0; j+1 < len(tokens); j++ {
		if id, ok := d.pairIDs[pairKey(tokens[j], tokens[j+1])]; ok {
			out = append(out, id)
		}
	}
	return out
}

// tally is what a set of pieces is expected to share with a reference: the
// overlap that ROUGE-1 and ROUGE-2 would count, if the reference has each word
// and pair as likely as the importance says.
type tally struct {
	imp       *importance
	reference float64 // words a person would write
	weight    float64 // of pairs
	terms     []int32 // how often each is in the set
	pairs     []int32
	hits      [2]float64
	quoted    float64 // pieces that begin with a quotation mark
	spoken    float64 // pieces that speak as I, or to you, where that is a flaw
	persons   flaw    // which of the two is
	price     float64 // of one
	late      float64 // how far behind the pieces stand, together
	behind    float64 // what that costs
	length    [2]float64
}

func newTally(imp *importance, b budget) *tally {
	return &tally{
		imp: imp, reference: b.reference, weight: b.pairs, persons: b.persons, price: b.spoken, behind: b.late,
		terms: make([]int32, imp.count), pairs: make([]int32, len(imp.pair)),
	}
}

func (t *tally) add(p *piece) {
	for _, w := range p.tokens {
		if k := t.terms[w]; k < maxRepeats {
			t.hits[0] += t.imp.word[maxRepeats*int(w)+int(k)]
		}
		t.terms[w]++
	}
	for _, q := range p.pairs {
		if t.pairs[q] == 0 {
			t.hits[1] += t.imp.pair[q]
		}
		t.pairs[q]++
	}
	t.quoted += is(p.quoted)
	t.spoken += is(p.flaws&t.persons != 0)
	t.late += p.late()
	t.length[0] += float64(len(p.tokens))
	t.length[1] += float64(max(len(p.tokens)-1, 0))
}

func (t *tally) remove(p *piece) {
	for _, w := range p.tokens {
		t.terms[w]--
		if k := t.terms[w]; k < maxRepeats {
			t.hits[0] -= t.imp.word[maxRepeats*int(w)+int(k)]
		}
	}
	for _, q := range p.pairs {
		if t.pairs[q]--; t.pairs[q] == 0 {
			t.hits[1] -= t.imp.pair[q]
		}
	}
	t.quoted -= is(p.quoted)
	t.spoken -= is(p.flaws&t.persons != 0)
	t.late -= p.late()
	t.length[0] -= float64(len(p.tokens))
	t.length[1] -= float64(max(len(p.tokens)-1, 0))
}

// late is how far behind a piece stands, 0 to 1: what comes late in an article
// leans on more that was said before.
func (p *piece) late() float64 {
	const far = 20 // sentences
	return float64(min(p.sentence, far)) / far
}

// value is the expected F1 of the set, of single words and of pairs, less a
// little for every voice that speaks before it is introduced, and for what stands
// far behind.
func (t *tally) value() float64 {
	const quotedCosts = 0.02
	return -quotedCosts*t.quoted - t.price*t.spoken - t.behind*t.late + 2*t.hits[0]/(t.length[0]+t.reference) + t.weight*2*t.hits[1]/(t.length[1]+t.reference)
}

// alone is the value of a set of one.
func (t *tally) alone(p *piece) float64 {
	t.add(p)
	v := t.value()
	t.remove(p)
	return v
}

// isQuoted tells whether a quotation opens the sentence.
func isQuoted(body string) bool {
	r, _ := utf8.DecodeRuneInString(body)
	return strings.ContainsRune("\"'“‘„«»「`", r)
}
