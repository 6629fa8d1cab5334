package pipeline

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"nutgraph/db"
	"nutgraph/internal/linker"
	"nutgraph/internal/parallel"
	"nutgraph/internal/related"
)

// linkAll draws the edges of all articles that wait for it, with the whole
// archive's profiles in memory. When the archive has outgrown its model, a new
// one is learned first, and all articles wait. With a pacer it does one article
// at a time, and yields to readers.
func (p *Pipeline) linkAll(ctx context.Context, pacer *pacer, progress Progress) error {
	outgrown, err := p.outgrown(ctx)
	if err != nil {
		return err
	}
	waiting, err := p.store.WaitingForEdges(ctx, p.version)
	if err != nil {
		return err
	}
	if due, err := p.rebuildDue(ctx); err != nil || len(waiting) == 0 && !due {
		return err
	}
	stored, err := p.profiles(ctx)
	if err != nil {
		return err
	}
	index, err := p.index(ctx, outgrown, stored.all)
	if err != nil {
		return err
	}
	if waiting, err = p.store.WaitingForEdges(ctx, p.version); err != nil {
		return err
	}
	// What has come since the profiles were read waits for the next time.
	waiting = slices.DeleteFunc(waiting, func(s db.EdgeState) bool { return stored.byKey[s.Key] == nil })
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return p.post(ctx, index, &stored) })
	group.Go(func() error { return p.draw(ctx, waiting, index, &stored, pacer, progress) })
	return group.Wait()
}

// draw draws the edges of articles among those of an index.
func (p *Pipeline) draw(ctx context.Context, waiting []db.EdgeState, index *related.Index, stored *profiles, pacer *pacer, progress Progress) error {
	done := 0
	progress(Linking, done, len(waiting))
	one := func(state db.EdgeState) db.Edges {
		profile := stored.byKey[state.Key]
		candidates := index.Candidates(profile, related.Pool)
		if state.Rebuild {
			return edges(profile, stored.revisions[state.Key], candidates, index.Model)
		}
		return edgesBothWays(profile, stored.revisions[state.Key], candidates, stored.least, index.Model)
	}
	draw := func(ctx context.Context, states []db.EdgeState) ([]db.Edges, error) {
		if pacer == nil {
			return parallel.Map(states, one), nil
		}
		drawn := make([]db.Edges, len(states))
		for i, state := range states {
			if err := pacer.do(ctx, func(context.Context) error { drawn[i] = one(state); return nil }); err != nil {
				return nil, err
			}
		}
		return drawn, nil
	}
	return parallel.Batches(ctx, slices.Chunk(waiting, p.batch), draw, func(ctx context.Context, edges []db.Edges) error {
		if err := p.store.SaveEdges(ctx, edges); err != nil {
			return err
		}
		done += len(edges)
		progress(Linking, done, len(waiting))
		return nil
	})
}

// index is that of the whole archive, under the model there is or a new one.
func (p *Pipeline) index(ctx context.Context, anew bool, profiles []*related.Profile) (*related.Index, error) {
	if anew {
		return p.learn(ctx, profiles)
	}
	model, err := p.links.Model(ctx)
	if err != nil {
		return nil, err
	}
	return model.Index(profiles), nil
}

// profiles are those of all articles that can have edges.
type profiles struct {
	all       []*related.Profile
	byKey     map[int64]*related.Profile
	revisions map[int64]int
	least     map[int64]float64 // that an edge must score to enter a list
}

func (p *Pipeline) profiles(ctx context.Context) (profiles, error) {
	read := profiles{byKey: map[int64]*related.Profile{}, revisions: map[int64]int{}, least: map[int64]float64{}}
	for stored, err := range p.store.Profiles(ctx, p.version) {
		if err != nil {
			return read, err
		}
		profile, err := linker.Unpack(stored)
		if err != nil {
			return read, err
		}
		read.all = append(read.all, profile)
		read.byKey[stored.Key], read.revisions[stored.Key], read.least[stored.Key] = profile, stored.Revision, stored.Least
	}
	return read, nil
}

// edges are what is stored of an article's place among its candidates when those
// are drawn as well.
func edges(profile *related.Profile, revision int, candidates []*related.Profile, model *related.Model) db.Edges {
	return db.Edges{
		Key: profile.Key, Revision: revision, PublishedAt: profile.PublishedAt, Place: model.MarshalPlace(profile),
		To: linker.Edges(related.Rank(profile, candidates, model, db.MaxEdges)),
	}
}

// edgesBothWays are likewise when they are not: then the article enters the lists
// of candidates where it is strong enough, also of those that are not among its
// own best.
func edgesBothWays(profile *related.Profile, revision int, candidates []*related.Profile, least map[int64]float64, model *related.Model) db.Edges {
	own, entered := related.Link(profile, candidates, model, db.MaxEdges, func(key int64, score float64) bool { return score >= least[key] })
	return db.Edges{
		Key: profile.Key, Revision: revision, PublishedAt: profile.PublishedAt, Place: model.MarshalPlace(profile),
		Postings: postings(profile, model), To: linker.Edges(own), Entered: linker.Edges(entered),
	}
}

// link draws the edges of one article, and puts it into the lists of others
// where it belongs, with candidates from the store.
func (p *Pipeline) link(ctx context.Context, key int64) error {
	model, err := p.links.Model(ctx)
	if isNotFound(err) {
		return p.linkAll(ctx, nil, func(Stage, int, int) {})
	}
	if err != nil {
		return err
	}
	stored, err := p.store.ProfilesByKey(ctx, []int64{key}, p.version)
	if err != nil || len(stored) == 0 {
		return err
	}
	profile, err := linker.Unpack(stored[0])
	if err != nil {
		return err
	}
	candidates, least, err := p.links.Candidates(ctx, profile, model)
	if err != nil {
		return err
	}
	return p.store.SaveEdges(ctx, []db.Edges{edgesBothWays(profile, stored[0].Revision, candidates, least, model)})
}
