package summary

import (
	"slices"

	"nutgraph/internal/content"
)

// budget is what a length allows.
type budget struct {
	least, most     int // words in all
	shortest        int // words of a sentence
	longest         int
	fewest, highest int // sentences
	article         int // words the article must have
}

func budgetOf(length content.SummaryLength) budget {
	switch length {
	case content.SummaryBrief:
		return budget{least: 15, most: 35, shortest: 8, longest: 40, fewest: 1, highest: 1, article: 20}
	case content.SummaryShort:
		return budget{least: 45, most: 75, shortest: 5, longest: 60, fewest: 1, highest: 5, article: 90}
	case content.SummaryBullets:
		return budget{least: 30, most: 130, shortest: 8, longest: 30, fewest: 3, highest: 5, article: 150}
	default:
		return budget{least: 110, most: 180, shortest: 5, longest: 60, fewest: 2, highest: 12, article: 250}
	}
}

// choose returns the sentences of one summary, nil when the article does not
// yield one.
func (d *document) choose(scores []float64, length content.SummaryLength) []int {
	b := budgetOf(length)
	if d.size() < b.article {
		return nil
	}
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch {
		case scores[x] > scores[y]:
			return -1
		case scores[x] < scores[y]:
			return 1
		}
		return 0
	})
	var chosen []int
	words := 0
	for _, i := range order {
		s := &d.sentences[i]
		if len(chosen) == b.highest || s.flaws != 0 || s.size < b.shortest || s.size > b.longest || words+s.size > b.most || d.repeats(s, chosen) {
			continue
		}
		chosen = append(chosen, i)
		words += s.size
		if words >= (b.least+b.most)/2 && length != content.SummaryBullets {
			break
		}
	}
	if len(chosen) < b.fewest || words < b.least && length != content.SummaryBrief {
		return nil
	}
	return chosen
}

// size is the words of the article.
func (d *document) size() int {
	n := 0
	for i := range d.sentences {
		n += d.sentences[i].size
	}
	return n
}

// repeats tells whether most of what s says is said by one of the others.
func (d *document) repeats(s *sentence, chosen []int) bool {
	for _, i := range chosen {
		if d.overlap(&d.sentences[i], s.content) > 0.5 {
			return true
		}
	}
	return false
}
