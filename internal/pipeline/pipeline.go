// Package pipeline does the work behind the archive: it summarises what is new
// or changed, and links it to what it has to do with. It finds out by itself
// what is waiting, so that nothing is lost when it is stopped, and doing a thing
// twice changes nothing.
//
// An import catches up with everything at once:
//
//	err := pipeline.New(store).CatchUp(ctx, nil)
//
// A server leaves jobs in the queue and does one article at a time:
//
//	p := pipeline.New(store)
//	workers, err := store.Work(ctx, 2, log, p.Process)
//	more, err := p.Sweep(ctx, time.Now())
package pipeline

import (
	"context"
	"fmt"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/index"
	"nutgraph/internal/linker"
	"nutgraph/internal/related"
	"nutgraph/internal/summary"
)

// Pipeline summarises and links articles of one archive.
type Pipeline struct {
	store   *db.DB
	version string
	batch   int // how many articles are read, and written in one transaction
	links   *linker.Linker
	pacer   *pacer // nil where nobody is served
}

// New returns the pipeline of an archive.
func New(store *db.DB) *Pipeline {
	version := fmt.Sprintf("summary %d, related %d, index %d", summary.Version, related.Version, index.Version)
	return &Pipeline{store: store, version: version, batch: batchSize, links: linker.New(store, version)}
}

// Linker returns what compares articles as this pipeline does.
func (p *Pipeline) Linker() *linker.Linker { return p.links }

// Stage is a part of the work that CatchUp reports the progress of.
type Stage string

// The stages, in their order.
const (
	Summarising Stage = "summarising"
	Linking     Stage = "linking"
)

// Progress is told how far a stage is.
type Progress func(stage Stage, done, total int)

// CatchUp does everything that is waiting, in parallel. It may be stopped at
// any moment, and goes on from there when it is called again.
func (p *Pipeline) CatchUp(ctx context.Context, progress Progress) error {
	if progress == nil {
		progress = func(Stage, int, int) {}
	}
	if err := p.analyseAll(ctx, progress); err != nil {
		return fmt.Errorf("summarise: %w", err)
	}
	if err := p.linkAll(ctx, nil, progress); err != nil {
		return fmt.Errorf("link: %w", err)
	}
	return nil
}

// Process summarises and links one article. It is the work of one job. What has
// been made before, by an older version or model, is made again at leisure. What is
// new lets those go first who are just writing: sixteen editors and the work behind
// them share the processors of a small machine.
func (p *Pipeline) Process(ctx context.Context, id content.ID) error {
	key, err := p.store.ArticleKey(ctx, id)
	if content.IsNotFound(err) {
		return nil // it was purged
	}
	if err != nil {
		return err
	}
	analysed, err := p.store.IsAnalysed(ctx, key)
	if err != nil {
		return err
	}
	if analysed {
		return p.pacer.do(ctx, func(ctx context.Context) error { return p.process(ctx, key) })
	}
	if err := quiet(ctx, p.store.IsEdited); err != nil {
		return err
	}
	return p.process(ctx, key)
}

func (p *Pipeline) process(ctx context.Context, key int64) error {
	if err := p.analyse(ctx, key); err != nil {
		return fmt.Errorf("summarise: %w", err)
	}
	if err := p.link(ctx, key); err != nil {
		return fmt.Errorf("link: %w", err)
	}
	return nil
}

// How much a sweep puts into the queue at once, and how long it leaves alone
// what has just been written: an import does its own work.
const (
	sweepBatch = 500
	sweepAfter = 2 * time.Minute
	keepEvents = 30 * 24 * time.Hour
)

// Sweep leaves a job for what is waiting, newest articles first: what an import
// that was stopped has left, and what an older version has made. It tells
// whether there may be more. When the archive has outgrown the model of the
// relatedness engine, Sweep learns a new one and draws all edges again itself.
// Events of a month ago are forgotten.
func (p *Pipeline) Sweep(ctx context.Context, now time.Time) (more bool, err error) {
	if err := p.store.ForgetEvents(ctx, now.Add(-keepEvents)); err != nil {
		return false, fmt.Errorf("forget old events: %w", err)
	}
	if due, err := p.rebuildDue(ctx); due || err != nil {
		if err == nil {
			err = p.linkAll(ctx, p.pacer, func(Stage, int, int) {})
		}
		return false, err
	}
	waiting, err := p.store.Waiting(ctx, p.version, now.Add(-sweepAfter), sweepBatch)
	if err != nil {
		return false, fmt.Errorf("look for waiting articles: %w", err)
	}
	if err := p.store.Enqueue(ctx, waiting); err != nil {
		return false, fmt.Errorf("queue waiting articles: %w", err)
	}
	return len(waiting) == sweepBatch, nil
}
