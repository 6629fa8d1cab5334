package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case without the marks of Latin, Greek, Cyrillic,
// Arabic and Hebrew letters, so that "Émile", "émile" and "EMILE" are one
// word. Marks that are letters in their own right (the vowel signs of
// Devanagari or Thai) stay.
func Fold(s string) string {
	i := foldedPrefix(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		writeFolded(&b, r)
	}
	return b.String()
}

// foldedPrefix is the length of the part of s that needs no folding.
func foldedPrefix(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return i
		}
	}
	return len(s)
}

func writeFolded(b *strings.Builder, r rune) {
	r = unicode.ToLower(r)
	switch {
	case r < utf8.RuneSelf:
		b.WriteByte(byte(r))
	case isMark(r):
	case undecomposed[r] != "":
		b.WriteString(undecomposed[r])
	case hasAccents(r):
		b.WriteRune(base(r))
	default:
		b.WriteRune(r)
	}
}

// undecomposed are letters whose strokes and ligatures Unicode does not
// decompose.
var undecomposed = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe",
}

func isMark(r rune) bool {
	return 0x300 <= r && r <= 0x36F || // Latin, Greek, Cyrillic
		0x591 <= r && r <= 0x5C7 && unicode.Is(unicode.Mn, r) || // Hebrew points
		0x610 <= r && r <= 0x6ED && unicode.Is(unicode.Mn, r) || // Arabic vowels
		r == 0x640 // the stroke that stretches Arabic words
}

func hasAccents(r rune) bool {
	return r < 0x530 || 0x1E00 <= r && r < 0x2000
}

// base is the first rune of the canonical decomposition of r.
func base(r rune) rune {
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := norm.NFD.Properties(buf[:n]).Decomposition()
	if len(d) == 0 {
		return r
	}
	first, _ := utf8.DecodeRune(d)
	return first
}
