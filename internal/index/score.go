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

// window is how many keys are scored at once: what fits a cache of a processor.
const window = 1 << 12

// Scorer adds up the impacts of terms. Its memory is used again from segment to
// segment.
type Scorer struct {
	scores [window]float32
	has    [window]uint32
	heads  []int
}

// Score appends the hits of one segment, for up to 32 terms, each with its
// weight. Articles of excluded are left out.
func (s *Scorer) Score(hits []Hit, terms []List, weights []float32, excluded List) []Hit {
	s.heads = append(s.heads[:0], make([]int, len(terms))...)
	dead := excluded.Keys
	for {
		start, more := s.start(terms)
		if !more {
			return hits
		}
		end := start + window
		for i, l := range terms {
			s.add(l, i, weights[i]/math.MaxUint8, start, end)
		}
		for ; len(dead) > 0 && dead[0] < end; dead = dead[1:] {
			if dead[0] >= start {
				s.has[dead[0]-start] = 0
			}
		}
		for slot := range s.has {
			if s.has[slot] != 0 {
				hits = append(hits, Hit{start + int64(slot), s.scores[slot], s.has[slot]})
			}
		}
		clear(s.scores[:])
		clear(s.has[:])
	}
}

// start is where the window begins that holds the next key of any term.
func (s *Scorer) start(terms []List) (start int64, more bool) {
	for i, l := range terms {
		if s.heads[i] < len(l.Keys) && (!more || l.Keys[s.heads[i]] < start) {
			start, more = l.Keys[s.heads[i]], true
		}
	}
	return start, more
}

func (s *Scorer) add(l List, term int, weight float32, start, end int64) {
	i := s.heads[term]
	for ; i < len(l.Keys) && l.Keys[i] < end; i++ {
		slot := l.Keys[i] - start
		s.scores[slot] += weight * float32(l.Impacts[i])
		s.has[slot] |= 1 << term
	}
	s.heads[term] = i
}
