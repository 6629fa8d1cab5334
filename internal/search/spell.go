package search

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraph/internal/index"
)

// What is tried to mend a word that no article has.
const (
	maxMended   = 3   // words of a query
	maxSimilar  = 8   // words that are compared by how many articles have them
	maxSpelling = 400 // blocks of each dictionary that are looked through
)

// mend replaces the words of a query that no article has by the most similar
// ones that some have, and tells whether there are such for all of them. It
// looks only at words with the same first letter, and takes a word for another
// only when an article that readers may see has it.
func (r *reader) mend(ctx context.Context, q Query, have []int) (Query, bool, error) {
	mended := Query{Terms: slices.Clone(q.Terms), typed: q.typed}
	n := 0
	for i, t := range q.Terms {
		if t.Not || have[i] > 0 {
			continue
		}
		if n++; n > maxMended || t.Prefix || len(t.Words) > 1 {
			return q, false, nil
		}
		word, err := r.similar(ctx, t.Words[0])
		if err != nil || word == "" {
			return q, false, err
		}
		mended.typed = replaceWord(mended.typed, t.Words[0], word)
		mended.Terms[i].Words = []string{strings.ToLower(word)}
	}
	return mended, n > 0, nil
}

// similar is the word most like another that an article has, as it stands
// there; "" when there is none.
func (r *reader) similar(ctx context.Context, word string) (string, error) {
	word = index.Word(word)
	first, size := utf8.DecodeRuneInString(word)
	most := mistakes(word)
	if most == 0 || !unicode.IsLetter(first) {
		return "", nil
	}
	like, articles := newSpelling(word), map[string]int{}
	for _, s := range r.segments {
		blocks, err := r.store.BlocksBetween(ctx, s.ID, word[:size], word[:size]+"\U0010FFFF", maxSpelling)
		if err != nil {
			return "", err
		}
		for _, b := range blocks {
			for t, err := range index.Terms(b) {
				if err != nil {
					return "", err
				}
				if bytes.HasPrefix(t.Term, []byte(word[:size])) && like.distance(t.Term, most) <= most {
					articles[string(t.Term)] += t.Articles
				}
			}
		}
	}
	candidates := make([]string, 0, len(articles))
	for w := range articles {
		candidates = append(candidates, w)
	}
	slices.SortFunc(candidates, func(a, b string) int {
		return cmp.Or(cmp.Compare(like.distance([]byte(a), most), like.distance([]byte(b), most)), cmp.Compare(articles[b], articles[a]), cmp.Compare(a, b))
	})
	return r.firstSeen(ctx, candidates[:min(len(candidates), maxSimilar)])
}

// mistakes is how many letters of a word may be wrong.
func mistakes(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 7:
		return 1
	default:
		return 2
	}
}

// firstSeen is the first of several words that an article has which readers
// may see, as it stands there.
func (r *reader) firstSeen(ctx context.Context, words []string) (string, error) {
	terms := make([]wanted, len(words))
	for i, w := range words {
		terms[i] = wanted{term: w}
	}
	lines, err := r.read(ctx, terms)
	if err != nil {
		return "", err
	}
	for i, w := range words {
		for n := range r.segments {
			for _, p := range packed(lines[i][n : n+1]) {
				list, err := index.Decode(r.gone[n], p)
				if err != nil {
					return "", err
				}
				if len(list.Keys) > 0 {
					return r.asWritten(ctx, list.Keys[len(list.Keys)-1], w)
				}
			}
		}
	}
	return "", nil
}

// asWritten finds a word in an article as it stands there, in lower case if it
// does so once.
func (r *reader) asWritten(ctx context.Context, key int64, word string) (string, error) {
	materials, err := r.store.Materials(ctx, []int64{key})
	if err != nil || len(materials) == 0 {
		return word, err
	}
	m, found := &materials[0], ""
	for _, s := range []string{m.Title, m.Standfirst, m.Text, strings.Join(m.Tags, "\n"), strings.Join(m.Authors, "\n")} {
		for _, span := range index.Words(s) {
			written := span.Of(s)
			if index.Word(strings.ToLower(written)) != word {
				continue
			}
			if strings.ToLower(written) == written {
				return written, nil
			}
			found = cmp.Or(found, written)
		}
	}
	return cmp.Or(found, word), nil
}

// replaceWord puts one word in the place of another in what somebody typed.
func replaceWord(typed, old, new string) string {
	var b strings.Builder
	last := 0
	for _, span := range index.Words(typed) {
		if strings.ToLower(span.Of(typed)) == old {
			b.WriteString(typed[last:span.Start] + new)
			last = span.End
		}
	}
	return b.String() + typed[last:]
}

// spelling compares a word with others. Its memory is used again: they are very
// many.
type spelling struct {
	word, other       []rune
	before, last, row []int
}

func newSpelling(word string) *spelling { return &spelling{word: []rune(word)} }

// distance is the number of letters that must be put in, left out, changed or
// exchanged with their neighbour to make one word of the other (optimal string
// alignment); anything above most when it is more than that.
func (s *spelling) distance(other []byte, most int) int {
	if d := utf8.RuneCount(other) - len(s.word); d > most || -d > most {
		return most + 1
	}
	s.other = s.other[:0]
	for _, r := range string(other) {
		s.other = append(s.other, r)
	}
	width := len(s.other) + 1
	s.before, s.last, s.row = slices.Grow(s.before[:0], width)[:width], slices.Grow(s.last[:0], width)[:width], slices.Grow(s.row[:0], width)[:width]
	for j := range s.last {
		s.last[j] = j
	}
	for i := range s.word {
		if s.nextRow(i) > most {
			return most + 1
		}
		s.before, s.last, s.row = s.last, s.row, s.before
	}
	return s.last[len(s.other)]
}

// nextRow compares one letter more, and returns the least distance so far.
func (s *spelling) nextRow(i int) int {
	s.row[0] = i + 1
	least := i + 1
	for j, letter := range s.other {
		cost := 1
		if s.word[i] == letter {
			cost = 0
		}
		n := min(s.row[j]+1, s.last[j+1]+1, s.last[j]+cost)
		if i > 0 && j > 0 && s.word[i] == s.other[j-1] && s.word[i-1] == letter {
			n = min(n, s.before[j-1]+1)
		}
		s.row[j+1], least = n, min(least, n)
	}
	return least
}
