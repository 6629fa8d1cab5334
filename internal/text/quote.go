package text

import (
	"strings"
	"unicode/utf8"
)

// quotes follows which quotation marks of a paragraph are open, because the
// same sign opens here and closes there: '"' everywhere, '»' in German and
// French.
type quotes struct {
	straight  bool // an open '"'
	guillemet rune // the sign that opened, 0 when none is open
	typed     bool // an open “, „ or PTB's ``
}

// see notes a mark. Previous and next are the runes beside it: a '"' behind a
// blank opens and one before a blank closes, also where the marks do not come in
// pairs (each paragraph of a long quotation opens it anew); any other is told
// from the one before.
func (q *quotes) see(previous, r, next rune) {
	switch r {
	case '"':
		switch before, after := opensWord(previous), endsWord(next); {
		case before && !after:
			q.straight = true
		case after && !before:
			q.straight = false
		default:
			q.straight = !q.straight
		}
	case '«', '»':
		if q.guillemet == 0 {
			q.guillemet = r
		} else if q.guillemet != r {
			q.guillemet = 0
		}
	case '“':
		q.typed = !q.typed // closes a German „
	case '„', '`':
		q.typed = true
	case '”':
		q.typed = false
	}
}

// opensWord tells whether a mark behind r is at the start of a word.
func opensWord(r rune) bool { return isBlank(r) || strings.ContainsRune("([-–—", r) }

// endsWord tells whether a mark before r is at the end of a word.
func endsWord(r rune) bool { return isBlank(r) || strings.ContainsRune(")],.;:!?", r) }

// closes tells whether r, behind the end of a sentence and before next, can close
// what is open.
func (q *quotes) closes(r, next rune) bool {
	switch r {
	case '"':
		return q.straight || endsWord(next)
	case '«', '»':
		return q.guillemet != 0 && q.guillemet != r
	case '“':
		return q.typed
	}
	return isCloser(r)
}

func isCloser(r rune) bool {
	switch r {
	case ')', ']', '}', '”', '’', '\'', '›', '」', '』', '）', '】', '》', '〉', '］', '*', '_':
		return true
	}
	return false
}

// see notes the mark r at byte i.
func (sp *splitter) see(i int, r rune) {
	previous, next := ' ', ' '
	if i > sp.first {
		previous, _ = utf8.DecodeLastRuneInString(sp.s[sp.first:i])
	}
	if i += utf8.RuneLen(r); i < sp.end {
		next, _ = sp.rune(i)
	}
	sp.quotes.see(previous, r, next)
}

// closers skips the closing marks at i, also a quotation mark behind a blank
// (French, tokenised text) when one is open.
func (sp *splitter) closers(i int) int {
	for i < sp.end {
		r, size := sp.rune(i)
		if r == '\'' || r == '’' {
			if sp.startsWord(i + size) { // .'They
				return i
			}
		}
		next := ' '
		if i+size < sp.end {
			next, _ = sp.rune(i + size)
		}
		if sp.quotes.closes(r, next) {
			sp.see(i, r)
			i += size
			continue
		}
		if j := sp.farCloser(i); j > i {
			i = j
			continue
		}
		return i
	}
	return i
}

func (sp *splitter) startsWord(i int) bool {
	if i >= sp.end {
		return false
	}
	r, _ := sp.rune(i)
	return r >= 'A' && r <= 'z' || r >= utf8.RuneSelf && !isBlank(r) && !isCloser(r)
}

// farCloser skips one blank and a quotation mark that closes an open one.
func (sp *splitter) farCloser(i int) int {
	r, size := sp.rune(i)
	if !isBlank(r) || i+size >= sp.end {
		return i
	}
	j := i + size
	mark, width := sp.rune(j)
	behind := j + width
	switch {
	case (mark == '»' || mark == '«') && sp.quotes.closes(mark, ' '):
	case (mark == '’' || mark == '”') && behind < sp.end && sp.s[behind] == ' ':
		return behind
	case mark == '"' && sp.quotes.straight && (behind >= sp.end || sp.s[behind] == ' '):
	case mark == '\'' && behind < sp.end && sp.s[behind] == '\'' && sp.quotes.typed:
		sp.quotes.typed = false
		return behind + 1
	default:
		return i
	}
	sp.see(j, mark)
	return behind
}

// openers skips the opening marks at i.
func (sp *splitter) openers(i int) int {
	for i < sp.end {
		r, size := sp.rune(i)
		switch r {
		case '"', '\'', '“', '„', '‘', '‚', '«', '»', '‹', '(', '[', '{', '「', '『', '（', '《', '¿', '¡', '`', '*', '_', '–', '—', '-', '•':
			i += size
			continue
		}
		if isBlank(r) { // « Bonjour
			i += size
			continue
		}
		return i
	}
	return i
}
