package summary

import "strings"

// openers are the openings of one language that lean on a sentence before:
// pronouns and connectives.
type openers struct {
	list     phrases
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
		return o.list.prefix(lower)
	}
	return o.list.match(lower) > 0 || o.pronouns.early(lower)
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
