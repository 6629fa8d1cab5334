package summary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fit returns sentence i as a piece that fits the budget: whole, or with words
// left out. Words go only to make a sentence fit that does not.
func (d *document) fit(i int, b budget, t *tally) (piece, bool) {
	s := &d.sentences[i]
	if s.flaws&(fragment|question|furniture|halfQuote) != 0 || s.flaws&exclaimed != 0 && !b.loose {
		return piece{}, false
	}
	p := d.whole(i)
	if p.flaws&dangling != 0 {
		if rest := d.trims.stripLead(p.text); rest != "" {
			if q := d.reduced(i, rest); q.flaws&dangling == 0 {
				p = q
			}
		}
	}
	if b.alone && p.flaws&dangling != 0 || p.size < b.shortest {
		return piece{}, false
	}
	if p.size > b.longest {
		return d.shorten(p, b, t)
	}
	return p, true
}

// shorten leaves out what may be left out until the piece fits, in the way
// that keeps the highest value.
func (d *document) shorten(p piece, b budget, t *tally) (best piece, ok bool) {
	const tries = 24
	if p.size > 3*b.longest {
		return best, false // no sentence, or one that nothing can be made of
	}
	top := 0.0
	seen := map[string]bool{p.text: true}
	queue := []string{p.text}
	for len(queue) > 0 && len(seen) < tries {
		body := queue[0]
		queue = queue[1:]
		for _, c := range d.cutsOf(body) {
			rest := c.from(body)
			if seen[rest] {
				continue
			}
			seen[rest] = true
			q := d.reduced(p.sentence, rest)
			if q.size < b.shortest {
				continue
			}
			queue = append(queue, rest)
			if v := t.alone(&q); q.size <= b.longest && v > top {
				top, best, ok = v, q, true
			}
		}
	}
	return best, ok
}

// cutsOf finds the cuts of a text once for all the lengths that it is too long for.
func (d *document) cutsOf(body string) []cut {
	cuts, known := d.cuts[body]
	if !known {
		cuts = d.trims.cuts(body)
		d.cuts[body] = cuts
	}
	return cuts
}

// stripLead returns body without a connective at its start ("However, "), ""
// when there is none or what follows would begin in lower case.
func (t *trims) stripLead(body string) string {
	if t == nil {
		return ""
	}
	n := t.lead.match(strings.ReplaceAll(strings.ToLower(body), "'", " "))
	if n == 0 || n >= len(body) {
		return ""
	}
	rest := strings.TrimLeft(body[n:], ", ")
	r, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) {
		return ""
	}
	return rest
}

// cut is a part of a sentence that may be left out.
type cut struct{ start, end int }

// from returns body without the part, nor the blank that French sets before a
// semicolon.
func (c cut) from(body string) string {
	head, tail := body[:c.start], body[c.end:]
	if !strings.HasPrefix(tail, " ") {
		head = strings.TrimRightFunc(head, unicode.IsSpace)
	}
	return head + tail
}

// cuts finds the parts that may be left out with the sentence still whole:
// brackets, insertions between dashes, clauses between commas, clauses at the
// end. What says who said something stays, so that no claim of a source
// becomes one of the paper's.
func (t *trims) cuts(body string) []cut {
	out := insertions(body, nil)
	if t != nil {
		out = t.clauses(body, out)
	}
	kept := out[:0]
	for _, c := range out {
		if balanced(body[c.start:c.end]) && !insideQuote(body[:c.start]) {
			kept = append(kept, c)
		}
	}
	return kept
}

// insertions finds what stands in brackets or between dashes.
func insertions(body string, out []cut) []cut {
	for _, marks := range [][2]string{{" (", ")"}, {" – ", " – "}, {" — ", " — "}, {" -- ", " -- "}, {" - ", " - "}} {
		for from := 0; ; {
			start := strings.Index(body[from:], marks[0])
			if start < 0 {
				break
			}
			start += from
			length := strings.Index(body[start+len(marks[0]):], marks[1])
			if length < 0 {
				break
			}
			end := start + len(marks[0]) + length + len(marks[1])
			from = end
			if marks[1] != ")" {
				end-- // keep one blank
			}
			if end < len(body) && start > 0 {
				out = append(out, cut{start, end})
			}
		}
	}
	return out
}

