package search

import (
	"html"
	"strings"

	"nutgraph/internal/text"
)

// passageSize is about how many bytes of a body a search result shows.
const passageSize = 240

// Highlight is where the terms of a query stand in an article: HTML in which
// they are in mark elements, and all else is escaped.
type Highlight struct {
	Title string
	Body  string // a passage
}

// Highlight marks the terms in a title and in the passage of a body that holds
// most of them; the beginning of the body when they stand elsewhere.
func (q Query) Highlight(title, body, language string) Highlight {
	m := q.matcher(language)
	found := m.matches(body)
	around := passage(body, found)
	var inside []match
	for _, f := range found {
		if f.Start >= around.Start && f.End <= around.End {
			inside = append(inside, f)
		}
	}
	h := Highlight{Title: mark(title, text.Span{End: len(title)}, m.matches(title)), Body: mark(body, around, inside)}
	if around.Start > 0 {
		h.Body = "… " + h.Body
	}
	if around.End < len(body) {
		h.Body += " …"
	}
	return h
}

// mark writes a part of s as HTML with the matches, which lie in it, marked.
func mark(s string, part text.Span, matches []match) string {
	var b strings.Builder
	last := part.Start
	for _, span := range merged(matches) {
		b.WriteString(html.EscapeString(s[last:span.Start]))
		b.WriteString("<mark>" + html.EscapeString(span.Of(s)) + "</mark>")
		last = span.End
	}
	b.WriteString(html.EscapeString(s[last:part.End]))
	return b.String()
}

// passage is a part of s of about passageSize bytes, cut between words, that
// holds as many different terms as possible, and of these the first.
func passage(s string, found []match) text.Span {
	if len(s) <= passageSize {
		return text.Span{End: len(s)}
	}
	start := 0
	if len(found) > 0 {
		start = max(0, found[richest(found)].Start-passageSize/4)
	}
	part := text.Span{Start: wordStart(s, start), End: wordStart(s, min(len(s), start+passageSize))}
	trimmed := strings.TrimRight(part.Of(s), " \n")
	part.End = part.Start + len(trimmed)
	return part
}

// richest is the match from which on most terms stand close together.
func richest(found []match) int {
	best, most, end := 0, 0, 0
	near := map[int]int{} // how often each term stands in found[i:end]
	for i, first := range found {
		for ; end < len(found) && found[end].End <= first.Start+passageSize*3/4; end++ {
			near[found[end].term]++
		}
		if len(near) > most {
			best, most = i, len(near)
		}
		if end == i { // the term alone is longer
			end++
		} else if near[first.term]--; near[first.term] == 0 {
			delete(near, first.term)
		}
	}
	return best
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
