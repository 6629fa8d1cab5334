package pipeline

import (
	"context"
	"fmt"
	"math"

	"nutgraph/db"
	"nutgraph/internal/related"
)

// postedAtOnce is how many postings one transaction replaces: some 50
// milliseconds in which nobody else writes.
const postedAtOnce = 20_000

// post replaces all postings by those of a new model, once, a range of terms
// after the other.
func (p *Pipeline) post(ctx context.Context, index *related.Index, stored *profiles) error {
	model, err := p.store.LatestModel(ctx)
	if err != nil || model.Posted {
		return err
	}
	var some []db.ArticlePosting
	first := uint32(0)
	for key, profile := range index.Postings() {
		// A term does not stand in two ranges.
		if n := len(some); n >= postedAtOnce && some[n-1].Term != uint32(key.Term) {
			if err := p.store.ReplacePostings(ctx, first, uint32(key.Term)-1, some); err != nil {
				return fmt.Errorf("write the postings from %d on: %w", first, err)
			}
			some, first = some[:0], uint32(key.Term)
		}
		some = append(some, db.ArticlePosting{Posting: posting(key), PublishedAt: profile.PublishedAt, Article: profile.Key})
	}
	if err := p.store.ReplacePostings(ctx, first, math.MaxUint32, some); err != nil {
		return fmt.Errorf("write the postings from %d on: %w", first, err)
	}
	return p.store.FinishPostings(ctx, p.version, stored.revisions, func(article int64) []db.ArticlePosting {
		profile := stored.byKey[article]
		var all []db.ArticlePosting
		for _, key := range profile.Keys(index) {
			all = append(all, db.ArticlePosting{Posting: posting(key), PublishedAt: profile.PublishedAt, Article: article})
		}
		return all
	})
}

func posting(key related.Key) db.Posting {
	return db.Posting{Term: uint32(key.Term), Weight: key.Weight}
}

// postings are those of one article.
func postings(profile *related.Profile, s related.Statistics) []db.Posting {
	keys := profile.Keys(s)
	all := make([]db.Posting, len(keys))
	for i, key := range keys {
		all[i] = posting(key)
	}
	return all
}
