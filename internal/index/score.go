package index

import (
	"cmp"
	"math"
	"slices"
)

// Hit is an article that has at least one of the terms looked for.
type Hit struct {
	Key   int64
	Score float32
	Has   uint32 // bit i is set when it has term i
}

// Rarity is how much a term says that some of all articles have (BM25).
func Rarity(have, all int) float64 {
	return math.Log(1 + (float64(all-have)+0.5)/(float64(have)+0.5))
}

// Scorer adds up the impacts of terms. Its memory is used again from segment to
// segment.
type Scorer struct {
	scores   [window]float32
	has      [window]uint32
	excluded impacts
	hits     [window]Hit
}

// Score visits the hits of one segment by key, some at a time, for up to 32
// terms, each with its weight. Articles of excluded lists are left out, and those
// whose keys, sorted, are gone. What is visited is overwritten afterwards.
func (s *Scorer) Score(terms []Packed, weights []float32, excluded []Packed, gone []int64, visit func([]Hit)) error {
	wanted, err := openTerms(terms, weights)
	if err != nil {
		return err
	}
	dead, err := openStreams(excluded)
	if err != nil {
		return err
	}
	for len(wanted) > 0 {
		start := slices.MinFunc(wanted, func(a, b scored) int { return cmp.Compare(a.key, b.key) }).key
		if wanted, err = s.add(wanted, start); err != nil {
			return err
		}
		if len(dead) > 0 {
			if dead, err = s.remove(dead, start); err != nil {
				return err
			}
		}
		for gone = from(gone, start); len(gone) > 0 && gone[0] < start+window; gone = gone[1:] {
			s.has[gone[0]-start] = 0
		}
		visit(s.window(start))
	}
	return nil
}

// scored is the articles of a term from one on.
type scored struct {
	stream
	bit    uint32
	weight float32 // of one point of impact
}

func openTerms(terms []Packed, weights []float32) ([]scored, error) {
	all := make([]scored, 0, len(terms))
	for i, t := range terms {
		s := scored{stream{docs: t.Docs}, 1 << i, weights[i] / math.MaxUint8}
		more, err := s.next()
		if err != nil {
			return nil, err
		}
		if more {
			all = append(all, s)
		}
	}
	return all, nil
}

// add counts terms in the window that begins at start, and returns those that
// go on beyond.
func (s *Scorer) add(terms []scored, start int64) ([]scored, error) {
	rest := terms[:0]
	var err error
	for _, t := range terms {
		more := true
		for more && t.key < start+window {
			slot := t.key - start
			s.scores[slot] += t.weight * float32(t.impact)
			s.has[slot] |= t.bit
			if more, err = t.next(); err != nil {
				return nil, err
			}
		}
		if more {
			rest = append(rest, t)
		}
	}
	return rest, nil
}

// remove takes articles out of the window.
func (s *Scorer) remove(dead streams, start int64) (streams, error) {
	dead, err := dead.fill(&s.excluded, start)
	for slot, impact := range s.excluded {
		if impact > 0 {
			s.has[slot] = 0
		}
	}
	return dead, err
}

// window empties the window.
func (s *Scorer) window(start int64) []Hit {
	n := 0
	for slot, has := range s.has {
		if has != 0 {
			s.hits[n] = Hit{start + int64(slot), s.scores[slot], has}
			n++
		}
	}
	clear(s.scores[:])
	clear(s.has[:])
	return s.hits[:n]
}
