package summary

import "strings"

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
// among its first words ("On Monday she closed the quay") and no name yet.
func (o openers) dangles(body string) bool {
	lower := opening(body)
	if o.unspaced {
		return o.list.dangling.prefix(lower)
	}
	if o.list.dangling.match(lower) > o.list.free.match(lower) {
		return true
	}
	return o.pronouns.hangs(lower) || o.pronouns.early(lower)
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
		if unnamed && p.subject.match(lower) > 0 || p.object.match(lower) > 0 {
			return true
		}
		rest := strings.TrimPrefix(lower[n:], ",")
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
	const looked = 60
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