// clauses finds what stands between commas, or behind the last one.
func (t *trims) clauses(body string, out []cut) []cut {
	end := strings.TrimRight(body, ".!…")
	lower := strings.ReplaceAll(strings.ToLower(body), "'", " ")
	if len(lower) != len(body) {
		return out
	}
	commas := commasOf(body)
	for k, start := range commas {
		rest := lower[start+2:]
		if k+1 < len(commas) {
			if c, ok := t.between(body, lower, commas, k); ok {
				out = append(out, c)
			}
		}
		last := k+1 == len(commas)
		if !t.stands(lower[:start]) {
			continue
		}
		if t.titled(body, lower, commas[k:]) || t.joined(lower, commas[k:]) {
			out = append(out, cut{start, t.untilSource(lower, commas[k:], len(end))})
		}
		if t.attribution.match(rest) > 0 && (last || t.isWhole(lower[:start])) && !strings.ContainsAny(body[:start], "\"“«") || last && !strings.Contains(body[:start], ":") && t.trails(lower[:start], rest) || !last && t.ends(lower, commas[k:]) {
			out = append(out, cut{start, len(end)})
		}
	}
	// More than one semicolon is a list, and so may be what follows a colon.
	if i := strings.Index(end, "; "); i > 0 && strings.Count(end, ";") == 1 && !strings.Contains(end[:i], ":") {
		out = append(out, cut{i, len(end)})
	}
	out = t.datesIn(lower, out)
	if len(commas) > 0 && t.fronted(body, lower, commas[0]) {
		out = append(out, cut{0, commas[0] + len(", ")})
	}
	if c, ok := t.explained(body, lower, len(end)); ok {
		out = append(out, c)
	}
	return out
}

// stands tells whether head is more than a clause that opens a sentence: "While
// the sea rose" is not, "While the sea rose, the town was shut" is.
func (t *trims) stands(head string) bool {
	if t.clause.match(head) == 0 {
		return true
	}
	_, main, _ := strings.Cut(head, ", ")
	return t.hasMainVerb(main)
}

// fronted tells whether what stands before the first comma is a circumstance of a
// sentence that begins behind it, with a name: "After the storm, Maud Oakes left".
func (t *trims) fronted(body, lower string, comma int) bool {
	main := body[comma+len(", "):]
	r, _ := utf8.DecodeRuneInString(main)
	return unicode.IsUpper(r) && t.front.match(lower) > 0 && t.hasMainVerb(lower[comma+len(", "):])
}

// explained returns what explains a whole sentence at its end, behind a colon or
// a dash: "It was one contract: the Tide Table, ninety-six pages."
func (t *trims) explained(body, lower string, end int) (cut, bool) {
	for _, mark := range []string{": ", " – ", " — ", " - "} {
		i := strings.Index(body[:end], mark)
		if i < 0 || strings.Count(body, strings.TrimSpace(mark)+" ") > 1 {
			continue
		}
		head := strings.TrimRightFunc(lower[:i], unicode.IsSpace)
		if strings.ContainsAny(body, "\"“”«»„‘") || !t.isWhole(head) || t.announces(head) {
			continue
		}
		return cut{len(head), end}, true
	}
	return cut{}, false
}

// announces tells whether the last words of head ask for what follows: "He
// said:", "the following:".
func (t *trims) announces(head string) bool {
	const looked = 3
	for range looked {
		at := strings.LastIndexByte(head, ' ')
		last := head[at+1:]
		if t.source.match(last) > 0 || t.verb.match(last) > 0 || t.announcement.match(last) > 0 {
			return true
		}
		if at < 0 {
			break
		}
		head = head[:at]
	}
	return false
}

// between returns the insertion between comma k and the next, with the commas.
// If an age stands before it, the second comma is the age's, too.
func (t *trims) between(body, lower string, commas []int, k int) (cut, bool) {
	start, next := commas[k], commas[k+1]
	c := cut{start, next + 1}
	if isAge(lower[start+2 : next]) {
		return c, endsInName(body[:start])
	}
	if k > 0 {
		before := lower[commas[k-1]+2 : start]
		switch {
		case isAge(before):
			c.end = next
		case t.inner.match(before) > 0 || t.apposition.match(before) > 0:
			return c, false // an insertion, too, or the subject
		}
	}
	if t.source.match(lower[next+2:]) > 0 && t.hasVerb(lower[:start]) {
		return c, false // "The quay is shut, the only one, said the owners"
	}
	added := lower[start+len(", ") : next]
	switch {
	case t.inner.match(added) > 0:
	case !t.adds(added):
		return c, false
	case t.apposition.match(added) > 0:
	case k > 0 || !t.isSubject(lower[:start]) || t.names(lower[next+len(", "):]):
		return c, false
	}
	return c, t.closes(lower, commas[k+1:])
}

// closes tells whether an insertion ends at the first of the commas. Only a verb
// behind it shows that it ends there and is no list, and that the verb is not one
// of several of the clause.
func (t *trims) closes(lower string, commas []int) bool {
	for i, comma := range commas {
		rest := lower[comma+2:]
		n := t.verb.match(rest)
		if verb := n > 0 && !strings.HasPrefix(rest[n:], "-"); verb != (i == 0) { // a-t-elle dit
			return false
		}
	}
	return true
}

// endsInName tells whether the last word has a capital.
func endsInName(before string) bool {
	r, _ := utf8.DecodeRuneInString(before[strings.LastIndexByte(before, ' ')+1:])
	return unicode.IsUpper(r)
}

