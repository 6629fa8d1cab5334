package summary

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"nutgraph/internal/text"
)

// listFiles are our own word lists, one file per language: openings that lean
// on a sentence before, pronouns, and what may be left out of a sentence.
//
//go:embed opener/*.txt pronoun/*.txt trim/*.txt
var listFiles embed.FS

// phrases are lists of words by their first word; behind it stands the rest.
type phrases map[string][]string

func (p phrases) add(phrase string) {
	first, rest, _ := strings.Cut(strings.TrimSpace(phrase), " ")
	if first != "" {
		p[first] = append(p[first], rest)
	}
}

// match returns the length of the longest phrase that lower begins with, in
// bytes, nought when there is none. A phrase ends where a word ends.
func (p phrases) match(lower string) int {
	first := lower[:wordEnd(lower)]
	longest := 0
	for _, rest := range p[first] {
		n := len(first)
		if rest != "" {
			if !strings.HasPrefix(lower[n:], " "+rest) {
				continue
			}
			n += 1 + len(rest)
		}
		if n > longest && wordEnd(lower[n:]) == 0 {
			longest = n
		}
	}
	return longest
}

// wordEnd is the length of the letters that s begins with, and of their marks.
func wordEnd(s string) int {
	for i, r := range s {
		if !isWord(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

// prefix tells whether lower begins with a phrase, in a language that sets no
// blanks between words.
func (p phrases) prefix(lower string) bool {
	for phrase := range p {
		if strings.HasPrefix(lower, phrase) {
			return true
		}
	}
	return false
}

// eachList calls f with the language and content of every file of a folder.
func eachList(dir string, f func(lang, list string)) {
	entries, err := listFiles.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		data, err := listFiles.ReadFile(dir + "/" + e.Name())
		if err != nil {
			panic(err)
		}
		f(strings.TrimSuffix(e.Name(), ".txt"), string(data))
	}
}

// openings are the dangling ones of a language, and longer ones ("!so far")
// that begin like them and lean on nothing.
type openings struct{ dangling, free phrases }

var openerLists = sync.OnceValue(func() map[string]openings {
	lists := map[string]openings{}
	eachList("opener", func(lang, list string) {
		o := openings{phrases{}, phrases{}}
		for line := range strings.Lines(list) {
			if free, found := strings.CutPrefix(line, "!"); found {
				o.free.add(free)
				continue
			}
			o.dangling.add(line)
		}
		lists[lang] = o
	})
	return lists
})

// pronouns are the personal ones of a language, and the words at the start of a
// sentence that name nobody a pronoun behind them could stand for. An object
// ("them") is never the one who was named before it, nor is what hangs on the
// first word ("Montez-la"). A thing ("it") is one unless an impersonal verb
// follows ("On Monday it rained"). The first and second persons tell that somebody speaks,
// and to somebody.
type pronouns struct {
	subject, after, object, clitic, first, second phrases
	thing, impersonal, clause, command            phrases
	participle                                    []string // endings of participles and adverbs
}

var pronounLists = sync.OnceValue(func() map[string]*pronouns {
	lists := map[string]*pronouns{}
	eachList("pronoun", func(lang, list string) {
		p, participle := &pronouns{}, phrases{}
		readParts(list, map[string]*phrases{
			"subject": &p.subject, "after": &p.after, "object": &p.object, "clitic": &p.clitic, "first": &p.first, "second": &p.second,
			"thing": &p.thing, "impersonal": &p.impersonal, "clause": &p.clause, "command": &p.command, "participle": &participle,
		})
		p.participle = slices.Sorted(maps.Keys(participle))
		lists[lang] = p
	})
	return lists
})

// trims are what may be left out of a sentence of one language.
type trims struct {
	lead   phrases // connectives at the start
	clause phrases // what begins a clause that a sentence opens with
	front  phrases // what begins a circumstance before the first comma
	inner  phrases // what begins a clause between two commas
	tail   phrases // what begins a clause at the end
	phrase phrases // what begins a phrase at the end, if no verb is in it

	apposition phrases // what begins an insertion between commas…
	verb       phrases // …if one of these follows it

	determiner   phrases // what a subject may begin with that is no name
	coordination phrases // what joins two sentences…
	conjunction  phrases // …unless one of these follows, which continues a clause
	limit        phrases // what takes back some of what is said
	stop         map[string]bool

	dates dates // days that may go

	source       phrases  // what names a source
	announcement phrases  // what asks for something behind a colon
	attribution  phrases  // naming of sources that report and do not argue
	suffix       []string // endings of words that begin a clause at the end…
	participle   []string // …and of those that do behind a whole sentence
}

var trimLists = sync.OnceValue(func() map[string]*trims {
	lists := map[string]*trims{}
	eachList("trim", func(lang, list string) {
		t, suffix, participle, bare := &trims{}, phrases{}, phrases{}, phrases{}
		readParts(list, map[string]*phrases{
			"lead": &t.lead, "front": &t.front, "clause": &t.clause, "inner": &t.inner, "tail": &t.tail, "phrase": &t.phrase, "suffix": &suffix, "participle": &participle,
			"apposition": &t.apposition, "verb": &t.verb, "attribution": &t.attribution, "source": &t.source, "announcement": &t.announcement,
			"determiner": &t.determiner, "coordination": &t.coordination, "conjunction": &t.conjunction, "limit": &t.limit,
			"on": &t.dates.on, "day": &t.dates.day, "part": &t.dates.part, "holds": &t.dates.holds, "ties": &t.dates.ties, "bare": &bare,
		})
		t.dates.bare, t.stop = len(bare) > 0, text.StopWords(lang)
		t.suffix, t.participle = slices.Sorted(maps.Keys(suffix)), slices.Sorted(maps.Keys(participle))
		lists[lang] = t
	})
	return lists
})

// readParts reads lines of "name: phrase; phrase".
func readParts(list string, parts map[string]*phrases) {
	for line := range strings.Lines(list) {
		name, rest, _ := strings.Cut(line, ":")
		if *parts[name] == nil {
			*parts[name] = phrases{}
		}
		for phrase := range strings.SplitSeq(rest, ";") {
			parts[name].add(phrase)
		}
	}
}

// primary is the first part of a language tag.
func primary(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	return lang
}
