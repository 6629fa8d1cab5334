// Package text is what Nutgraph knows about written language: which one it is,
// where its sentences and words begin and end, which words carry no meaning
// and which differ only by their ending.
//
// It is pure (no I/O, no state that changes an answer), knows no other package
// of Nutgraph and takes any string, valid UTF-8 or not, in time linear in its
// length. It does not parse grammar, and it holds no language model.
//
//	lang := text.Detect(body)                        // "fr"
//	for _, s := range text.Sentences(body, lang) {
//		for _, w := range text.Words(body[s.Start:s.End]) { … }
//	}
//
// Languages are BCP 47 tags; only the primary subtag is looked at, so "pt-BR"
// is served as "pt". An empty or unknown tag gets the rules that hold
// everywhere.
package text

import (
	"strings"
	"unicode/utf8"
)

// Span is a piece of a string, in byte offsets: s[span.Start:span.End].
type Span struct{ Start, End int }

// Of returns the text of the span in s.
func (sp Span) Of(s string) string { return s[sp.Start:sp.End] }

// UTF16Len returns how many UTF-16 code units s takes, which is the unit of
// string offsets in a browser. Bytes that are not UTF-8 count as U+FFFD, one
// unit each.
func UTF16Len(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			n++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r > 0xFFFF {
			n++
		}
		n++
		i += size
	}
	return n
}

// primary returns the primary subtag of a BCP 47 tag in lower case, with
// Norwegian as one language: "pt-BR" is "pt", "no" and "nn" are "nb".
func primary(lang string) string {
	if i := strings.IndexAny(lang, "-_"); i >= 0 {
		lang = lang[:i]
	}
	switch lang = strings.ToLower(lang); lang {
	case "no", "nn":
		return "nb"
	case "":
		return "und"
	}
	return lang
}
