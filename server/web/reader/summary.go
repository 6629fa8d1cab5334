package reader

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
)

// summary is an article in short.
type summary struct {
	Text      string
	Length    string
	Origin    string
	IsStale   bool
	Sentences []sentence
}

// sentence is a sentence of a summary, and where in the plain text its source
// stands, in UTF-16 code units.
type sentence struct {
	Text      string
	Start     int
	End       int
	IsTrimmed bool
}

// length is a choice that readers have.
type length struct {
	Value string // in GraphQL
	Query string // in ?summary=
	Label string
}

var lengths = []length{
	{"BRIEF", "brief", "One sentence"},
	{"SHORT", "short", "Short"},
	{"BULLETS", "bullets", "In points"},
	{"LONG", "long", "Longer"},
}

// lengthOf reads ?summary=; what it does not know is no length.
func lengthOf(query string) (length, bool) {
	for _, l := range lengths {
		if l.Query == query {
			return l, true
		}
	}
	return length{}, false
}

// Lengths are those that the article is long enough for. An article that has
// one sentence of summary at most is read as quickly itself.
func (s *story) Lengths() []length {
	has := map[string]bool{"BRIEF": s.Brief != nil, "SHORT": s.Short != nil, "BULLETS": s.Bullets != nil, "LONG": s.Long != nil}
	var offered []length
	for _, l := range lengths {
		if has[l.Value] {
			offered = append(offered, l)
		}
	}
	if len(offered) < 2 {
		return nil
	}
	return offered
}

// Usual is the place in Lengths of what is shown unless something else is asked
// for: about 60 words, or else the shortest.
func (s *story) Usual() int {
	return max(0, slices.IndexFunc(s.Lengths(), func(l length) bool { return l.Value == "SHORT" }))
}

// Note says who wrote the summary.
func (s *summary) Note() string {
	note := map[string]string{
		"EXTRACTIVE": "In the article’s own sentences, chosen by machine. Each leads to its place in the text.",
		"EDITOR":     "Written by the editors.",
		"MODEL":      "Written by a language model.",
	}[s.Origin]
	if s.IsStale {
		note += " The article has changed since."
	}
	return note
}

// Points are the paragraphs of a summary without sentences.
func (s *summary) Points() []string { return strings.Split(s.Text, "\n") }

// Fragment is the address of a sentence's source on the page: a text fragment,
// which browsers find, scroll to and mark by themselves.
func (s sentence) Fragment(text string) template.URL {
	units := utf16.Encode([]rune(text))
	if s.Start < 0 || s.Start >= s.End || s.End > len(units) {
		return ""
	}
	source, _, _ := strings.Cut(string(utf16.Decode(units[s.Start:s.End])), "\n")
	words := strings.Fields(source)
	if len(words) <= 2*fragmentWords {
		return template.URL("#:~:text=" + escapeFragment(words)) //nolint:gosec // escaped, and a fragment has no scheme
	}
	first, last := words[:fragmentWords], words[len(words)-fragmentWords:]
	return template.URL("#:~:text=" + escapeFragment(first) + "," + escapeFragment(last)) //nolint:gosec // see above
}

// fragmentWords from each end of a sentence tell it from others.
const fragmentWords = 6

// escapeFragment writes words as a term of a text fragment, where hyphens and
// commas have a meaning.
func escapeFragment(words []string) string {
	escaped := url.PathEscape(strings.Join(words, " "))
	return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(escaped)
}
