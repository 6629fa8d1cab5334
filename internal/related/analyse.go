package related

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"nutgraph/internal/text"
)

// What of a text is kept: its most frequent and earliest terms.
const (
	maxTerms   = 110 // single words
	maxPhrases = 30  // of several words
	maxTags    = 20
	maxWord    = 80   // bytes of a term as readers write it; longer ones are not kept
	leadWords  = 60   // words of the text that count as its beginning
	maxWords   = 4000 // words of a field that are looked at
)

// Analyse makes the profile of a document. It costs about a microsecond for
// each word of the text, up to the first 4,000.
func Analyse(d Document) Profile {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	a.reset(primary(d.Language))
	a.read(d.Title, inTitle)
	a.read(d.Standfirst, inLead)
	a.read(d.Text, 0)
	a.tags(d.Tags)
	p := Profile{
		Key: d.Key, Language: a.language, PublishedAt: d.PublishedAt, Section: d.Section,
		Tags: slices.Clone(d.Tags), Authors: slices.Clone(d.Authors),
		sketch: a.shingles.sketch(),
	}
	p.terms, p.words = a.terms()
	return p
}

// primary is the primary subtag of a language tag in lower case.
func primary(language string) string {
	language, _, _ = strings.Cut(language, "-")
	return strings.ToLower(language)
}

// analyser gathers the terms of one document. It is reused, as its tables
// would otherwise be most of the garbage of an import.
type analyser struct {
	lexicons map[string]*lexicon // of the languages seen lately
	language string
	found    []sighting
	byID     map[TermID]int32 // place in found
	run      []word           // the words since the last gap
	shingles shingler
	order    []int32
}

var analysers = sync.Pool{New: func() any { return &analyser{lexicons: map[string]*lexicon{}, byID: map[TermID]int32{}} }}

func (a *analyser) reset(language string) {
	clear(a.byID)
	clear(a.found) // holds parts of the last document
	a.found = a.found[:0]
	a.language = language
	a.shingles.reset()
}

// lexicon returns the lexicon of the document's language. Documents come in
// few languages; a stream of made-up ones must not pile up lexicons.
func (a *analyser) lexicon() *lexicon {
	const most = 8
	l, ok := a.lexicons[a.language]
	if !ok {
		if len(a.lexicons) >= most {
			clear(a.lexicons)
		}
		l = newLexicon(a.language)
		a.lexicons[a.language] = l
	}
	return l
}

// read adds the words of one field, each with the field's mark.
func (a *analyser) read(field string, mark marks) {
	words := text.Words(field)
	words = words[:min(len(words), maxWords)]
	scan := newScanner(field, a.lexicon(), words)
	for i, span := range words {
		w, adjacent := scan.next(span)
		if !adjacent {
			a.phrases(field)
		}
		w.marks |= mark
		if mark == 0 && i < leadWords {
			w.marks |= inLead
		}
		if w.plain {
			a.add(sighting{id: w.id, word: w.text, marks: w.marks}, w.letter)
			a.shingles.add(w.id)
		}
		a.run = append(a.run, w)
	}
	a.phrases(field)
}

// tags adds what editors filed the article under.
func (a *analyser) tags(tags []string) {
	for _, tag := range tags[:min(len(tags), maxTags)] {
		if len(tag) <= maxWord {
			s := sighting{id: hashTerm(a.language, "#"+text.Fold(tag)), word: tag, marks: isTag}
			if beginsUpper(tag) && a.speaksOf(tag) {
				s.marks |= isName
			}
			a.add(s, small)
		}
	}
}

// speaksOf tells whether the text read so far has the words of a tag as a name.
func (a *analyser) speaksOf(tag string) bool {
	var id, word TermID
	words := 0
	for _, span := range text.Words(tag) {
		if e := a.lexicon().look(span.Of(tag)); e.plain {
			id, word = id.then(e.id), e.id
			words++
		}
	}
	if words == 1 {
		id = word
	}
	i, seen := a.byID[id]
	return seen && a.found[i].name(a.language)
}

// add notes one occurrence of a term.
func (a *analyser) add(s sighting, c letterCase) {
	i, seen := a.byID[s.id]
	if !seen {
		i = int32(len(a.found))
		a.byID[s.id] = i
		s.first = i
		a.found = append(a.found, s)
	}
	a.found[i].again(s, c)
}

// terms returns the strongest terms by id and their words.
func (a *analyser) terms() ([]term, string) {
	kept := a.strongest()
	slices.SortFunc(kept, func(x, y int32) int { return cmp.Compare(a.found[x].id, a.found[y].id) })
	var words strings.Builder
	terms := make([]term, len(kept))
	for i, k := range kept {
		s := &a.found[k]
		words.WriteString(s.written(a.language))
		terms[i] = term{id: s.id, end: uint16(words.Len()), count: uint8(min(s.count, 255)), marks: s.finalMarks(a.language)}
	}
	return terms, words.String()
}

// strongest chooses the terms to keep.
func (a *analyser) strongest() []int32 {
	a.order = a.order[:0]
	for i := range a.found {
		if a.found[i].worthKeeping() {
			a.order = append(a.order, int32(i))
		}
	}
	slices.SortFunc(a.order, func(x, y int32) int { return a.found[x].compare(&a.found[y]) })
	words, phrases := 0, 0
	return slices.DeleteFunc(a.order, func(i int32) bool {
		if a.found[i].marks.has(isPhrase) {
			phrases++
			return phrases > maxPhrases
		}
		words++
		return words > maxTerms
	})
}
