package related_test

import (
	"maps"
	"slices"

	"nutgraph/internal/related"
)

// copies knows which articles relevant to a query are the same text. Some sets
// count the copies of an article as relevant to it, but the product never shows
// a reader the same text twice. Counted once, a text is found when any of its
// copies is, and copies of the query's own are neither right nor wrong.
type copies struct {
	relevant map[int]float64
	first    map[int]int // of the copies of a relevant article; -1 for the query's own
}

func copiesOf(queries []query, profiles []*related.Profile) []copies {
	all := make([]copies, len(queries))
	for i, q := range queries {
		c := copies{map[int]float64{}, map[int]int{}}
		texts := []int{q.place}
		for _, d := range slices.Sorted(maps.Keys(q.relevant)) {
			switch k := slices.IndexFunc(texts, func(e int) bool { return profiles[d].Duplicate(profiles[e]) }); k {
			case -1:
				texts = append(texts, d)
				c.relevant[d], c.first[d] = q.relevant[d], d
			case 0:
				c.first[d] = -1
			default:
				c.first[d] = texts[k]
			}
		}
		all[i] = c
	}
	return all
}

// measure judges a ranking with copies counted once.
func (c *copies) measure(ranking []int) measures {
	seen := map[int]bool{-1: true}
	var once []int
	for _, d := range ranking {
		first, relevant := c.first[d]
		if relevant {
			d = first
		}
		if !relevant || !seen[d] {
			once = append(once, d)
		}
		seen[d] = true
	}
	return measure(once, c.relevant)
}
