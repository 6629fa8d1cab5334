package text

import (
	"embed"
	"strings"
	"sync"
)

// abbreviationFiles are our own lists, one file per language, one line per
// class. They name words as they stand before their last full stop, in lower
// case.
//
//go:embed abbreviation/*.txt
var abbreviationFiles embed.FS

// abbreviation says what a full stop after a word means.
type abbreviation byte

const (
	ordinary       abbreviation = iota // not an abbreviation
	neverEnds                          // "Dr." goes on
	endsSometimes                      // "Inc." ends a sentence when one clearly starts
	endsButNumbers                     // "No." goes on when a digit follows
)

var abbreviationLists = sync.OnceValue(func() map[string]map[string]abbreviation {
	classes := map[string]abbreviation{"never": neverEnds, "maybe": endsSometimes, "number": endsButNumbers}
	lists := map[string]map[string]abbreviation{}
	for lang, lines := range wordFiles(abbreviationFiles, "abbreviation") {
		set := map[string]abbreviation{}
		for line := range strings.Lines(lines) {
			class, words, _ := strings.Cut(line, ":")
			for w := range strings.FieldsSeq(words) {
				set[w] = classes[class]
			}
		}
		lists[lang] = set
	}
	return lists
})

// abbreviations returns the list of a language, or the one for all.
func abbreviations(lang string) map[string]abbreviation {
	if list, ok := abbreviationLists()[lang]; ok {
		return list
	}
	return abbreviationLists()["any"]
}
