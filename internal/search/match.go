package search

import (
	"slices"
	"strings"

	"nutgraph/internal/index"
	"nutgraph/internal/text"
)

// matcher finds the terms of a query in texts of one language.
type matcher struct {
	terms []sought
	stem  func(string) string // nil when the language has none
	known map[string]form     // words met before
}

// sought is a term in the forms in which texts are compared with it.
type sought struct {
	Term
	words []form
}

// form is a word in the two ways in which the index knows it.
type form struct{ folded, stem string }

func (q Query) matcher(language string) *matcher {
	m := &matcher{stem: text.Stemmer(language), known: map[string]form{}}
	for _, t := range q.Terms {
		if t.Not {
			continue
		}
		s := sought{Term: t}
		for _, w := range t.Words {
			s.words = append(s.words, m.form(w))
		}
		m.terms = append(m.terms, s)
	}
	return m
}

// form returns the forms of a word in lower case.
func (m *matcher) form(word string) form {
	f, met := m.known[word]
	if met {
		return f
	}
	f.folded = text.Fold(word)
	if m.stem != nil {
		f.stem = text.Fold(m.stem(word))
	}
	m.known[word] = f
	return f
}

// match is a place where a term stands.
type match struct {
	text.Span
	term int
}

// matches finds the places in s where terms stand, in their order.
func (m *matcher) matches(s string) []match {
	spans := index.Words(s)
	forms := make([]form, len(spans))
	for i, span := range spans {
		forms[i] = m.form(strings.ToLower(span.Of(s)))
	}
	var found []match
	for i := range spans {
		for n := range m.terms {
			t := &m.terms[n]
			if t.standsAt(forms[i:]) {
				found = append(found, match{text.Span{Start: spans[i].Start, End: spans[i+len(t.words)-1].End}, n})
			}
		}
	}
	return found
}

// standsAt tells whether a text begins with the term.
func (t *sought) standsAt(forms []form) bool {
	if len(forms) < len(t.words) {
		return false
	}
	last := len(t.words) - 1
	for i, w := range t.words {
		if !t.holds(w, forms[i], i == last) {
			return false
		}
	}
	return true
}

func (t *sought) holds(want, got form, last bool) bool {
	switch {
	case want.folded == got.folded:
		return true
	case last && t.Prefix:
		return strings.HasPrefix(got.folded, want.folded)
	default:
		return !t.Exact && want.stem != "" && want.stem == got.stem
	}
}

// merged are the spans of matches without those that overlap.
func merged(matches []match) []text.Span {
	var spans []text.Span
	for _, m := range matches {
		if last := len(spans) - 1; last >= 0 && m.Start < spans[last].End {
			spans[last].End = max(spans[last].End, m.End)
			continue
		}
		spans = append(spans, m.Span)
	}
	return slices.Clip(spans)
}
