package related

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// letterCase is what the case of a word tells about it.
type letterCase uint8

const (
	unknown letterCase = iota // begins a sentence, or stands in a headline in capitals
	small
	capital
)

// word is one word of a field as the analyser sees it.
type word struct {
	entry
	span   text.Span
	text   string
	letter letterCase
	upper  bool // begins with a capital, whatever that means here
	starts bool // begins a sentence, in a field where capitals mean something
}

// scanner turns the spans of a field into words.
type scanner struct {
	field    string
	lexicon  *lexicon
	headline bool // capitals mean nothing in this field
	end      int  // of the word before
	first    bool // no word was read yet
}

func newScanner(field string, l *lexicon, words []text.Span) scanner {
	return scanner{field: field, lexicon: l, headline: capitalised(field, words), first: true}
}

// capitalised tells whether a field is written in capitals, or with a capital
// on nearly every word, as many headlines are.
func capitalised(field string, words []text.Span) bool {
	const sample = 40
	long, upper := 0, 0
	for _, w := range words[:min(len(words), sample)] {
		if w.End-w.Start < 4 {
			continue
		}
		long++
		if beginsUpper(w.Of(field)) {
			upper++
		}
	}
	return upper*10 > long*7
}

func beginsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// next reads a word. It is adjacent when only a blank or a hyphen stands
// between it and the word before.
func (s *scanner) next(span text.Span) (w word, adjacent bool) {
	between := s.field[min(s.end, span.Start):span.Start]
	adjacent = !s.first && (between == " " || between == "-")
	starts := s.first || strings.ContainsAny(between, ".!?:\n\"“„«•–—…")
	s.end, s.first = span.End, false
	w = word{span: span, text: span.Of(s.field)}
	w.upper = beginsUpper(w.text)
	w.letter, w.starts = s.letterCase(w.upper, starts), starts && !s.headline
	w.entry = s.lexicon.look(w.text)
	return w, adjacent
}

func (s *scanner) letterCase(upper, starts bool) letterCase {
	switch {
	case s.headline || starts && upper:
		return unknown
	case upper:
		return capital
	default:
		return small
	}
}
