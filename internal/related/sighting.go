package related

import (
	"cmp"
	"strings"
)

// sighting is a term and what was seen of it so far in a document.
type sighting struct {
	id      TermID
	word    string // the best way of writing it seen so far
	sure    bool   // word was seen where its case means something
	count   int32
	first   int32 // place of the first occurrence among first occurrences
	capital int32 // occurrences with a capital where that means something
	small   int32 // occurrences without, there
	marks   marks
}

// again adds an occurrence.
func (s *sighting) again(o sighting, c letterCase) {
	s.count++
	s.marks |= o.marks
	switch c {
	case capital:
		s.capital++
	case small:
		s.small++
	case unknown:
		return
	}
	if !s.sure {
		s.word, s.sure = o.word, true
	}
}

// worthKeeping drops the many pairs of words that stood together only once
// and by chance.
func (s *sighting) worthKeeping() bool {
	return !s.marks.has(isPhrase) || s.count > 1 || s.marks.has(isName|inTitle)
}

// compare orders the sightings that are to be kept first.
func (s *sighting) compare(t *sighting) int {
	return cmp.Or(
		cmp.Compare(t.marks&isTag, s.marks&isTag),
		cmp.Compare(t.marks&inTitle, s.marks&inTitle),
		cmp.Compare(t.count, s.count),
		cmp.Compare(s.first, t.first),
	)
}

// name tells whether the term is written as a name is. German writes every
// noun with a capital, so there only names of several words are told.
func (s *sighting) name(language string) bool {
	if s.marks.has(isName) {
		return true
	}
	return language != "de" && s.capital > 0 && s.small == 0 && !s.marks.has(isNumber|isPhrase|isTag)
}

func (s *sighting) finalMarks(language string) marks {
	if s.name(language) {
		return s.marks | isName
	}
	return s.marks
}

// written is the term as a reader writes it. A word seen only at the start of
// sentences or in headlines loses its capital.
func (s *sighting) written(language string) string {
	if s.marks.has(isTag) {
		return s.word
	}
	word := s.word
	for _, possessive := range []string{"'s", "’s"} {
		word = strings.TrimSuffix(word, possessive)
	}
	if s.sure || s.marks.has(isName) || language == "de" {
		return word
	}
	return strings.ToLower(word)
}
