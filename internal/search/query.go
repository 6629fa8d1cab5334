package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraph/internal/index"
	"nutgraph/internal/text"
)

// Bounds of a query. What a reader types beyond is left out.
const (
	maxQuery = 2000 // bytes
	maxTerms = 32
)

// Query is what a reader looks for: articles that hold all of its terms.
type Query struct {
	Terms []Term
	typed string
}

// Term is one thing an article must hold, or must not.
type Term struct {
	Words  []string // in lower case, with their accents; several stand one after the other
	Exact  bool     // as they are, not with other endings
	Prefix bool     // of the last word this is the beginning
	Not    bool     // the article must not hold it
}

// Parse reads what somebody typed. Every text is a query: quotation marks of
// any kind make a phrase, a star after a word asks for all words that begin so,
// a hyphen before a word or a phrase excludes it, and all else separates words.
// A quotation that is not closed goes on to the end.
func Parse(typed string) Query {
	p := parser{rest: strings.ToLower(strings.ToValidUTF8(typed[:min(len(typed), maxQuery)], " "))}
	p.query.typed = typed
	for p.next() && len(p.query.Terms) < maxTerms {
	}
	return p.query
}

// Empty tells whether there is nothing to look for. Exclusions alone are
// nothing.
func (q Query) Empty() bool {
	for _, t := range q.Terms {
		if !t.Not {
			return false
		}
	}
	return true
}

// loosened is the query with each word of its phrases for itself, and whether
// there are any.
func (q Query) loosened() (loose Query, phrases bool) {
	loose.typed = q.typed
	for _, t := range q.Terms {
		if t.Not || len(t.Words) == 1 {
			loose.Terms = append(loose.Terms, t)
			continue
		}
		phrases = true
		for i, w := range t.Words {
			r, _ := utf8.DecodeRuneInString(w)
			loose.Terms = append(loose.Terms, Term{Words: []string{w}, Exact: text.IsUnspaced(r), Prefix: t.Prefix && i == len(t.Words)-1})
		}
	}
	loose.Terms = loose.Terms[:min(len(loose.Terms), maxTerms)]
	return loose, phrases
}

type parser struct {
	rest  string
	query Query
}

// next reads one quotation or one run of other characters, and tells whether
// there was any.
func (p *parser) next() bool {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		return false
	}
	not := false
	if c, size := utf8.DecodeRuneInString(p.rest); isMinus(c) {
		not, p.rest = true, p.rest[size:]
	}
	if c, size := utf8.DecodeRuneInString(p.rest); isQuote(c) {
		p.rest = p.rest[size:]
		p.phrase(p.until(isQuote), not)
		return true
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if end < 0 {
		end = len(p.rest)
	}
	run := p.rest[:end]
	p.rest = p.rest[end:]
	if not {
		p.phrase(run, true)
	} else {
		p.words(run)
	}
	return true
}

// until takes what stands before the next character of a kind, and drops that
// character.
func (p *parser) until(is func(rune) bool) string {
	end := strings.IndexFunc(p.rest, is)
	if end < 0 {
		end = len(p.rest)
	}
	before := p.rest[:end]
	_, size := utf8.DecodeRuneInString(p.rest[end:])
	p.rest = p.rest[end+size:]
	return before
}

// phrase adds words that stand one after the other. A single word that is
// excluded goes with its other endings, as it would be found.
func (p *parser) phrase(s string, not bool) {
	words := wordsOf(s)
	if len(words) == 0 {
		return
	}
	words = words[:min(len(words), maxTerms)]
	p.add(Term{Words: words, Exact: !not || len(words) > 1, Prefix: isPrefix(s), Not: not})
}

// words adds each word of s for itself, but keeps the pairs of letters of a
// script without blanks together: they are one run.
func (p *parser) words(s string) {
	words, unspaced := wordsOf(s), false
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if text.IsUnspaced(r) {
			if unspaced {
				p.lengthen(w)
			} else if !p.add(Term{Words: []string{w}, Exact: true}) {
				return
			}
			unspaced = true
			continue
		}
		unspaced = false
		p.add(Term{Words: []string{w}, Prefix: i == len(words)-1 && isPrefix(s)})
	}
}

// add takes a term into the query. A single letter of a script without blanks
// stands in the index only as the first of a pair. It tells whether there was
// room.
func (p *parser) add(t Term) bool {
	if len(p.query.Terms) >= maxTerms {
		return false
	}
	if r, size := utf8.DecodeRuneInString(t.Words[0]); len(t.Words) == 1 && size == len(t.Words[0]) && text.IsUnspaced(r) {
		t.Prefix = true
	}
	p.query.Terms = append(p.query.Terms, t)
	return true
}

// lengthen adds a word to the last term, if there is room.
func (p *parser) lengthen(word string) {
	if t := &p.query.Terms[len(p.query.Terms)-1]; len(t.Words) < maxTerms {
		t.Words = append(t.Words, word)
	}
}

func wordsOf(s string) []string {
	spans := index.Words(s)
	all := make([]string, len(spans))
	for i, span := range spans {
		all[i] = span.Of(s)
	}
	return all
}

func isPrefix(s string) bool {
	return strings.HasSuffix(strings.TrimRightFunc(s, unicode.IsSpace), "*")
}

// isQuote knows the quotation marks of the languages of Europe and Asia. An
// apostrophe is not one of them: it stands within words.
func isQuote(r rune) bool {
	return strings.ContainsRune("\"“”„‟«»＂「」『』", r)
}

func isMinus(r rune) bool { return r == '-' || r == '−' }
