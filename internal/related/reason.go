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
// games", 1953): time, section, author and tags get half of what the score
// would lose without them, as they would be worth nothing without the texts,
// and the rest comes from the shared terms, in proportion to their parts of the
// cosine.
func (r *ranker) reasons(m match) []content.Reason {
	q := m.profile
	e := r.compare(q, m.place)
	score := e.score()
	share := func(less evidence) float64 { return max(0, 1-less.score()/score) / 2 }
	var section, author, tags float64
	near := share(e.without(nearDays, nearWeeks))
	if e.features[sameSection] > 0 {
		section = share(e.without(sameSection))
	}
	if less := e; e.author != "" {
		less.author = ""
		author = share(less)
	}
	if less := e; e.tags > 0 {
		less.tags = 0
		tags = share(less)
	}
	reasons := r.words(q, (1-near-section-author-tags)/e.features[cosineAll], tags/max(e.tags, tiny))
	if section > 0 {
		reasons = append(reasons, content.Reason{Kind: content.SameSection, Value: q.Section, Weight: section})
	}
	if author > 0 {
		reasons = append(reasons, content.Reason{Kind: content.SameAuthor, Value: e.author, Weight: author})
	}
	if days := daysBetween(r.own, q); near > 0 && days <= recent {
		reasons = append(reasons, inTime(e.features, days, near))
	}
	slices.SortStableFunc(reasons, func(a, b content.Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return slices.Clip(reasons[:min(len(reasons), maxReasons)])
}

// without is the evidence with some features missing.
func (e evidence) without(which ...int) evidence {
	for _, i := range which {
		e.features[i] = 0
	}
	return e
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

// youngArchive is how many articles of a language it takes for frequencies to
// tell words that say something from others.
const youngArchive = 50

// words returns the shared terms as reasons. A term weighs its part of the
// cosine times perCosine, and a tag its standing times perTag besides. A term
// that is part of a longer shared one speaks through that. In a young archive
// plain words are named only if they stand in a title or a lead, or nothing else
// is shared.
func (r *ranker) words(q *Profile, perCosine, perTag float64) []content.Reason {
	young := r.rarity.statistics.Articles(r.own.Language) < youngArchive
	named, weak := make([]phrased, 0, len(r.shared)), []phrased(nil)
	for _, s := range r.shared {
		mine, theirs := r.own.terms[s.i].marks, q.terms[s.j].marks
		both := mine & theirs
		if both.has(isNumber) {
			continue
		}
		reason := content.Reason{Kind: content.SharedTerm, Value: plainer(r.own.word(s.i), q.word(s.j)), Weight: s.weight * perCosine}
		switch {
		case both.has(isTag):
			reason.Kind = content.SharedTag
			reason.Weight += perTag * r.standing(s.i, both)
		case both.has(isName):
			reason.Kind = content.SharedName
		case young && !both.has(isPhrase) && !(mine | theirs).has(inTitle|inLead):
			weak = append(weak, phrased{reason, strings.Count(reason.Value, " ")})
			continue
		}
		named = append(named, phrased{reason, strings.Count(reason.Value, " ")})
	}
	if len(named) == 0 {
		named = weak
	}
	slices.SortFunc(named, longestFirst)
	return merged(named)
}

// phrased is a reason with the number of blanks in it.
type phrased struct {
	content.Reason
	blanks int
}

func longestFirst(a, b phrased) int {
	if c := cmp.Compare(b.blanks, a.blanks); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Weight, a.Weight); c != 0 {
		return c
	}
	return cmp.Compare(a.Value, b.Value)
}

// plainer chooses between two ways of writing a term, the same whichever way
// round they come: the shorter one.
func plainer(a, b string) string {
	if a == b {
		return a
	}
	if cmp.Or(cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b)), cmp.Compare(a, b)) <= 0 {
		return a
	}
	return b
}

// merged adds the weight of every reason that is part of an earlier one to it.
func merged(reasons []phrased) []content.Reason {
	kept := slices.Grow([]content.Reason(nil), len(reasons))
	phrases := 0 // the first of kept: nothing is a part of the others
next:
	for _, s := range reasons {
		for i := range kept[:phrases] {
			if s.Kind != content.SharedTag && kept[i].Kind != content.SharedTag && within(s.Value, kept[i].Value) {
				kept[i].Weight += s.Weight
				continue next
			}
		}
		if kept = append(kept, s.Reason); s.blanks > 0 {
			phrases = len(kept)
		}
	}
	return kept
}

// within tells whether the words of part stand in whole, case aside.
func within(part, whole string) bool {
	if len(part) >= len(whole) {
		return false
	}
	for end := len(part); end <= len(whole); end++ {
		start := end - len(part)
		begins, ends := start == 0 || whole[start-1] == ' ', end == len(whole) || whole[end] == ' '
		if begins && ends && strings.EqualFold(whole[start:end], part) {
			return true
		}
	}
	return false
}
