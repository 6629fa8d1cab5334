package search

import (
	"context"

	"nutgraph/internal/index"
)

// lookup is the articles that hold each term of a query.
type lookup struct {
	terms    []Term
	lists    [][]index.Packed // by segment and term
	have     []int            // articles, by term
	gone     [][]int64        // by segment
	articles int              // in the archive
}

// lookUpTerms reads the articles of the terms of a query.
func (r *reader) lookUpTerms(ctx context.Context, terms []Term) (lookup, error) {
	var all []wanted
	wordsOf := make([][][]int, len(terms)) // by term and word, the places of its forms among all
	for i, t := range terms {
		for w, word := range t.Words {
			var forms []int
			for _, f := range r.forms(t, word, w == len(t.Words)-1) {
				forms = append(forms, len(all))
				all = append(all, f)
			}
			wordsOf[i] = append(wordsOf[i], forms)
		}
	}
	read, err := r.read(ctx, all)
	if err != nil {
		return lookup{}, err
	}
	found := lookup{terms: terms, have: make([]int, len(terms)), gone: r.gone, articles: r.articles}
	for n := range r.segments {
		lists := make([]index.Packed, len(terms))
		for i := range terms {
			words := make([][]lines, len(wordsOf[i]))
			for w, forms := range wordsOf[i] {
				for _, f := range forms {
					words[w] = append(words[w], read[f][n])
				}
			}
			if lists[i], err = r.phrase(n, words); err != nil {
				return lookup{}, err
			}
			have, err := index.Count(r.gone[n], lists[i])
			if err != nil {
				return lookup{}, err
			}
			found.have[i] += have
		}
		found.lists = append(found.lists, lists)
	}
	return found, nil
}

// forms are the terms of the index that stand for a word of a term: its stems
// in the languages of the archive, and the word itself where there is a language
// without stems.
func (r *reader) forms(t Term, word string, last bool) []wanted {
	written := wanted{term: index.Word(word), prefix: t.Prefix && last, positions: len(t.Words) > 1}
	if initial := index.Initial(written.term); written.prefix && !written.positions && initial != "" {
		return []wanted{{term: initial}}
	}
	if t.Exact || written.prefix {
		return []wanted{written}
	}
	var forms []wanted
	for _, language := range r.languages {
		if stem := index.Stem(word, language); stem != "" {
			forms = append(forms, wanted{term: stem, language: language})
		}
	}
	if len(forms) < len(r.languages) {
		forms = append(forms, written)
	}
	return forms
}

// phrase is the articles of a segment in which words stand one after the other,
// each in any of its forms.
func (r *reader) phrase(segment int, words [][]lines) (index.Packed, error) {
	if len(words) == 1 {
		return index.Join(packed(words[0])...)
	}
	lists := make([]index.List, len(words))
	standing := make([][]*index.Places, len(words))
	for w, forms := range words {
		joined, err := index.Join(packed(forms)...)
		if err != nil {
			return index.Packed{}, err
		}
		if lists[w], err = index.Decode(r.gone[segment], joined); err != nil {
			return index.Packed{}, err
		}
		standing[w] = places(forms)
	}
	found, err := index.Phrase(standing, index.Intersection(lists))
	return index.Pack(found), err
}

// scoring scores the articles that hold some of the wanted terms and none of the
// excluded ones.
type scoring struct {
	wanted   [][]index.Packed // by segment and term
	excluded [][]index.Packed // by segment
	gone     [][]int64        // by segment
	weights  []float32        // of the wanted terms, 1 in all
}

func (l *lookup) scoring() *scoring {
	s := &scoring{wanted: make([][]index.Packed, len(l.lists)), excluded: make([][]index.Packed, len(l.lists)), gone: l.gone}
	total := float32(0)
	for i, t := range l.terms {
		if !t.Not {
			weight := float32(index.Rarity(l.have[i], max(l.articles, l.have[i])))
			s.weights = append(s.weights, weight)
			total += weight
		}
		into := s.wanted
		if t.Not {
			into = s.excluded
		}
		for n, lists := range l.lists {
			into[n] = append(into[n], lists[i])
		}
	}
	for i := range s.weights {
		s.weights[i] /= total
	}
	return s
}

// hits visits all hits, some at a time, with scores between 0 and 1. What is
// visited may be changed, and is overwritten afterwards.
func (s *scoring) hits(visit func([]index.Hit)) error {
	var scorer index.Scorer
	for n := range s.wanted {
		if err := scorer.Score(s.wanted[n], s.weights, s.excluded[n], s.gone[n], visit); err != nil {
			return err
		}
	}
	return nil
}

// holdsAll tells whether a hit holds all wanted terms.
func (s *scoring) holdsAll(h *index.Hit) bool { return h.Has == 1<<len(s.weights)-1 }

// holdsSome tells whether a hit holds enough of the wanted terms, by weight.
func (s *scoring) holdsSome(h *index.Hit) bool {
	share := float32(0)
	for i, w := range s.weights {
		if h.Has&(1<<i) != 0 {
			share += w
		}
	}
	return share >= someOf
}
