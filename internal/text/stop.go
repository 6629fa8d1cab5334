package text

import (
	"embed"
	"strings"
	"sync"
)

// stopFiles are our own lists, one file per language, words apart by blanks.
//
//go:embed stop/*.txt
var stopFiles embed.FS

// IsStop tells whether a lower-case word is so common in the language that it
// says nothing about a text: articles, pronouns, prepositions, auxiliaries. It
// is false for every word of a language without a list.
func IsStop(word, lang string) bool {
	return stopLists()[primary(lang)][word]
}

// StopWords returns the stop words of a language, nil when there is no list.
// Looking many words up in it is faster than many calls of IsStop. The map is
// shared: do not change it.
func StopWords(lang string) map[string]bool {
	return stopLists()[primary(lang)]
}

var stopLists = sync.OnceValue(func() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	for lang, words := range wordFiles(stopFiles, "stop") {
		set := make(map[string]bool, 300)
		for w := range strings.FieldsSeq(words) {
			set[w] = true
		}
		lists[lang] = set
	}
	return lists
})

// wordFiles returns the embedded files of a folder by the language they are
// named after.
func wordFiles(files embed.FS, dir string) map[string]string {
	entries, err := files.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := files.ReadFile(dir + "/" + e.Name())
		if err != nil {
			panic(err)
		}
		out[strings.TrimSuffix(e.Name(), ".txt")] = string(data)
	}
	return out
}
