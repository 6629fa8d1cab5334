package search

import (
	"context"

	"nutgraph/internal/index"
)

// lookup is the articles that hold each term of a query.
type lookup struct {
	lists [][]index.List // by segment and term
	have  []int          // articles, by term
}

// lookUpTerms reads the articles of the terms of a query.
func (r *reader) lookUpTerms(ctx context.Context, terms []Term) (lookup, error) {
	var all []wanted
	places := make([][][]int, len(terms)) // by term and word, those of its forms among all
	for i, t := range terms {
		for w, word := range t.Words {
			var forms []int
			for _, f := range r.forms(t, word, w == len(t.Words)-1) {
				forms = append(forms, len(all))
				all = append(all, f)
			}
			places[i] = append(places[i], forms)
		}
	}
	lines, err := r.read(ctx, all)
	if err != nil {
		return lookup{}, err
	}
	found := lookup{have: make([]int, len(terms))}
	for n := range r.segments {
		lists := make([]index.List, len(terms))
		for i := range terms {
			words := make([][]line, len(places[i]))
			for w, forms := range places[i] {
				for _, f := range forms {
					words[w] = append(words[w], lines[f][n]...)
				}
			}
			if lists[i], err = r.phrase(n, words); err != nil {
				return lookup{}, err
			}
			found.have[i] += len(lists[i].Keys)
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
	if t.Exact || written.prefix {
		return []wanted{written}
	}
	var forms []wanted
	for _, language := range r.languages {
		if stem := index.Stem(word, language); stem != "" {
			forms = append(forms, wanted{term: stem})
		}
	}
	if len(forms) < len(r.languages) {
		forms = append(forms, written)
	}
	return forms
}

// phrase is the articles of a segment in which words stand one after the other,
// each in any of its forms.
func (r *reader) phrase(segment int, words [][]line) (index.List, error) {
	lists := make([]index.List, len(words))
	for w, forms := range words {
		var err error
		if lists[w], err = r.list(segment, forms); err != nil {
			return index.List{}, err
		}
	}
	candidates := index.Intersection(lists)
	if len(words) == 1 || len(candidates.Keys) == 0 {
		return candidates, nil
	}
	places := make([][]*index.Places, len(words))
	for w, forms := range words {
		for _, f := range forms {
			places[w] = append(places[w], index.NewPlaces(f.docs, f.positions))
		}
	}
	return index.Phrase(places, candidates)
}

// hits are the articles that hold some of the wanted terms and none of the
// excluded ones, with scores between 0 and 1, and the weights of the wanted
// terms.
func (l *lookup) hits(terms []Term, articles int) (hits []index.Hit, weights []float32) {
	var places []int
	for i, t := range terms {
		if !t.Not {
			places = append(places, i)
			weights = append(weights, float32(index.Rarity(l.have[i], max(articles, l.have[i]))))
		}
	}
	var scorer index.Scorer
	for _, lists := range l.lists {
		var excluded index.List
		for i, t := range terms {
			if t.Not {
				excluded = index.Union(excluded, lists[i])
			}
		}
		chosen := make([]index.List, len(places))
		for n, i := range places {
			chosen[n] = lists[i]
		}
		hits = scorer.Score(hits, chosen, weights, excluded)
	}
	total := float32(0)
	for _, w := range weights {
		total += w
	}
	for i := range hits {
		hits[i].Score /= total
	}
	return hits, weights
}
