package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Additions are what a sentence can do without because it only adds: who somebody
// is, and a second sentence behind an "and". They are told from lists of articles and
// conjunctions, which English and French have.

// isSubject tells whether head, which opens a sentence, can be what it is about and
// nothing else: it has no verb, and begins with an article or with a name.
func (t *trims) isSubject(head string) bool {
	if t.determiner == nil || strings.ContainsAny(head, "\"“”«»„‘:;") || t.hasVerb(head) {
		return false
	}
	first := head[:wordEnd(head)]
	if t.determiner.match(head) > 0 {
		return true
	}
	for _, other := range []phrases{t.phrase, t.front, t.tail, t.dates.day} {
		if other.match(head) > 0 {
			return false
		}
	}
	return first != "" && !t.stop[first] && !hasEnding(first, t.suffix) && !hasEnding(first, t.participle)
}

// adds tells whether what stands between two commas behind a subject only adds to
// it: it is no sentence, names no source and takes nothing back.
func (t *trims) adds(added string) bool {
	return !t.hasVerb(t.beforeRelative(added)) && t.limit.match(added) == 0 && t.source.match(added) == 0
}

// names tells whether rest, behind what a sentence says, only names the source of it:
// "said the owners", and not "said the owners had left".
func (t *trims) names(rest string) bool {
	n := t.source.match(rest)
	return n > 0 && !t.hasVerb(t.beforeRelative(rest[n:])) && !strings.HasPrefix(rest[n:], ":")
}

// titled tells whether what stands behind the first of the commas says who or what
// the one is that was named before it: "said Maud Oakes, harbour master of Ebb".
func (t *trims) titled(body, lower string, commas []int) bool {
	head, rest := lower[:commas[0]], lower[commas[0]+len(", "):]
	r, _ := utf8.DecodeRuneInString(body[len(lower)-len(rest):])
	if !unicode.IsLower(r) || !endsInName(body[:commas[0]]) || t.determiner == nil {
		return false
	}
	if t.lists(rest) || t.limit.match(rest) > 0 || t.determiner.match(rest) == 0 && t.stop[rest[:wordEnd(rest)]] {
		return false
	}
	if at := strings.LastIndex(head, ", "); at >= 0 && t.source.match(head[at+len(", "):]) == 0 {
		return false // perhaps a list, or an insertion
	}
	for _, comma := range commas[1:] {
		if behind := lower[comma+len(", "):]; t.determiner.match(behind) == 0 && t.stop[behind[:wordEnd(behind)]] && !t.names(behind) {
			return false // the sentence goes on
		}
	}
	return !t.hasVerb(t.beforeRelative(rest)) && !strings.ContainsAny(rest, "\"“”«»:;") && t.source.match(rest) == 0 && t.begins(head)
}

// lists tells whether a phrase is the rest of a list: "the Alps and the sea", "to
// Rome and to Malta".
func (t *trims) lists(rest string) bool {
	first := rest[:wordEnd(rest)]
	for and := range t.coordination {
		if t.determiner.match(rest) > 0 && strings.Contains(rest, " "+and+" ") || strings.Contains(rest, " "+and+" "+first+" ") {
			return true
		}
	}
	return false
}

// joined tells whether a second sentence begins at the first of the commas, which an
// "and" joins to a whole one.
func (t *trims) joined(lower string, commas []int) bool {
	rest := lower[commas[0]+len(", "):]
	n := t.coordination.match(rest)
	if n == 0 || n+1 >= len(rest) || strings.ContainsAny(rest, "\"“”«»:;") {
		return false
	}
	second := rest[n+1:]
	if t.inner.match(second) > 0 || t.tail.match(second) > 0 || t.conjunction.match(second) > 0 || hasEnding(second[:wordEnd(second)], t.suffix) {
		return false
	}
	return t.hasVerb(t.beforeRelative(second)) && t.begins(lower[:commas[0]])
}

// begins tells whether head is a whole sentence whose verb is not in a clause of it:
// it stands in the first part, or behind the circumstance that opens the sentence.
func (t *trims) begins(head string) bool {
	if strings.Contains(head, ":") || !t.isWhole(head) {
		return false
	}
	first, rest, _ := strings.Cut(head, ", ")
	if t.hasVerb(t.beforeRelative(first)) && t.clause.match(first) == 0 {
		return true
	}
	if t.determiner.match(first) > 0 || !t.stop[first[:wordEnd(first)]] {
		return false
	}
	second, _, _ := strings.Cut(rest, ", ")
	return t.hasVerb(t.beforeRelative(second))
}

// untilSource returns where what may go behind the first of the commas ends: where a
// source of the whole sentence is named, or the sentence ends.
func (t *trims) untilSource(lower string, commas []int, end int) int {
	for _, comma := range commas[1:] {
		if behind := lower[comma+len(", "):]; t.attribution.match(behind) > 0 || t.names(behind) {
			return comma
		}
	}
	return end
}
