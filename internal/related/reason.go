package related

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nutgraph/internal/content"
)

// maxReasons is how many reasons an edge carries at most.
const maxReasons = 5

// reasons says why p and q belong together: the terms that most of the score
// came from, what the editors said of both, and nearness in time. The weight
// of a reason is its share of the score.
func (r *ranker) reasons(q *Profile) []content.Reason {
	p := r.own.profile
	r.other.weigh(q, r.rarity)
	var cosine float64
	cosine, r.shared = r.own.common(&r.other, r.shared[:0])
	if cosine == 0 {
		return nil
	}
	var reasons []content.Reason
	timeShare := 1 - timeless/recency(p, q)
	for _, w := range r.words(q) {
		w.Weight *= (1 - timeShare) / cosine
		reasons = append(reasons, w)
	}
	reasons = append(reasons, agreed(p, q)...)
	if timeShare > 0 {
		days := p.PublishedAt.Sub(q.PublishedAt).Abs() / (24 * time.Hour)
		reasons = append(reasons, content.Reason{Kind: content.Recency, Value: strconv.Itoa(int(days)), Weight: timeShare})
	}
	slices.SortStableFunc(reasons, func(a, b content.Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return reasons[:min(len(reasons), maxReasons)]
}

// words returns the shared terms as reasons, strongest first, each with its
// part of the cosine. A term that is part of a longer shared one speaks
// through that.
func (r *ranker) words(q *Profile) []content.Reason {
	p := r.own.profile
	var reasons []content.Reason
	for _, s := range r.shared {
		if p.terms[s.i].marks.has(isNumber) {
			continue
		}
		kind := content.SharedTerm
		if p.terms[s.i].marks.has(isName) && q.terms[s.j].marks.has(isName) {
			kind = content.SharedName
		}
		reasons = append(reasons, content.Reason{Kind: kind, Value: plainer(p.word(s.i), q.word(s.j)), Weight: s.weight})
	}
	longestFirst := func(a, b content.Reason) int {
		return cmp.Or(cmp.Compare(strings.Count(b.Value, " "), strings.Count(a.Value, " ")), cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Value, b.Value))
	}
	slices.SortFunc(reasons, longestFirst)
	return slices.Clip(merged(reasons))
}

// plainer chooses between two ways of writing a term, the same whichever way
// round they come.
func plainer(a, b string) string {
	if cmp.Or(cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)), cmp.Compare(a, b)) <= 0 {
		return a
	}
	return b
}

// merged adds the weight of every reason that is part of an earlier one to it.
func merged(reasons []content.Reason) []content.Reason {
	kept := reasons[:0]
next:
	for _, s := range reasons {
		for i := range kept {
			if within(s.Value, kept[i].Value) {
				kept[i].Weight += s.Weight
				continue next
			}
		}
		kept = append(kept, s)
	}
	return kept
}

// within tells whether the words of part stand in whole, case aside.
func within(part, whole string) bool {
	return len(part) < len(whole) &&
		strings.Contains(" "+strings.ToLower(whole)+" ", " "+strings.ToLower(part)+" ")
}

// agreed returns what editors said of both articles.
func agreed(p, q *Profile) []content.Reason {
	const weight = 0.1
	var reasons []content.Reason
	for _, tag := range both(p.Tags, q.Tags) {
		reasons = append(reasons, content.Reason{Kind: content.SharedTag, Value: tag, Weight: weight})
	}
	for _, author := range both(p.Authors, q.Authors) {
		reasons = append(reasons, content.Reason{Kind: content.SameAuthor, Value: author, Weight: weight / 2})
	}
	if p.Section != "" && p.Section == q.Section {
		reasons = append(reasons, content.Reason{Kind: content.SameSection, Value: p.Section, Weight: weight / 2})
	}
	return reasons
}

// both returns what is in a and in b, sorted.
func both(a, b []string) []string {
	var common []string
	for _, s := range a {
		if slices.Contains(b, s) && !slices.Contains(common, s) {
			common = append(common, s)
		}
	}
	slices.Sort(common)
	return common
}
