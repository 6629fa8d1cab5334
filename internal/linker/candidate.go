package linker

import (
	"cmp"
	"context"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

// Candidates finds the articles to compare one with, as related.Index does,
// from the postings in the store.
func (l *Linker) Candidates(ctx context.Context, profile *related.Profile, model *related.Model) ([]*related.Profile, error) {
	found, err := l.meet(ctx, profile, model, content.Bounds{})
	if err != nil {
		return nil, err
	}
	return l.profiles(ctx, keysOf(found[:min(len(found), related.Pool)]))
}

// candidatesIn finds the articles to compare one with among those that where
// selects. When too few of those that share its terms are, the articles next to
// it in time are taken as well, so that what there is is found.
func (l *Linker) candidatesIn(ctx context.Context, profile *related.Profile, model *related.Model, where *content.ArticleWhere) ([]int64, error) {
	found, err := l.meet(ctx, profile, model, where.Bounds())
	if err != nil {
		return nil, err
	}
	var keys []int64
	for chunk := range slices.Chunk(found, chosenAtOnce) {
		chosen, err := l.store.Choose(ctx, keysOf(chunk), where)
		if err != nil {
			return nil, err
		}
		if keys = append(keys, chosen...); len(keys) >= related.Pool {
			return keys[:related.Pool], nil
		}
	}
	near, err := l.store.Nearest(ctx, db.Place{PublishedAt: profile.PublishedAt, Article: profile.Key, Language: profile.Language}, where, related.Pool-len(keys))
	return append(keys, near...), err
}

// chosenAtOnce is how many candidates are looked at in one statement.
const chosenAtOnce = 2000

// candidate adds up what an article has in common with another one.
type candidate struct {
	key     int64
	sum     float32
	recency float64
}

func (c *candidate) score() float64 { return float64(c.sum) * c.recency }

func keysOf(candidates []*candidate) []int64 {
	keys := make([]int64, len(candidates))
	for i, c := range candidates {
		keys[i] = c.key
	}
	return keys
}

// meet lists the articles that share terms with one, those that share the
// weightiest first.
func (l *Linker) meet(ctx context.Context, profile *related.Profile, model *related.Model, within content.Bounds) ([]*candidate, error) {
	sums := map[int64]*candidate{}
	for _, key := range profile.Keys(model) {
		near, err := l.store.PostingsNear(ctx, uint32(key.Term), db.Place{PublishedAt: profile.PublishedAt, Article: profile.Key}, within, related.Window)
		if err != nil {
			return nil, err
		}
		for _, n := range near {
			c := sums[n.Key]
			if c == nil {
				c = &candidate{key: n.Key, recency: related.Recency(profile, &related.Profile{PublishedAt: n.PublishedAt})}
				sums[n.Key] = c
			}
			c.sum += key.Weight * float32(n.Weight)
		}
	}
	delete(sums, profile.Key)
	all := make([]*candidate, 0, len(sums))
	for _, c := range sums {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score(), a.score()), cmp.Compare(a.key, b.key))
	})
	return all, nil
}
