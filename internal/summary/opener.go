package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// openers are the openings of one language that lean on a sentence before:
// pronouns and connectives.
type openers struct {
	list     openings
	pronouns *pronouns
	unspaced bool // no blanks between words
}

func openersOf(lang string) openers {
	lang = primary(lang)
	return openers{openerLists()[lang], pronounLists()[lang], lang == "zh" || lang == "ja"}
}

// dangles tells whether body opens with one of them, or has a personal pronoun
// among its first words ("On Monday she closed the quay") and no name yet. Lower
// is the opening of body.
func (o openers) dangles(body, lower string) bool {
	if o.unspaced {
		return o.list.dangling.prefix(lower)
	}
	if o.list.dangling.match(lower) > o.list.free.match(lower) {
		return true
	}
	return o.pronouns.hangs(lower) || o.pronouns.early(lower) || o.pronouns.unnamed(body) || o.ahead(body, lower) || o.pronouns.loose(lower)
}

// loose tells whether a participle or an adverb opens a sentence whose subject is
// a pronoun: "Born in a lighthouse, she never married".
func (p *pronouns) loose(lower string) bool {
	if p == nil || !hasEnding(lower[:wordEnd(lower)], p.participle) {
		return false
	}
	_, main, _ := strings.Cut(lower, ", ")
	n := p.subject.match(main)
	return n > 0 && strings.HasPrefix(main[n:], " ")
}

// ahead tells whether the clause that opens body has a pronoun that no name
// behind it explains: "If he wins, the town loses", but not "When she resigned,
// Maud Oakes was 60".
func (o openers) ahead(body, lower string) bool {
	p := o.pronouns
	if p == nil || p.clause.match(lower) == 0 {
		return false
	}
	clause := strings.TrimPrefix(lower[p.clause.match(lower):], " ")
	if p.subject.match(clause) == 0 || o.list.free.match(clause) > 0 {
		return false
	}
	_, main, _ := strings.Cut(body, ", ")
	r, _ := utf8.DecodeRuneInString(main)
	return !unicode.IsUpper(r) && !isQuoted(main)
}

// unnamed tells whether body opens with a quotation of nobody who is named: it
// is nothing else ("“The wall is gone.”"), or a pronoun said it ("“The wall is
// gone,” she said", "« Le mur est tombé », a-t-elle dit").
func (p *pronouns) unnamed(body string) bool {
	const looked = 4 // words between the quotation and the pronoun
	rest, found := behindQuotation(body)
	if !found {
		return false
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return !isWord(r) })
	for _, w := range words[:min(looked, len(words))] {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			return false
		}
		if p != nil && p.subject.match(strings.ToLower(w)) > 0 {
			return true
		}
	}
	return len(words) == 0
}

// commands tells whether body opens with a command ("Put the oil in a pot").
func (o openers) commands(body, lower string) bool {
	return o.pronouns != nil && !isQuoted(body) && o.pronouns.command.match(lower) > 0
}

// hangs tells whether a pronoun hangs on the first word.
func (p *pronouns) hangs(lower string) bool {
	rest, found := strings.CutPrefix(lower[wordEnd(lower):], "-")
	return p != nil && found && strings.HasPrefix(rest[wordEnd(rest):], " ") && p.clitic.match(rest) > 0
}

// person tells whether a word is a pronoun of the first or second person.
func (p *pronouns) person(lower string) flaw {
	if p == nil {
		return 0
	}
	if i := strings.IndexAny(lower, "'’"); i > 0 {
		lower = lower[:i] // I'm
	}
	switch {
	case p.first.match(lower) > 0:
		return firstPerson
	case p.second.match(lower) > 0:
		return secondPerson
	}
	return 0
}

// early looks at the first words of a sentence: for any personal pronoun when
// it begins with a preposition or an adverb of time, for an object otherwise.
func (p *pronouns) early(lower string) bool {
	const looked = 5
	if p == nil {
		return false
	}
	unnamed := p.after.match(lower) > 0
	for range looked {
		n := wordEnd(lower)
		rest := strings.TrimPrefix(lower[n:], ",")
		if unnamed && p.subject.match(lower) > 0 || p.object.match(lower) > 0 ||
			unnamed && p.thing.match(lower) > 0 && p.impersonal.match(strings.TrimPrefix(rest, " ")) == 0 {
			return true
		}
		if !strings.HasPrefix(rest, " ") || wordEnd(rest[1:]) == 0 {
			return false
		}
		lower = rest[1:]
	}
	return false
}

// opening returns the beginning of a sentence in lower case, from its first
// letter on, with apostrophes as blanks.
func opening(body string) string {
	const looked = 100
	start := strings.IndexFunc(body, isWord)
	if start < 0 {
		return ""
	}
	body = body[start:]
	if len(body) > looked {
		body = body[:looked]
	}
	return apostrophes.Replace(strings.ToLower(body))
}

var apostrophes = strings.NewReplacer("'", " ", "’", " ")
