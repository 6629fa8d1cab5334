package related

import (
	"cmp"
	"slices"
)

// keyCount is how many keys an article has at most.
const keyCount = 40

// Key is a term that candidates are looked up by. The store keeps the keys of
// every article in a table clustered by term; the candidates of an article
// are the articles with the highest sums of Weight·Weight over common terms.
type Key struct {
	Term   TermID
	Weight float32
}

// Keys returns the terms that the article stands out by, strongest first. The
// squares of the weights of all its terms add up to one.
func (p *Profile) Keys(s Statistics) []Key {
	var v vector
	v.weigh(p, newRarity(s, p.Language))
	keys := make([]Key, 0, len(p.terms))
	for i, w := range v.weights {
		if w > 0 {
			keys = append(keys, Key{p.terms[i].id, float32(w)})
		}
	}
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term))
	})
	return slices.Clip(keys[:min(len(keys), keyCount)])
}
