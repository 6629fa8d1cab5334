package linker

import (
	"container/heap"
	"context"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

// Candidates finds the articles to compare one with, as related.Index does,
// from the postings in the store, and what an edge must score to enter the list
// of each.
func (l *Linker) Candidates(ctx context.Context, profile *related.Profile, model *related.Model) (found []*related.Profile, least map[int64]float64, err error) {
	met, err := l.meet(ctx, profile, model, content.Bounds{})
	if err != nil {
		return nil, nil, err
	}
	stored, err := l.store.ProfilesByKey(ctx, met.best(related.Pool), l.version)
	if err != nil {
		return nil, nil, err
	}
	least = make(map[int64]float64, len(stored))
	for _, s := range stored {
		least[s.Key] = s.Least
	}
	found, err = unpackAll(stored, model)
	return found, least, err
}

// How many candidates are looked at in one statement, and how many in all when
// there are enough: those behind share little.
const (
	chosenAtOnce = 500
	lookedAt     = 4000
	enough       = 3 * db.MaxEdges // of which some are near duplicates
)

// candidatesIn finds the articles to compare one with among those that where
// selects. When too few of those that share its terms are, the articles next to
// it in time are taken as well, so that what there is is found.
func (l *Linker) candidatesIn(ctx context.Context, profile *related.Profile, model *related.Model, where *content.ArticleWhere) ([]int64, error) {
	met, err := l.meet(ctx, profile, model, where.Bounds())
	if err != nil {
		return nil, err
	}
	var keys []int64
	for looked := 0; met.Len() > 0; looked += chosenAtOnce {
		if len(keys) >= related.Pool || len(keys) >= enough && looked >= lookedAt {
			break
		}
		chosen, err := l.store.Choose(ctx, met.best(chosenAtOnce), where)
		if err != nil {
			return nil, err
		}
		keys = append(keys, chosen...)
	}
	if len(keys) >= enough {
		return keys[:min(len(keys), related.Pool)], nil
	}
	near, err := l.store.Nearest(ctx, db.Place{PublishedAt: profile.PublishedAt, Article: profile.Key, Language: profile.Language}, where, related.Pool-len(keys))
	return append(keys, near...), err
}

// candidate adds up what an article has in common with another one.
type candidate struct {
	key     int64
	sum     float32
	recency float64
}

func (c *candidate) score() float64 { return float64(c.sum) * c.recency }

// candidates are a heap with the one that shares the weightiest terms on top.
type candidates []candidate

func (c candidates) Len() int      { return len(c) }
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c candidates) Less(i, j int) bool {
	if a, b := c[i].score(), c[j].score(); a != b {
		return a > b
	}
	return c[i].key < c[j].key
}

// Push and Pop implement heap.Interface.
func (c *candidates) Push(x any) { *c = append(*c, x.(candidate)) }

func (c *candidates) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}

// best takes the keys of the n best out of the heap, best first.
func (c *candidates) best(n int) []int64 {
	keys := make([]int64, min(n, len(*c)))
	for i := range keys {
		keys[i] = heap.Pop(c).(candidate).key
	}
	return keys
}

// meet finds the articles that share terms with one.
func (l *Linker) meet(ctx context.Context, profile *related.Profile, model *related.Model, within content.Bounds) (candidates, error) {
	keys := profile.Keys(model)
	terms := make([]uint32, len(keys))
	for i, key := range keys {
		terms[i] = uint32(key.Term)
	}
	var met candidates
	at := map[int64]int{} // places in met
	place := db.Place{PublishedAt: profile.PublishedAt, Article: profile.Key}
	err := l.store.PostingsNear(ctx, terms, place, within, related.Window, func(term int, c db.Candidate) {
		i, known := at[c.Key]
		if !known {
			i = len(met)
			at[c.Key] = i
			met = append(met, candidate{key: c.Key, recency: related.Recency(profile, &related.Profile{PublishedAt: c.PublishedAt})})
		}
		met[i].sum += keys[term].Weight * c.Weight
	})
	if i, known := at[profile.Key]; known {
		met[i] = met[len(met)-1]
		met = met[:len(met)-1]
	}
	heap.Init(&met)
	return met, err
}
