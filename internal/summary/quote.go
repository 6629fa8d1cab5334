package summary

import (
	"unicode"
	"unicode/utf8"
)

// quoteState is which marks are open at a point of a paragraph.
type quoteState struct {
	double  bool // "…", “…”, „…“, «…», 「…」
	single  bool // '…', ‘…’
	bracket int
}

func (q quoteState) open() bool { return q.double || q.single || q.bracket != 0 }

// after returns the state behind body. The direction of a straight mark is
// told from the blanks around it, so that one lost mark does not turn the rest
// of the paragraph inside out.
func (q quoteState) after(body string) quoteState {
	previous := ' '
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRuneInString(body[i:])
		next, _ := utf8.DecodeRuneInString(body[i+size:])
		if i+size >= len(body) {
			next = ' '
		}
		q.see(previous, r, next)
		previous = r
		i += size
	}
	return q
}

func (q *quoteState) see(previous, r, next rune) {
	switch r {
	case '"':
		q.double = direction(previous, next, q.double)
	case '“':
		q.double = !q.double
	case '„', '「', '『':
		q.double = true
	case '”', '」', '』':
		q.double = false
	case '«', '»':
		q.double = !q.double
	case '`':
		q.double = true
	case '\'', '’', '‘':
		q.apostrophe(previous, r, next)
	case '(':
		q.bracket++
	case ')':
		if q.bracket > 0 {
			q.bracket--
		}
	}
}

// direction tells whether a straight mark opens.
func direction(previous, next rune, open bool) bool {
	before, after := unicode.IsSpace(previous) || previous == '(', unicode.IsSpace(next)
	switch {
	case before && !after:
		return true
	case !before && after:
		return false
	}
	return !open
}

// apostrophe follows single quotation marks, which are apostrophes as well.
func (q *quoteState) apostrophe(previous, r, next rune) {
	switch {
	case r == '‘':
		q.single = true
	case r == '\'' && (previous == '\'' || next == '\''): // tokenised: ''
		q.double = false
	case isWord(previous) && isWord(next): // don't
	case unicode.IsSpace(previous) && unicode.IsLetter(next) && r == '\'':
		q.single = true
	case q.single && !isWord(next):
		q.single = false
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
