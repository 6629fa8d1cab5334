package index

import (
	"strings"
	"sync"

	"nutgraph/internal/text"
)

// lexicon remembers the terms of the words of one language, as they are written:
// articles use the same few thousand, and making a term takes several times what
// finding it here does. It is emptied when full.
type lexicon struct {
	language string
	stem     func(string) string
	known    map[string]terms
}

// terms are those of a word: itself, and its stem, "" where none is known.
type terms struct{ word, stem string }

// lexiconSize bounds a lexicon to about eight megabytes.
const lexiconSize = 50_000

// lexicons are of the languages seen lately.
type lexicons map[string]*lexicon

var pool = sync.Pool{New: func() any { return lexicons{} }}

// of returns the lexicon of a language. A stream of made-up languages must not
// pile up lexicons.
func (all lexicons) of(language string) *lexicon {
	const most = 8
	l := all[language]
	if l == nil {
		if len(all) >= most {
			clear(all)
		}
		l = &lexicon{language: language, stem: text.Stemmer(language), known: map[string]terms{}}
		all[language] = l
	}
	return l
}

func (l *lexicon) look(written string) terms {
	if t, known := l.known[written]; known {
		return t
	}
	written = strings.Clone(written) // which is a part of a whole article
	lower := strings.ToLower(strings.ToValidUTF8(written, ""))
	t := terms{word: Word(lower)}
	if l.stem != nil {
		t.stem = stemTerm(l.stem(lower), l.language)
	}
	if len(l.known) >= lexiconSize {
		clear(l.known)
	}
	l.known[written] = t
	return t
}
