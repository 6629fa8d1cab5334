package related

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nutgraph/internal/content"
)

// maxReasons is how many reasons an edge carries at most.
const maxReasons = 5

// recent is how many days apart articles may be for nearness to be a reason.
const recent = 60

// reasons says why the own article and q belong together. The weight of a
// reason is its share of the score by Shapley's rule ("A value for n-person
// games", 1953): time and section get half of what the score would lose
// without them, as they would be worth nothing without the texts, and the
// rest comes from the shared terms, in proportion to their parts of the
// cosine.
func (r *ranker) reasons(q *Profile) []content.Reason {
	f := r.features(q, r.locate(q))
	score := f.score()
	share := func(which ...int) float64 { return max(0, 1-without(f, which...).score()/score) / 2 }
	near, section := share(nearDays, nearWeeks), share(sameSection)
	reasons := r.words(q)
	for i := range reasons {
		reasons[i].Weight *= (1 - near - section) / f[cosineAll]
	}
	if section > 0 {
		reasons = append(reasons, content.Reason{Kind: content.SameSection, Value: q.Section, Weight: section})
	}
	if days := daysBetween(r.own, q); near > 0 && days <= recent {
		reasons = append(reasons, inTime(f, days, near))
	}
	slices.SortStableFunc(reasons, func(a, b content.Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return slices.Clip(reasons[:min(len(reasons), maxReasons)])
}

func without(f features, which ...int) *features {
	for _, i := range which {
		f[i] = 0
	}
	return &f
}

// inTime is the reason of nearness in time; its value is the whole days
// between the two. Articles that are near and share a good part of their
// words tell the same story.
func inTime(f features, days, weight float64) content.Reason {
	const sameStory, fortnight = 0.35, 14
	kind := content.Recency
	if f[cosineAll] >= sameStory && days <= fortnight {
		kind = content.SameStory
	}
	return content.Reason{Kind: kind, Value: strconv.Itoa(int(days)), Weight: weight}
}

// words returns the shared terms as reasons, each with its part of the
// cosine. A term that is part of a longer shared one speaks through that.
func (r *ranker) words(q *Profile) []content.Reason {
	var reasons []content.Reason
	for _, s := range r.shared {
		both := r.own.terms[s.i].marks & q.terms[s.j].marks
		if both.has(isNumber) {
			continue
		}
		kind := content.SharedTerm
		switch {
		case both.has(isTag):
			kind = content.SharedTag
		case both.has(isName):
			kind = content.SharedName
		}
		value := plainer(r.own.word(s.i), q.word(s.j))
		reasons = append(reasons, content.Reason{Kind: kind, Value: value, Weight: s.weight})
	}
	slices.SortFunc(reasons, longestFirst)
	return merged(reasons)
}

func longestFirst(a, b content.Reason) int {
	return cmp.Or(
		cmp.Compare(strings.Count(b.Value, " "), strings.Count(a.Value, " ")),
		cmp.Compare(b.Weight, a.Weight),
		cmp.Compare(a.Value, b.Value),
	)
}

// plainer chooses between two ways of writing a term, the same whichever way
// round they come: the shorter one.
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
			if s.Kind != content.SharedTag && kept[i].Kind != content.SharedTag && within(s.Value, kept[i].Value) {
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
