package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

// A model is learned anew when the archive has grown by a quarter, and, so
// that the first articles do not each cause one, by a few.
const (
	growthNumerator, growthDenominator = 5, 4
	growthLeast                        = 20
)

// outgrown tells whether a new model is due: there is none, it is of another
// version, or it knows too little of the archive.
func (p *Pipeline) outgrown(ctx context.Context) (bool, error) {
	articles, err := p.store.CountProfiles(ctx, p.version)
	if err != nil {
		return false, fmt.Errorf("count what can be linked: %w", err)
	}
	m, err := p.store.LatestModel(ctx)
	if isNotFound(err) {
		return articles > 0, nil
	}
	return m.Version != p.version || articles*growthDenominator >= m.Articles*growthNumerator+growthLeast*growthDenominator, err
}

// rebuildDue tells whether a new model is due, or the postings of the one there
// is have not all been written.
func (p *Pipeline) rebuildDue(ctx context.Context) (bool, error) {
	if outgrown, err := p.outgrown(ctx); outgrown || err != nil {
		return outgrown, err
	}
	m, err := p.store.LatestModel(ctx)
	if isNotFound(err) {
		return false, nil
	}
	return !m.Posted, err
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*content.Error](err)
	return ok && e.Code == content.NotFound
}

// learn makes a new model of the whole archive, under which all edges wait to
// be drawn again, and indexes the archive under it. Noting the former writes every
// analysis, which takes as long as the latter.
func (p *Pipeline) learn(ctx context.Context, profiles []*related.Profile) (*related.Index, error) {
	data, err := related.Learn(profiles).MarshalBinary()
	if err != nil {
		return nil, fmt.Errorf("write the model: %w", err)
	}
	model := &related.Model{} // as everybody will read it
	if err := model.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("read the model: %w", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		return p.store.StartRebuild(ctx, db.Model{Version: p.version, Articles: len(profiles), LearnedAt: time.Now().UTC(), Data: data})
	})
	index := model.Index(profiles)
	return index, group.Wait()
}
