package related

import (
	"strings"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// lexicon remembers what words of one language are, so that stemming, the
// dearest part of an analysis, is done once for a word and not once for each
// of its occurrences. It is emptied when full.
type lexicon struct {
	language string
	stops    map[string]bool
	stem     func(string) string
	known    map[string]entry
}

// entry is what a word is as a term.
type entry struct {
	id    TermID
	plain bool // no stop word and long enough to be a term
	marks marks
}

// lexiconSize bounds a lexicon to about two megabytes.
const lexiconSize = 20_000

func newLexicon(language string) *lexicon {
	return &lexicon{
		language: language,
		stops:    text.StopWords(language),
		stem:     text.Stemmer(language),
		known:    make(map[string]entry, 1024),
	}
}

// look returns what a word as it stands in a text is.
func (l *lexicon) look(word string) entry {
	if e, known := l.known[word]; known {
		return e
	}
	e := l.read(strings.ToLower(word))
	if len(l.known) >= lexiconSize {
		clear(l.known)
	}
	l.known[strings.Clone(word)] = e
	return e
}

func (l *lexicon) read(word string) entry {
	if utf8.RuneCountInString(word) < 2 || len(word) > maxWord || l.stops[word] {
		return entry{}
	}
	if word[0] >= '0' && word[0] <= '9' {
		return entry{id: hashTerm(l.language, word), plain: true, marks: isNumber}
	}
	var m marks
	if onCalendar(l.language, word) {
		m = isNumber
	}
	if l.stem != nil {
		word = l.stem(word)
	}
	return entry{id: hashTerm(l.language, text.Fold(word)), plain: true, marks: m}
}
