package related

import "iter"

// TermID names a term of one language: 32 bits of a hash of the language and
// the stem. Two of a million stems of an archive share an id by chance with a
// given third about once in two thousand; no score depends on one term alone.
type TermID uint32

// Kind tells a plain term from a name.
type Kind uint8

// The kinds of term.
const (
	Common Kind = iota // a word, or words that stand together
	Name               // of a person, place or organisation
	Tag                // given by an editor
)

// Term is one thing an article speaks of.
type Term struct {
	ID    TermID
	Word  string // as a reader writes it: "harbour wall", "Verdun"
	Count int    // how often the article has it, at most 255
	Kind  Kind
}

// term is a Term as profiles hold it: eight bytes, its word in Profile.words.
type term struct {
	id    TermID
	end   uint16 // where its word ends; it starts where the one before ends
	count uint8
	marks marks
}

// marks are facts about a term that its weight depends on.
type marks uint8

const (
	inTitle  marks = 1 << iota
	inLead         // in the standfirst or the first words of the text
	isName         // written like a name wherever case tells
	isPhrase       // more than one word
	isNumber       // or a day or month
	isTag
	allMarks = inTitle | inLead | isName | isPhrase | isNumber | isTag
)

func (m marks) has(other marks) bool { return m&other != 0 }

// hashTerm is FNV-1a over the language and the stem of a word
// (http://www.isthe.com/chongo/tech/comp/fnv/).
func hashTerm(language, stem string) TermID {
	const offset, prime = 2166136261, 16777619
	h := uint32(offset)
	for i := range len(language) {
		h = (h ^ uint32(language[i])) * prime
	}
	h *= prime // ends the language, so that "ab"+"c" is not "a"+"bc"
	for i := range len(stem) {
		h = (h ^ uint32(stem[i])) * prime
	}
	return TermID(h)
}

// then is the id of the words of t followed by another word.
func (t TermID) then(word TermID) TermID {
	return TermID(mix(uint32(t)*0x9e3779b1 + uint32(word)))
}

// Terms returns everything the profile knows of the text, in order of id.
func (p *Profile) Terms() iter.Seq[Term] {
	return func(yield func(Term) bool) {
		for i := range p.terms {
			if !yield(p.term(i)) {
				return
			}
		}
	}
}

func (p *Profile) term(i int) Term {
	t := Term{ID: p.terms[i].id, Word: p.word(i), Count: int(p.terms[i].count)}
	switch {
	case p.terms[i].marks.has(isTag):
		t.Kind = Tag
	case p.terms[i].marks.has(isName):
		t.Kind = Name
	}
	return t
}

func (p *Profile) word(i int) string {
	start := uint16(0)
	if i > 0 {
		start = p.terms[i-1].end
	}
	return p.words[start:p.terms[i].end]
}
