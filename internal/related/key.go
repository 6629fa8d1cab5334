package related

import (
	"cmp"
	"math"
	"slices"
)

// What candidates are found by. With 60 keys and the 250 articles before and
// after in time for each, 96 of 100 links of journalists are among the first
// 150 candidates, the same as with all articles for each key (40 keys: 94).
const (
	keyCount = 60
	Window   = 250 // articles with a key to look at, on each side in time
)

// Key is a term that candidates are looked up by. The store keeps the keys of
// every article in a table clustered by term and time. The candidates of an
// article are those with the highest sums of the products of weights over
// common keys, times Recency, and for each key only the Window articles next
// to it in time on either side count: a key with more is too common to matter
// over a long time, and so the cost does not grow with the archive.
type Key struct {
	Term   TermID
	Weight float32
}

// Keys returns the terms that the article stands out by, strongest first. The
// squares of the weights of all its terms add up to one.
func (p *Profile) Keys(s Statistics) []Key {
	r := rarityIn(s, p.Language)
	keys := make([]Key, len(p.terms))
	sum := 0.0
	for i, t := range p.terms {
		w := t.weight() * r.of(t.id)
		keys[i] = Key{t.id, float32(w)}
		sum += w * w
	}
	for i := range keys {
		keys[i].Weight /= float32(math.Sqrt(sum))
	}
	slices.SortFunc(keys, func(a, b Key) int {
		if c := cmp.Compare(b.Weight, a.Weight); c != 0 {
			return c
		}
		return cmp.Compare(a.Term, b.Term)
	})
	return slices.Clone(keys[:min(len(keys), keyCount)])
}
