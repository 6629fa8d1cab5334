package text

import (
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of s in order, without the white space
// around them. A line break always ends one, so a heading without full stop
// does not run into the paragraph below it.
//
// The rules are ours: a full stop ends a sentence unless the word before it is
// an abbreviation of the language, an initial or (in languages that write
// ordinals so) a number, or the next word begins in lower case. Closing quotes
// and brackets belong to the sentence they follow. A blank missing after a
// full stop ("de l'AFP.\"Plusieurs") is put up with where the letters around
// leave no doubt.
func Sentences(s, lang string) []Span {
	sp := splitter{s: s, lang: primary(lang), abbreviations: abbreviations(primary(lang))}
	sp.out = make([]Span, 0, len(s)/100+1)
	for start := 0; start < len(s); {
		end, width := lineEnd(s, start)
		sp.paragraph(start, end)
		start = end + width
	}
	return sp.out
}

// lineEnd finds the next line break and how many bytes it takes.
func lineEnd(s string, from int) (at, width int) {
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case '\n' <= c && c <= '\r':
			return i, 1
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0xA8 || s[i+2] == 0xA9):
			return i, 3 // U+2028, U+2029
		}
	}
	return len(s), 0
}

// splitter walks through one text.
type splitter struct {
	s             string
	lang          string
	abbreviations map[string]abbreviation
	out           []Span

	// of the paragraph at hand
	end      int  // its end
	first    int  // where the current sentence starts
	caseless bool // no capitals, so a lower-case word may start a sentence
	quotes   quotes
}

func (sp *splitter) paragraph(start, end int) {
	sp.end, sp.first, sp.quotes = end, start, quotes{}
	sp.caseless = !hasCapital(sp.s[start:end])
	for i := start; i < end; {
		r, size := sp.rune(i)
		next := i + size
		switch {
		case isTerminator(r):
			stop, ok := sp.boundary(i, r)
			if ok {
				sp.cut(stop)
			}
			next = max(next, stop)
		case r >= utf8.RuneSelf || r == '"' || r == '`':
			sp.see(i, r)
		}
		i = next
	}
	sp.cut(end)
}

// cut ends the current sentence at byte at.
func (sp *splitter) cut(at int) {
	start, end := trim(sp.s, sp.first, at)
	if start < end {
		sp.out = append(sp.out, Span{start, end})
	}
	sp.first = at
}

func trim(s string, start, end int) (from, to int) {
	for start < end {
		r, size := utf8.DecodeRuneInString(s[start:end])
		if !isBlank(r) {
			break
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(s[start:end])
		if !isBlank(r) {
			break
		}
		end -= size
	}
	return start, end
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF || r < ' '
}

// rune returns the rune at byte i and its length: RuneError and 0 at the end.
func (sp *splitter) rune(i int) (rune, int) {
	if i < sp.end && sp.s[i] < utf8.RuneSelf {
		return rune(sp.s[i]), 1
	}
	return utf8.DecodeRuneInString(sp.s[min(i, sp.end):sp.end])
}

func isTerminator(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '\u037e': // the last is the Greek question mark
		return true
	}
	return isFull(r)
}

// isFull tells the terminators that need no blank after them: scripts without
// blanks or capitals.
func isFull(r rune) bool {
	switch r {
	case '。', '！', '？', '｡', '．', '।', '॥', '۔', '؟', '։', '።', '។', '။':
		return true
	}
	return false
}

// boundary decides whether the terminator r at i ends the sentence, and where
// the sentence then stops: after further terminators and closing marks. When
// it does not end, stop is where to read on.
func (sp *splitter) boundary(i int, r rune) (stop int, ok bool) {
	after, dots, full := sp.terminators(i)
	before := sp.quotes
	stop = sp.closers(after)
	next := sp.skipBlanks(stop)
	if next >= sp.end {
		return sp.end, true
	}
	c := context{at: i, term: r, dots: dots, closed: stop > after, stop: stop, next: next}
	if !sp.ends(c, full) {
		sp.quotes = before // the marks are seen again
		return after, false
	}
	return stop, true
}

// ends gathers what stands around the terminator and asks the rules.
func (sp *splitter) ends(c context, full bool) bool {
	c.opener = sp.openers(c.next)
	c.first, _ = sp.rune(min(c.opener, sp.end-1))
	switch {
	case full:
		return sp.fullStop(c)
	case c.next == c.stop:
		return sp.glued(c)
	}
	return sp.spaced(c)
}

// context is what stands around a terminator.
type context struct {
	at     int  // the terminator
	term   rune // the terminator
	dots   int  // how many terminators in a row
	closed bool // closing marks follow it
	stop   int  // the end of the closing marks
	next   int  // the first byte after the blanks
	opener int  // the first byte after opening marks, too
	first  rune // what stands there
}

// terminators skips a run of terminators, blanks between dots (". . .")
// included.
func (sp *splitter) terminators(i int) (after, n int, full bool) {
	for i < sp.end {
		r, size := sp.rune(i)
		if !isTerminator(r) {
			break
		}
		full = full || isFull(r)
		if r == '…' {
			n += 2
		}
		n++
		i += size
		if i+1 < sp.end && sp.s[i] == ' ' && sp.s[i+1] == '.' {
			i++
		}
	}
	return i, n, full
}

func (sp *splitter) skipBlanks(i int) int {
	for i < sp.end {
		r, size := sp.rune(i)
		if !isBlank(r) {
			break
		}
		i += size
	}
	return i
}

func hasCapital(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) || unicode.IsTitle(r) {
			return true
		}
	}
	return false
}
