package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/parallel"
	"nutgraph/internal/related"
)

// rebuildShare is the share of new articles, one in so many, above which the
// edges of the whole archive are drawn again: with that many, nearly every list
// changes, and the document frequencies have.
const rebuildShare = 20

// linkAll draws the edges of all articles that wait for it, with the whole
// archive's profiles in memory.
func (p *Pipeline) linkAll(ctx context.Context, progress Progress) error {
	waiting, err := p.waiting(ctx)
	if err != nil || len(waiting) == 0 {
		return err
	}
	archive, err := p.load(ctx)
	if err != nil {
		return err
	}
	done := 0
	progress(Linking, done, len(waiting))
	draw := func(_ context.Context, states []db.EdgeState) ([]db.Edges, error) {
		return parallel.Map(states, archive.edges), nil
	}
	return parallel.Batches(ctx, waiting, p.batch, draw, func(ctx context.Context, edges []db.Edges) error {
		if err := p.store.SaveEdges(ctx, edges); err != nil {
			return err
		}
		done += len(edges)
		progress(Linking, done, len(waiting))
		return nil
	})
}

// waiting lists the articles whose edges are to be drawn. When too many of them
// are new, those of all articles are.
func (p *Pipeline) waiting(ctx context.Context) ([]db.EdgeState, error) {
	waiting, err := p.store.WaitingForEdges(ctx)
	if err != nil {
		return nil, err
	}
	fresh := 0
	for _, w := range waiting {
		if !w.Rebuild {
			fresh++
		}
	}
	total, err := p.store.CountProfiles(ctx)
	if err != nil {
		return nil, err
	}
	if fresh*rebuildShare < total || fresh == 0 {
		return waiting, nil
	}
	if err := p.store.StartRebuild(ctx); err != nil {
		return nil, err
	}
	return p.store.WaitingForEdges(ctx)
}

// archive is the profiles of all articles, in memory.
type archive struct {
	index     *related.Index
	profiles  map[int64]*related.Profile
	revisions map[int64]int
}

func (p *Pipeline) load(ctx context.Context) (*archive, error) {
	a := &archive{profiles: map[int64]*related.Profile{}, revisions: map[int64]int{}}
	var all []*related.Profile
	for stored, err := range p.store.Profiles(ctx) {
		if err != nil {
			return nil, err
		}
		profile, err := read(stored)
		if err != nil {
			return nil, err
		}
		all = append(all, profile)
		a.profiles[stored.Key], a.revisions[stored.Key] = profile, stored.Revision
	}
	a.index = related.NewIndex(all)
	return a, nil
}

func read(stored db.Profile) (*related.Profile, error) {
	profile := &related.Profile{}
	if err := profile.UnmarshalBinary(stored.Data); err != nil {
		return nil, fmt.Errorf("read the profile of article %d: %w", stored.Key, err)
	}
	profile.Key = stored.Key
	return profile, nil
}

func (a *archive) edges(state db.EdgeState) db.Edges {
	profile := a.profiles[state.Key]
	e := drawn(profile, a.revisions[state.Key], a.index.Candidates(profile, related.Pool), a.index)
	e.Both = !state.Rebuild
	return e
}

// drawn is what is stored of an article's place among its candidates.
func drawn(profile *related.Profile, revision int, candidates []*related.Profile, s related.Statistics) db.Edges {
	e := db.Edges{Key: profile.Key, Revision: revision, Postings: postings(profile, s)}
	for _, edge := range related.Rank(profile, candidates, s, db.MaxEdges) {
		e.To = append(e.To, db.EdgeTo{Key: edge.Key, Score: edge.Score, Reasons: edge.Reasons})
	}
	return e
}

func postings(profile *related.Profile, s related.Statistics) []db.Posting {
	var all []db.Posting
	for _, key := range profile.Keys(s) {
		all = append(all, db.Posting{Term: uint32(key.Term), Weight: float64(key.Weight)})
	}
	return all
}

// link draws the edges of one article, and puts it into the lists of those at
// their other ends, with what the store knows of the rest of the archive.
func (p *Pipeline) link(ctx context.Context, key int64) error {
	stored, err := p.store.ProfilesByKey(ctx, []int64{key})
	if err != nil || len(stored) == 0 {
		return err
	}
	profile, err := read(stored[0])
	if err != nil {
		return err
	}
	statistics, err := p.statistics(ctx, profile)
	if err != nil {
		return err
	}
	candidates, err := p.candidates(ctx, profile, statistics)
	if err != nil {
		return err
	}
	if statistics, err = p.statistics(ctx, append(candidates, profile)...); err != nil {
		return err
	}
	edges := drawn(profile, stored[0].Revision, candidates, statistics)
	edges.Both = true
	return p.store.SaveEdges(ctx, []db.Edges{edges})
}

// candidates finds the articles to compare one with. More than are wanted are
// read, because the distance in time counts too.
func (p *Pipeline) candidates(ctx context.Context, profile *related.Profile, s related.Statistics) ([]*related.Profile, error) {
	found, err := p.store.Candidates(ctx, profile.Key, postings(profile, s), 10*related.Pool)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b db.Candidate) int {
		return cmp.Compare(b.Weight*related.Recency(profile.PublishedAt, b.PublishedAt), a.Weight*related.Recency(profile.PublishedAt, a.PublishedAt))
	})
	keys := make([]int64, min(len(found), related.Pool))
	for i := range keys {
		keys[i] = found[i].Key
	}
	stored, err := p.store.ProfilesByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	profiles := make([]*related.Profile, len(stored))
	for i := range stored {
		if profiles[i], err = read(stored[i]); err != nil {
			return nil, err
		}
	}
	return profiles, nil
}

// statistics are the document frequencies of the terms of a few articles.
type statistics struct {
	articles    int
	frequencies map[uint32]int
}

// Articles implements related.Statistics.
func (s statistics) Articles(string) int { return s.articles }

// Frequency implements related.Statistics.
func (s statistics) Frequency(id related.TermID) int { return s.frequencies[uint32(id)] }

func (p *Pipeline) statistics(ctx context.Context, profiles ...*related.Profile) (s statistics, err error) {
	seen := map[uint32]bool{}
	var ids []uint32
	for _, profile := range profiles {
		for _, id := range terms(profile).IDs {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	if s.articles, err = p.store.CountLanguage(ctx, profiles[len(profiles)-1].Language); err != nil {
		return s, err
	}
	s.frequencies, err = p.store.Frequencies(ctx, ids)
	return s, err
}
