// Package index is a full-text index made of segments: what it knows of some
// articles, packed once and never changed. New articles make a new segment;
// segments of a size are merged into a larger one. It is pure: it packs and
// unpacks bytes, which a store keeps.
//
//	segment := index.Build([]index.Entry{index.Analyse(document), …})
//	merged := index.Merge([]index.Part{{Segment: segment}, …})
//	at, found := index.Find(block, index.Word("harbour"))
//	list := index.Decode(segment.Docs[at.Docs.Start:at.Docs.End], dead)
//
// A segment has a dictionary, sorted, in blocks; for each term the articles
// that have it, each with the impact of the term on it; and for words their
// places, for phrases.
package index

import (
	"strings"
	"unicode/utf8"

	"nutgraph/internal/text"
)

// Version changes whenever what is made of the same article changes.
const Version = 2

// A term is a word as it is written, folded; the stem of one, under the
// language of the article; a name or a headline from one of its words on; or the
// first character of words.
// The first byte keeps the kinds apart.
const (
	stemMark = "\x01"
	nameMark = "\x02"
	headMark = "\x03"
)

// Word is the term of a word as it is written. Upper and lower case and accents
// make no difference.
func Word(word string) string { return longest(text.Fold(word)) }

// Initial is the term of all words that begin with one character, "" when the
// beginning is longer: of such there are fewer words, and they are looked up one
// by one.
func Initial(beginning string) string {
	if _, size := utf8.DecodeRuneInString(beginning); size < len(beginning) {
		return ""
	}
	return headMark + beginning
}

// longestTerm bounds the length of a term, in bytes. What a word has beyond is
// left out where it is indexed and where it is looked for.
const longestTerm = 80

func longest(term string) string { return term[:cut(term, longestTerm)] }

// Stem is the term of a word in lower case with whatever ending in articles of a
// language, "" when the language has no endings that we know.
func Stem(word, language string) string {
	stem := text.Stemmer(language)
	if stem == nil {
		return ""
	}
	return stemTerm(stem(word), language)
}

func stemTerm(stem, language string) string {
	return longest(stemMark + language + ":" + text.Fold(stem))
}

// Kind says what a name is the name of.
type Kind string

// What has a name that can be completed.
const (
	Headline Kind = "h"
	Tag      Kind = "t"
	Author   Kind = "a"
)

// longestName is how many bytes of a name the index holds.
const longestName = 40

// Name is the term of a name, or the beginning of those of all names that begin
// so.
func Name(kind Kind, name string) string {
	var b strings.Builder
	for _, span := range Words(name) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text.Fold(strings.ToLower(span.Of(name))))
	}
	folded := b.String()
	return nameMark + string(kind) + folded[:cut(folded, longestName)]
}

// cut is the longest length up to n bytes that does not split a character.
func cut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}
