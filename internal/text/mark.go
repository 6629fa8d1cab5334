package text

import (
	"html"
	"strings"
	"unicode"
)

// IsWordRune tells whether a full-text search takes r as part of a word:
// letters, digits and the marks on them.
func IsWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Co, r)
}

// Mark writes s as HTML in which each of the words stands in a mark element
// and all else is escaped. Case and accents make no difference.
func Mark(s string, words []string) string {
	var b strings.Builder
	last := 0
	for _, m := range matches(s, words) {
		b.WriteString(html.EscapeString(s[last:m.Start]))
		b.WriteString("<mark>" + html.EscapeString(s[m.Start:m.End]) + "</mark>")
		last = m.End
	}
	b.WriteString(html.EscapeString(s[last:]))
	return b.String()
}

// Passage returns about size bytes of s around the first of the words, cut
// between words, with an ellipsis where it was cut; the beginning of s when
// none of the words stands in it.
func Passage(s string, words []string, size int) string {
	if len(s) <= size {
		return s
	}
	start := 0
	if found := matches(s, words); len(found) > 0 {
		start = max(0, found[0].Start-size/4)
	}
	start, end := wordStart(s, start), wordStart(s, min(len(s), start+size))
	passage := strings.TrimSpace(s[start:end])
	if start > 0 {
		passage = "… " + passage
	}
	if end < len(s) {
		passage += " …"
	}
	return passage
}

// wordStart moves a place back to the start of the word it stands in, if that
// is near, and else to the start of the character.
func wordStart(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	const near = 40
	if blank := strings.LastIndexAny(s[max(0, i-near):i], " \n"); blank >= 0 {
		return max(0, i-near) + blank + 1
	}
	for i > 0 && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// matches finds the words in s.
func matches(s string, words []string) []Span {
	wanted := map[string]bool{}
	for _, w := range words {
		wanted[Fold(w)] = true
	}
	var found []Span
	start := -1
	for i, r := range s + " " {
		switch {
		case IsWordRune(r) && start < 0:
			start = i
		case !IsWordRune(r) && start >= 0:
			if wanted[Fold(s[start:i])] {
				found = append(found, Span{start, i})
			}
			start = -1
		}
	}
	return found
}
