package summary

import "strings"

// openers are the openings of one language that lean on a sentence before:
// pronouns and connectives.
type openers struct{ list phrases }

func openersOf(lang string) openers { return openers{openerLists()[primary(lang)]} }

// dangles tells whether body opens with one of them.
func (o openers) dangles(body string) bool {
	return o.list.match(opening(body)) > 0
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
