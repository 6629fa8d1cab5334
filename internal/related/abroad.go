package related

import (
	"cmp"
	"slices"
	"strings"

	"nutgraph/internal/text"
)

// In returns p as articles of another language see it: what reads the same
// there, its names and tags, under the ids that they have in that language.
// Ranked among articles of that language it gives the edges that cross over.
func (p *Profile) In(language string) *Profile {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	a.reset(primary(language))
	q := &Profile{
		Key: p.Key, Language: a.language, PublishedAt: p.PublishedAt, Section: p.Section,
		Tags: p.Tags, Authors: p.Authors,
	}
	type named struct {
		term
		word string
	}
	var names []named
	for i, t := range p.terms {
		if !t.marks.has(isName | isTag) {
			continue
		}
		word := p.word(i)
		if id, ok := a.idAbroad(word, t.marks); ok {
			t.id = id
			names = append(names, named{t, word})
		}
	}
	slices.SortFunc(names, func(x, y named) int { return cmp.Or(cmp.Compare(x.id, y.id), cmp.Compare(y.count, x.count)) })
	names = slices.CompactFunc(names, func(x, y named) bool { return x.id == y.id })
	var words strings.Builder
	for _, n := range names {
		words.WriteString(n.word)
		n.end = uint16(words.Len())
		q.terms = append(q.terms, n.term)
	}
	q.words = words.String()
	return q
}

// idAbroad is the id that a name or tag has in the language of a.
func (a *analyser) idAbroad(word string, m marks) (id TermID, ok bool) {
	if m.has(isTag) {
		return hashTerm(a.language, "#"+text.Fold(word)), true
	}
	parts := text.Words(word)
	for _, span := range parts {
		e := a.lexicon().look(span.Of(word))
		switch {
		case !e.plain:
		case m.has(isPhrase):
			id, ok = id.then(e.id), true
		default:
			id, ok = e.id, true
		}
	}
	return id, ok
}