// trails tells whether a clause that can be done without begins after the last
// comma. Head is what stands before it.
func (t *trims) trails(head, rest string) bool {
	if strings.ContainsAny(rest, "\"“”«»") {
		return false
	}
	if t.tail.match(rest) > 0 {
		return true
	}
	if t.phrase.match(rest) > 0 {
		if t.lists(rest) {
			return false
		}
		return !t.hasVerb(rest) || t.isWhole(head) && !t.hasVerb(t.beforeRelative(rest))
	}
	if t.source.match(rest) > 0 {
		return false // "according to Maud Oakes"
	}
	word := rest[:wordEnd(rest)]
	const shortest = 4 // words of a participle's clause; fewer are a list
	return hasEnding(word, t.suffix) ||
		hasEnding(word, t.participle) && strings.Count(rest, " ") >= shortest-1 && t.isWhole(head) && !t.hasVerb(t.beforeRelative(rest))
}

// hasEnding tells whether word is one of the endings, or has it and a stem.
func hasEnding(word string, endings []string) bool {
	const stem = 3 // bytes
	return slices.ContainsFunc(endings, func(e string) bool {
		return word == e || len(word) >= len(e)+stem && strings.HasSuffix(word, e)
	})
}

// ends tells whether all from the first of the commas on is a clause that can
// be done without: it begins as one, a whole sentence stands before it, and
// neither a verb of that sentence nor the source of what it says comes behind.
func (t *trims) ends(lower string, commas []int) bool {
	rest := lower[commas[0]+2:]
	if t.tail.match(rest) == 0 || t.inner.match(rest) > 0 || strings.ContainsAny(rest, "\"“”«»:;") || !t.isWhole(lower[:commas[0]]) {
		return false
	}
	for _, comma := range commas[1:] {
		if t.verb.match(lower[comma+2:]) > 0 || t.attribution.match(lower[comma+2:]) > 0 || t.source.match(lower[comma+2:]) > 0 {
			return false
		}
	}
	return true
}

// isWhole tells whether head can stand alone: it has a verb, does not end with
// one, and does not begin as a clause or phrase that leans on what follows.
func (t *trims) isWhole(head string) bool {
	if t.tail.match(head) > 0 || t.inner.match(head) > 0 || t.lead.match(head) > 0 || t.source.match(head) > 0 {
		return false
	}
	if at := strings.LastIndex(head, ", "); at >= 0 {
		last := head[at+2:]
		if t.tail.match(last) > 0 || t.inner.match(last) > 0 {
			return false // whose verb may come behind
		}
	}
	return t.hasMainVerb(head) && t.verb.match(head[strings.LastIndexByte(head, ' ')+1:]) == 0
}

// hasMainVerb tells whether one of the parts of head between commas has a verb
// and is no clause that leans on another.
func (t *trims) hasMainVerb(head string) bool {
	for part := range strings.SplitSeq(head, ", ") {
		if t.tail.match(part) == 0 && t.inner.match(part) == 0 && t.hasVerb(t.beforeRelative(part)) {
			return true
		}
	}
	return false
}

// beforeRelative is what stands before the first relative pronoun or
// conjunction of a phrase.
func (t *trims) beforeRelative(rest string) string {
	for i := wordEnd(rest); i < len(rest); {
		if t.inner.match(rest[i:]) > 0 || t.tail.match(rest[i:]) > 0 {
			return rest[:i]
		}
		_, size := utf8.DecodeRuneInString(rest[i:])
		i += size
		i += wordEnd(rest[i:])
		for i < len(rest) && rest[i] == ' ' {
			i++
		}
	}
	return rest
}

// hasVerb tells whether one of the listed verbs is in a phrase, which then is a
// clause and perhaps the main one.
func (t *trims) hasVerb(rest string) bool {
	for i := 0; i < len(rest); {
		n := wordEnd(rest[i:])
		if n > 0 && t.verb.match(rest[i:]) > 0 {
			return true
		}
		_, size := utf8.DecodeRuneInString(rest[i+n:])
		i += n + size
	}
	return false
}

// commasOf returns where commas followed by a blank stand, outside brackets.
func commasOf(body string) []int {
	var out []int
	depth := 0
	for i := range len(body) - 1 {
		switch body[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 && body[i+1] == ' ' {
				out = append(out, i)
			}
		}
	}
	return out
}

func isAge(s string) bool {
	return len(s) > 0 && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

// insideQuote tells whether a quotation is open behind before: what someone
// said is left as it was said.
func insideQuote(before string) bool {
	return strings.Count(before, "\"")%2 != 0 || strings.Count(before, "“") != strings.Count(before, "”") ||
		strings.Count(before, "«") != strings.Count(before, "»") || strings.Count(before, " '") > 0
}

// balanced tells whether no quotation or bracket is torn apart by taking s out.
func balanced(s string) bool {
	return strings.Count(s, "\"")%2 == 0 && strings.Count(s, "(") == strings.Count(s, ")") &&
		strings.Count(s, "“") == strings.Count(s, "”") && strings.Count(s, "«") == strings.Count(s, "»") &&
		strings.Count(s, "‘") == 0 && !strings.ContainsAny(s, "„「」`") && strings.Count(s, " '") == 0
}
