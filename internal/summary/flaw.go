package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// flaw is why a sentence does not read well on its own.
type flaw uint16

const (
	fragment  flaw = 1 << iota // no full stop at the end, or hardly a word
	question                   // ends with a question mark
	halfQuote                  // a quotation opens or closes outside it
	dangling                   // begins with a pronoun or connective
	exclaimed                  // ends with an exclamation mark
	furniture                  // byline, credit, caption, share line, advertisement

	firstPerson  // says "I" or "we" outside of quotations
	secondPerson // says "you", or tells you what to do
)

// judge finds the flaws of every sentence.
func (d *document) judge() {
	d.openers, d.trims = openersOf(d.lang), trimLists()[primary(d.lang)]
	d.findHalfQuotes()
	for i := range d.sentences {
		s := &d.sentences[i]
		body := s.of(d)
		s.flaws |= ending(body, s.size)
		lower := opening(body)
		if d.openers.dangles(body, lower) {
			s.flaws |= dangling
		}
		if d.openers.commands(body, lower) {
			s.flaws |= secondPerson
		}
		if isFurniture(body, s) {
			s.flaws |= furniture
		}
	}
}

// ending judges how a sentence ends.
func ending(body string, size int) flaw {
	body = strings.TrimRightFunc(body, func(r rune) bool { return isClosing(r) || unicode.IsSpace(r) })
	last, _ := utf8.DecodeLastRuneInString(body)
	switch last {
	case '.', '。', '।', '۔', '։', '።', '។', '။', '｡':
		if size < 3 {
			return fragment
		}
		return 0
	case '?', '？', '؟':
		return question
	case '!', '！':
		return exclaimed
	}
	return fragment
}

func isClosing(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '“', '»', '«', ')', ']', '」', '』', '）', '`':
		return true
	}
	return false
}
