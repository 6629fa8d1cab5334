package index

import (
	"strings"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// Words are those of text.Words, cut where a reader would look for the parts:
// "kind:value", "some_name", "example.com", but not "3.14" and "U.S.".
func Words(s string) []text.Span {
	whole := text.Words(s)
	for i, span := range whole {
		if strings.ContainsAny(span.Of(s), ".:_") {
			cut := append([]text.Span(nil), whole[:i]...)
			for _, span := range whole[i:] {
				cut = appendParts(cut, s, span)
			}
			return cut
		}
	}
	return whole
}

func appendParts(spans []text.Span, s string, whole text.Span) []text.Span {
	start := whole.Start
	for i := whole.Start; i < whole.End; i++ {
		if strings.IndexByte(".:_", s[i]) < 0 || s[i] == '.' && !splits(s[start:i], s[i+1:whole.End]) {
			continue
		}
		if i > start {
			spans = append(spans, text.Span{Start: start, End: i})
		}
		start = i + 1
	}
	if start < whole.End {
		spans = append(spans, text.Span{Start: start, End: whole.End})
	}
	return spans
}

// splits tells whether a full stop between two texts parts words: not in a
// number, and not after a single letter.
func splits(before, after string) bool {
	if before == "" || after == "" {
		return true
	}
	_, size := utf8.DecodeLastRuneInString(before)
	last, next := before[len(before)-1], after[0]
	return size < len(before) && (last < '0' || last > '9' || next < '0' || next > '9')
}
