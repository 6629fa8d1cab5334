package text

import (
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"

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
// stemmer is safe for concurrent use, and remembers what it was asked lately.
func Stemmer(lang string) func(word string) string {
	if s := stemmers[primary(lang)]; s != nil {
		return s.stem
	}
	return nil
}

var stemmers = map[string]*stemmer{
	"ar": {algorithm: arabic.Stem},
	"da": {algorithm: danish.Stem},
	"nl": {algorithm: dutch.Stem},
	"en": {algorithm: english.Stem},
	"fi": {algorithm: finnish.Stem},
	"fr": {algorithm: french.Stem},
	"de": {algorithm: german.Stem},
	"hu": {algorithm: hungarian.Stem},
	"it": {algorithm: italian.Stem},
	"nb": {algorithm: norwegian.Stem},
	"pt": {algorithm: portuguese.Stem},
	"ro": {algorithm: romanian.Stem},
	"ru": {algorithm: russian.Stem},
	"es": {algorithm: spanish.Stem},
	"sv": {algorithm: swedish.Stem},
	"tr": {algorithm: turkish.Stem},
}

// stemmer remembers the stems of words: an import asks for those of the same few
// thousand three times for each article, and working one out costs ten times what
// finding it here does. Of words that share a slot the last one is kept, so that
// it takes at most about eight megabytes.
type stemmer struct {
	algorithm func(*snowballstem.Env) bool
	begin     sync.Once
	seed      maphash.Seed
	slots     []atomic.Pointer[stemmed]
}

type stemmed struct{ word, stem string }

func (s *stemmer) stem(word string) string {
	const longest = 64 // bytes: no word, and the algorithms are not linear
	if len(word) < 3 || len(word) > longest {
		return word
	}
	s.begin.Do(func() { s.seed, s.slots = maphash.MakeSeed(), make([]atomic.Pointer[stemmed], 1<<16) })
	slot := &s.slots[maphash.String(s.seed, word)%uint64(len(s.slots))]
	if known := slot.Load(); known != nil && known.word == word {
		return known.stem
	}
	word = strings.Clone(word) // which may be a part of a whole article
	env := snowballstem.NewEnv(word)
	s.algorithm(env)
	found := &stemmed{word, env.Current()}
	slot.Store(found)
	return found.stem
}
