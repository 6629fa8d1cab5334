package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Words returns the words of s in order: the segments of Unicode's UAX #29
// that hold a letter or a digit, with three changes.
//
// Elided articles and prepositions of French and Italian are words of their
// own ("l'homme" is "l", "homme"). In scripts written without blanks a run of
// letters is cut into pairs that overlap ("北京大学" is 北京, 京大, 大学), the
// usual stand-in for a dictionary; a run of one letter is one word. A run of
// Hiragana, which mostly carries the grammar of Japanese, stays whole.
func Words(s string) []Span {
	out := make([]Span, 0, len(s)/5+1)
	run := Span{-1, -1} // neighbouring letters of a script without blanks
	kind := spaced
	for start := 0; start < len(s); {
		end, k := segment(s, start)
		sp := Span{start, end}
		start = end
		if run.Start >= 0 && k != kind {
			out = appendRun(out, s, run, kind)
			run.Start = -1
		}
		switch k {
		case ideographs, hiragana:
			if run.Start < 0 {
				run.Start = sp.Start
			}
			run.End, kind = sp.End, k
		case spaced:
			out = appendElided(out, s, sp)
		}
	}
	if run.Start >= 0 {
		out = appendRun(out, s, run, kind)
	}
	return out
}

// segment returns the end of the segment that starts at a byte, and what it is.
// Letters of ASCII between blanks and full stops, which most texts are made of,
// need none of Unicode's tables.
func segment(s string, start int) (end int, k script) {
	end = start
	for end < len(s) && asciiKinds[s[end]] == asciiWord {
		end++
	}
	switch {
	case end > start && parts(s, end):
		return end, spaced
	case end == start && asciiKinds[s[end]] != foreign && s[end] != '_' && (end+1 == len(s) || s[end+1] < utf8.RuneSelf):
		return end + 1, notWord
	}
	it := words.FromString(s[start:])
	it.Next()
	end = start + it.End()
	k = scriptOf(s[start:])
	if k == notWord && hasLetter(s[start:end]) {
		k = spaced
	}
	return end, k
}

// parts tells whether a word of ASCII letters and digits surely ends at a byte.
func parts(s string, at int) bool {
	if at == len(s) {
		return true
	}
	switch asciiKinds[s[at]] {
	case asciiGap:
		return true
	case asciiJoiner: // "U.S", "3.14" and "don't", but not "end. "
		return s[at] != '_' && (at+1 == len(s) || asciiKinds[s[at+1]] == asciiGap)
	}
	return false
}

// asciiKinds say what a byte can be to a word.
var asciiKinds = func() (kinds [256]byte) {
	for c := range kinds {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			kinds[c] = asciiWord
		case c >= utf8.RuneSelf:
			kinds[c] = foreign
		case strings.IndexByte("'.,:;_", byte(c)) >= 0:
			kinds[c] = asciiJoiner
		}
	}
	return kinds
}()

const (
	asciiGap    = iota // parts words
	asciiJoiner        // may join what stands on either side
	asciiWord
	foreign // a part of a letter or mark that is not ASCII
)

// script is how a writing system separates words, as far as Words cares.
type script byte

const (
	notWord script = iota
	spaced
	ideographs // Han, and the scripts of South-East Asia: no blanks between words
	hiragana
)

func scriptOf(s string) script {
	c := s[0]
	if c < utf8.RuneSelf {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			return spaced
		}
		return notWord
	}
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r < 0x0E00:
	case r >= 0x3041 && r <= 0x309F:
		return hiragana
	case unicode.In(r, unicode.Han, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return ideographs
	}
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return spaced
	}
	return notWord
}

// IsUnspaced tells whether r is a letter of a script that sets no blanks between
// words.
func IsUnspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

func appendRun(out []Span, s string, run Span, kind script) []Span {
	if kind == hiragana {
		return append(out, run)
	}
	first, second := run.Start, run.Start+letterLen(s[run.Start:run.End])
	if second >= run.End {
		return append(out, run)
	}
	for second < run.End {
		next := second + letterLen(s[second:run.End])
		out = append(out, Span{first, next})
		first, second = second, next
	}
	return out
}

// letterLen is the length of the first letter of a run with what belongs to it:
// marks of other scripts, selectors of its shape, bytes that are no UTF-8.
func letterLen(run string) int {
	_, size := utf8.DecodeRuneInString(run)
	for i, r := range run[size:] {
		if IsUnspaced(r) {
			return size + i
		}
	}
	return len(run)
}

func appendElided(out []Span, s string, sp Span) []Span {
	at, width := apostrophe(s, sp)
	if at > sp.Start && at+width < sp.End && elides(s[sp.Start:at]) {
		return append(out, Span{sp.Start, at}, Span{at + width, sp.End})
	}
	return append(out, sp)
}

// apostrophe finds the first apostrophe among the first bytes of sp.
func apostrophe(s string, sp Span) (at, width int) {
	const longest = len("quest") + 1
	for i := sp.Start; i < sp.End && i < sp.Start+longest; i++ {
		if s[i] == '\'' {
			return i, 1
		}
		if s[i] == 0xE2 && i+2 < sp.End && s[i+1] == 0x80 && s[i+2] == 0x99 { // ’
			return i, 3
		}
	}
	return -1, 0
}

func elides(article string) bool {
	switch lowerASCII(article) {
	case "l", "d", "c", "j", "n", "s", "t", "m", "qu", "un", "dell", "nell", "all", "dall", "sull", "coll", "quell", "quest", "dov", "com":
		return true
	}
	return false
}

func lowerASCII(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for j, c := range b {
				if 'A' <= c && c <= 'Z' {
					b[j] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
