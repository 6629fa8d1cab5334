package text

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// Stem returns the stem of a lower-case word by the Snowball algorithm of the
// language (snowballstem.org), or the word itself when there is none. It keeps
// accents: fold after stemming.
func Stem(word, lang string) string {
	stem := Stemmer(lang)
	if stem == nil {
		return word
	}
	return stem(word)
}

// Stemmer returns the stemmer of a language, nil when there is none. A
// stemmer is safe for concurrent use.
func Stemmer(lang string) func(word string) string {
	algorithm := algorithmOf(primary(lang))
	if algorithm == nil {
		return nil
	}
	return func(word string) string {
		const longest = 64 // bytes: no word, and the algorithms are not linear
		if len(word) < 3 || len(word) > longest {
			return word
		}
		env := snowballstem.NewEnv(word)
		algorithm(env)
		return env.Current()
	}
}

func algorithmOf(lang string) func(*snowballstem.Env) bool {
	switch lang {
	case "ar":
		return arabic.Stem
	case "da":
		return danish.Stem
	case "nl":
		return dutch.Stem
	case "en":
		return english.Stem
	case "fi":
		return finnish.Stem
	case "fr":
		return french.Stem
	case "de":
		return german.Stem
	case "hu":
		return hungarian.Stem
	case "it":
		return italian.Stem
	case "nb":
		return norwegian.Stem
	case "pt":
		return portuguese.Stem
	case "ro":
		return romanian.Stem
	case "ru":
		return russian.Stem
	case "es":
		return spanish.Stem
	case "sv":
		return swedish.Stem
	case "tr":
		return turkish.Stem
	}
	return nil
}
