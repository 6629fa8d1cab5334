package search

import (
	"context"

	"nutgraph/internal/index"
)

// How many of the best hits lead to others, and how much that counts against
// the words.
const (
	leaders    = 3
	storyShare = 0.7
)

// stories lets the best hits of a query that is answered in part lead to others
// that tell the same story in other words: those they are related to.
func (f *Found) stories(ctx context.Context) error {
	best, err := f.ranking.first(leaders)
	if err != nil || len(best) == 0 {
		return err
	}
	links, err := f.store.LinksFrom(ctx, keysOf(best))
	if err != nil {
		return err
	}
	scores, support, sum := map[int64]float32{}, map[int64]float32{}, float32(0)
	for _, h := range best {
		scores[h.Key] = h.Score
		sum += h.Score
	}
	for _, h := range best {
		support[h.Key] = h.Score / sum
	}
	for _, l := range links {
		// Cubed: it is the same story that is looked for, not the same subject.
		support[l.To] += scores[l.From] * float32(l.Score*l.Score*l.Score) / sum
	}
	words := f.ranking.admit
	f.ranking = f.ranked(&ranking{hits: f.ranking.hits, admit: func(h *index.Hit) bool {
		if !words(h) {
			return false
		}
		h.Score = (1-storyShare)*h.Score + storyShare*best[0].Score*min(1, support[h.Key])
		return true
	}})
	_, err = f.ranking.first(1) // and so how many there are
	return err
}
