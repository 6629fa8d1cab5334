package summary

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"nutgraph/internal/text"
)

// openerFiles list the words and phrases, by language, that lean on a sentence
// before: pronouns, connectives.
//
//go:embed opener/*.txt
var openerFiles embed.FS

// openers are the dangling openings of one language: the first word, and
// behind it the rest of each phrase.
type openers map[string][]string

var openerLists = sync.OnceValue(func() map[string]openers {
	lists := map[string]openers{}
	entries, err := openerFiles.ReadDir("opener")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		data, err := openerFiles.ReadFile("opener/" + e.Name())
		if err != nil {
			panic(err)
		}
		list := openers{}
		for line := range strings.Lines(string(data)) {
			if first, rest, _ := strings.Cut(strings.TrimSpace(line), " "); first != "" {
				list[first] = append(list[first], rest)
			}
		}
		lists[strings.TrimSuffix(e.Name(), ".txt")] = list
	}
	return lists
})

func openersOf(lang string) openers {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return openerLists()[lang]
}

// dangles tells whether body opens with one of the phrases.
func (o openers) dangles(body string) bool {
	const looked = 80
	if len(body) > looked {
		body = body[:looked]
	}
	body = strings.TrimLeftFunc(body, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	body = strings.ToLower(body)
	words := text.Words(body)
	if len(words) == 0 {
		return false
	}
	for _, rest := range o[words[0].Of(body)] {
		if rest == "" || startsWith(body, words[1:], rest) {
			return true
		}
	}
	return false
}

func startsWith(body string, words []text.Span, phrase string) bool {
	for want := range strings.FieldsSeq(phrase) {
		if len(words) == 0 || words[0].Of(body) != want {
			return false
		}
		words = words[1:]
	}
	return true
}
