package index

import "math"

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
	scores  [window]float32
	has     [window]uint32
	highest impacts
	terms   []streams
	hits    [window]Hit
}

// Score visits the hits of one segment by key, some at a time, for up to 32
// terms, each with its lists and its weight. Articles of
// excluded lists are left out, and those whose keys, sorted, are gone. What is
// visited is overwritten afterwards.
func (s *Scorer) Score(terms [][]Packed, weights []float32, excluded []Packed, gone []int64, visit func([]Hit)) (err error) {
	for len(s.terms) < len(terms) {
		s.terms = append(s.terms, nil)
	}
	for i, lists := range terms {
		if s.terms[i], err = s.terms[i].open(lists); err != nil {
			return err
		}
	}
	dead, err := streams(nil).open(excluded)
	for start, more := s.first(len(terms)); more && err == nil; start, more = s.first(len(terms)) {
		for i := range terms {
			if s.terms[i], err = s.add(s.terms[i], 1<<i, weights[i]/math.MaxUint8, start); err != nil {
				return err
			}
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
	return err
}

// first is the next key of any term.
func (s *Scorer) first(terms int) (start int64, more bool) {
	for _, t := range s.terms[:terms] {
		if key, any := t.first(); any && (!more || key < start) {
			start, more = key, true
		}
	}
	return start, more
}

// add counts a term in the window.
func (s *Scorer) add(t streams, term uint32, weight float32, start int64) (streams, error) {
	if len(t) == 1 {
		return s.addOne(t, term, weight, start)
	}
	t, err := t.fill(&s.highest, start)
	for slot, impact := range s.highest {
		if impact > 0 {
			s.scores[slot] += weight * float32(impact)
			s.has[slot] |= term
		}
	}
	return t, err
}

// addOne is add for a term that has one list, as most have.
func (s *Scorer) addOne(t streams, term uint32, weight float32, start int64) (streams, error) {
	one, more := t[0], true
	var err error
	for more && one.key < start+window {
		slot := one.key - start
		s.scores[slot] += weight * float32(one.impact)
		s.has[slot] |= term
		if more, err = one.next(); err != nil {
			return nil, err
		}
	}
	if !more {
		return t[:0], nil
	}
	t[0] = one
	return t, nil
}

// remove takes articles out of the window.
func (s *Scorer) remove(dead streams, start int64) (streams, error) {
	dead, err := dead.fill(&s.highest, start)
	for slot, impact := range s.highest {
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
