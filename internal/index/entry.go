package index

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// Document is what is indexed of an article.
type Document struct {
	Key        int64 // from 1 to 1<<62
	Language   string
	Title      string
	Standfirst string
	Tags       []string
	Authors    []string
	Body       string
}

// Entry is what the index holds of one article.
type Entry struct {
	Key      int64
	Language string
	terms    []occurrence
}

// occurrence is a term in an article.
type occurrence struct {
	term      string
	impact    uint8
	positions []byte // of a word: uvarints, each the distance from the one before
}

// field is a part of an article: how much a word in it counts against one in
// the body, how much its length matters, and what length is common.
type field struct {
	weight, slope, length float64
}

// BM25F: the fields add up before they saturate (Robertson, Zaragoza and Taylor
// 2004). The common lengths are constants, so that an impact never changes.
var (
	titleField      = field{weight: 5, slope: 0.3, length: 10}
	standfirstField = field{weight: 2.5, slope: 0.3, length: 25}
	nameField       = field{weight: 2.5, slope: 0, length: 3}
	leadField       = field{weight: 2, slope: 0.9, length: 300}
	bodyField       = field{weight: 1, slope: 0.9, length: 300}
)

const (
	saturation = 1.2 // k1 of BM25
	leadWords  = 100 // of the body count as its lead
	gap        = 8   // places between fields, so that no phrase leads from one to another
)

// Analyse makes the entry of an article.
func Analyse(d Document) Entry {
	a := analysis{language: d.Language, stem: text.Stemmer(d.Language), words: map[string]*tally{}, stems: map[string]*tally{}, known: map[string]*word{}}
	a.add(titleField, d.Title)
	a.add(standfirstField, d.Standfirst)
	for _, tag := range d.Tags {
		a.add(nameField, tag)
	}
	for _, author := range d.Authors {
		a.add(nameField, author)
	}
	a.body(d.Body)
	e := Entry{Key: d.Key, Language: d.Language, terms: make([]occurrence, 0, len(a.words)+len(a.stems))}
	initials := map[string]uint8{}
	for term, t := range a.words {
		o := occurrence{term, impact(t.weight), t.positions}
		_, size := utf8.DecodeRuneInString(term)
		initials[term[:size]] = max(initials[term[:size]], o.impact)
		e.terms = append(e.terms, o)
	}
	for initial, impact := range initials {
		e.terms = append(e.terms, occurrence{Initial(initial), impact, nil})
	}
	for term, t := range a.stems {
		e.terms = append(e.terms, occurrence{term, impact(t.weight), nil})
	}
	return e.withNames(d)
}

// impact is the saturated weight of a term in an article, from 1 to 255.
func impact(weight float64) uint8 {
	return uint8(max(1, math.Round(255*weight/(weight+saturation))))
}

type analysis struct {
	language string
	stem     func(string) string
	words    map[string]*tally
	stems    map[string]*tally
	known    map[string]*word
	next     int // place
}

// tally adds up the occurrences of a term in an article.
type tally struct {
	weight    float64
	last      int
	positions []byte
}

// word is where the occurrences of a word are counted.
type word struct{ word, stem *tally }

func (a *analysis) add(f field, s string) {
	spans := Words(s)
	a.count(f, s, spans, len(spans))
	a.next += gap
}

func (a *analysis) body(s string) {
	spans := Words(s)
	lead := min(len(spans), leadWords)
	a.count(leadField, s, spans[:lead], len(spans))
	a.count(bodyField, s, spans[lead:], len(spans))
}

func (a *analysis) count(f field, s string, spans []text.Span, length int) {
	weight := f.weight / (1 - f.slope + f.slope*float64(length)/f.length)
	for _, span := range spans {
		w := a.lookUp(span.Of(s))
		w.word.weight += weight
		w.word.positions = binary.AppendUvarint(w.word.positions, uint64(a.next-w.word.last))
		w.word.last = a.next
		a.next++
		if w.stem != nil {
			w.stem.weight += weight
		}
	}
}

func (a *analysis) lookUp(written string) *word {
	if w := a.known[written]; w != nil {
		return w
	}
	lower := strings.ToLower(strings.ToValidUTF8(written, ""))
	w := &word{word: tallied(a.words, Word(lower))}
	if a.stem != nil {
		w.stem = tallied(a.stems, stemTerm(a.stem(lower), a.language))
	}
	a.known[written] = w
	return w
}

func tallied(tallies map[string]*tally, term string) *tally {
	t := tallies[term]
	if t == nil {
		t = &tally{}
		tallies[term] = t
	}
	return t
}

// How many words of a headline or a name it can be completed from.
const nameStarts = 12

// withNames adds what completes what is typed into a search box.
func (e Entry) withNames(d Document) Entry {
	seen := map[string]bool{}
	add := func(kind Kind, name string) {
		for i, span := range Words(name) {
			term := strings.ToValidUTF8(Name(kind, name[span.Start:]), "")
			if i >= nameStarts || seen[term] {
				continue
			}
			seen[term] = true
			e.terms = append(e.terms, occurrence{term, 1, nil})
		}
	}
	add(Headline, d.Title)
	for _, tag := range d.Tags {
		add(Tag, tag)
	}
	for _, author := range d.Authors {
		add(Author, author)
	}
	return e
}
