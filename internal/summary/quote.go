package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotation finds the sentences that quote by halves: a quotation opens in one
// and closes in another. Marks are paired within a paragraph; a mark without
// partner spoils only the sentence it stands in, because marks get lost.
type quotation struct {
	d      *document
	open   [kinds]quoteMark // the mark that is open, of each kind
	lost   bool             // closing marks were lost in this article
	at     int              // the sentence being read
	inside bool             // whether a word stands before the mark being read
}

// quoteMark is an opening mark.
type quoteMark struct {
	seen     bool
	sentence int
	sure     bool // surely a quotation mark and not an apostrophe
	inside   bool // not at the start of the sentence
}

// markKind tells the pairs apart, so that quotations may stand in each other.
type markKind int

const (
	straight markKind = iota
	curly
	guillemets
	corners
	single
	brackets
	kinds
)

// direction of a mark.
type direction int

const (
	noMark direction = iota
	opens
	closes
	either
)

// findHalfQuotes flags the sentences of d.
func (d *document) findHalfQuotes() {
	d.quotations = map[int]int{}
	q := quotation{d: d, lost: losesMarks(d.text)}
	for i := range d.sentences {
		if d.sentences[i].place == 0 {
			q.endParagraph()
		}
		q.at = i
		q.read(d.sentences[i].of(d))
	}
	q.endParagraph()
}

// read follows the marks of one sentence.
func (q *quotation) read(body string) {
	q.inside = false
	for i := 0; i < len(body); {
		step := strings.IndexAny(body[i:], "\"'`()?“”„‘’«»「」『』（）")
		if step < 0 {
			return
		}
		i += step
		r, size := utf8.DecodeRuneInString(body[i:])
		previous, next := ' ', ' '
		if i > 0 {
			previous, _ = utf8.DecodeLastRuneInString(body[:i])
		}
		if i+size < len(body) {
			next, _ = utf8.DecodeRuneInString(body[i+size:])
		}
		q.inside = q.inside || strings.ContainsFunc(body[i-step:i], isWord)
		switch kind, dir, sure := q.classify(previous, r, next); {
		case kind == single && isClitic(body[i+size:]):
		case r == '?' && !isLostMark(body[i+size:]):
		default:
			q.see(kind, dir, sure)
		}
		i += size
	}
}

// classify tells what a rune is, from what stands beside it.
func (q *quotation) classify(previous, r, next rune) (kind markKind, dir direction, sure bool) {
	switch r {
	case '"':
		return straight, lean(previous, next), true
	case '?': // where a closing mark was lost
		if q.open[straight].seen {
			return straight, closes, false
		}
		return straight, noMark, false
	case '„':
		return curly, opens, true
	case '“':
		if q.open[curly].seen {
			return curly, closes, true
		}
		return curly, opens, true
	case '”':
		return curly, closes, true
	case '`':
		return straight, opens, true
	case '«', '»':
		return guillemets, either, true
	case '「', '『':
		return corners, opens, true
	case '」', '』':
		return corners, closes, true
	case '(', '（':
		return brackets, opens, true
	case ')', '）':
		return brackets, closes, true
	}
	return apostrophe(previous, r, next)
}

// lean tells the direction of a straight mark from the blanks around it.
func lean(previous, next rune) direction {
	before := unicode.IsSpace(previous) || previous == '(' || previous == '\''
	after := unicode.IsSpace(next) || strings.ContainsRune("),.;:!?'", next)
	switch {
	case before && !after:
		return opens
	case !before && after:
		return closes
	}
	return either
}

// apostrophe judges single marks, which are apostrophes more often than not.
func apostrophe(previous, r, next rune) (markKind, direction, bool) {
	switch {
	case r == '\'' && (previous == '\'' || next == '\''): // tokenised text: ''
		if previous == '\'' {
			return straight, noMark, false
		}
		return straight, closes, true
	case r == '‘':
		return single, opens, true
	case isWord(previous) && isWord(next):
		return single, noMark, false
	case (unicode.IsSpace(previous) || previous == '(') && isWord(next) && r == '\'':
		if !unicode.IsUpper(next) {
			return single, opens, false
		}
		return single, opens, true
	case isWord(next):
		return single, noMark, false
	case unicode.IsSpace(previous) && unicode.IsSpace(next): // tokenised: either of them, or a possessive
		return single, noMark, false
	}
	return single, closes, strings.ContainsRune(",.!?", previous)
}

// isLostMark tells whether a question mark stands in the middle of a sentence:
// there a closing quotation mark was lost between two encodings.
func isLostMark(rest string) bool {
	if strings.HasPrefix(rest, ",") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, " "))
	return strings.HasPrefix(rest, " ") && unicode.IsLower(r)
}

// losesMarks tells whether question marks stand where closing quotation marks
// must have been. Of such a text a mark without partner says nothing.
func losesMarks(body string) bool {
	const enough = 1
	n := 0
	for i := strings.IndexByte(body, '?'); i >= 0 && n < enough; {
		if isLostMark(body[i+1:]) {
			n++
		}
		next := strings.IndexByte(body[i+1:], '?')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return n >= enough
}

// isClitic tells the endings that tokenised text writes apart: it 's, they 're.
func isClitic(rest string) bool {
	word, _, _ := strings.Cut(rest, " ")
	switch word {
	case "s", "re", "ve", "ll", "d", "m", "t", "em":
		return true
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// see pairs a mark with the one that is open.
func (q *quotation) see(kind markKind, dir direction, sure bool) {
	open := &q.open[kind]
	if dir == either {
		dir = opens
		if open.seen {
			dir = closes
		}
	}
	switch {
	case dir == opens:
		q.spoilOpen(open)
		*open = quoteMark{seen: true, sentence: q.at, sure: sure, inside: q.inside}
	case dir == closes && open.seen:
		q.spoil(open.sentence, q.at)
		*open = quoteMark{}
	case dir == closes && sure:
		q.d.sentences[q.at].flaws |= halfQuote
	}
}

// longestQuotation is how many sentences a quotation may have that is taken as
// a whole.
const longestQuotation = 3

// spoil flags the sentences that a quotation spans, if it spans more than one.
func (q *quotation) spoil(from, to int) {
	const longest = 8 // beyond that the marks do not belong together
	if from == to {
		return
	}
	if to-from < longestQuotation {
		q.d.quotations[from] = to
	}
	for i := from; i <= to; i++ {
		if i == from || i == to || to-from <= longest {
			q.d.sentences[i].flaws |= halfQuote
		}
	}
}

func (q *quotation) spoilOpen(open *quoteMark) {
	if open.seen && open.sure && (!q.lost || !open.inside) {
		q.d.sentences[open.sentence].flaws |= halfQuote
	}
}

func (q *quotation) endParagraph() {
	for i := range q.open {
		q.spoilOpen(&q.open[i])
		q.open[i] = quoteMark{}
	}
}

// behindQuotation returns what stands behind the quotation that opens body.
func behindQuotation(body string) (rest string, found bool) {
	first, size := utf8.DecodeRuneInString(body)
	var closing string
	switch first {
	case '"', '“', '„':
		closing = "\"“”"
	case '«', '»':
		closing = "»«"
	case '‘':
		closing = "’"
	default:
		return "", false
	}
	for rest = body[size:]; ; {
		i := strings.IndexAny(rest, closing)
		if i < 0 {
			return "", false
		}
		_, size = utf8.DecodeRuneInString(rest[i:])
		rest = rest[i+size:]
		if next, _ := utf8.DecodeRuneInString(rest); !isWord(next) {
			return rest, true
		}
	}
}
