package pipeline

import (
	"context"
	"fmt"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/index"
	"nutgraph/internal/parallel"
	"nutgraph/internal/related"
	"nutgraph/internal/summary"
)

// batchSize is large enough for a durable commit to cost nothing, and small
// enough for other writers to get between.
const batchSize = 400

// analyseAll makes the summaries and profiles of all articles that wait for it.
func (p *Pipeline) analyseAll(ctx context.Context, progress Progress) error {
	keys, err := p.store.WaitingForAnalysis(ctx, p.version)
	if err != nil || len(keys) == 0 {
		return err
	}
	done := 0
	progress(Summarising, done, len(keys))
	return parallel.Batches(ctx, slices.Chunk(keys, p.batch), p.analyses, func(ctx context.Context, b *batch) error {
		if err := p.saveBatch(ctx, b); err != nil {
			return err
		}
		done += len(b.analyses)
		progress(Summarising, done, len(keys))
		return nil
	})
}

// analyse makes the summaries and the profile of one article.
func (p *Pipeline) analyse(ctx context.Context, key int64) error {
	b, err := p.analyses(ctx, []int64{key})
	if err != nil {
		return err
	}
	return p.saveBatch(ctx, b)
}

// batch is what is made of some articles, to be saved together.
type batch struct {
	analyses []db.Analysis
	entries  []index.Entry // of those that are published
}

// saveBatch also builds the segment, which takes one processor, while the next
// batch is made on all of them.
func (p *Pipeline) saveBatch(ctx context.Context, b *batch) error {
	if err := p.store.SaveAnalyses(ctx, b.analyses, packed(index.Build(b.entries))); err != nil {
		return err
	}
	return p.MergeSegments(ctx)
}

// analyses makes one batch.
func (p *Pipeline) analyses(ctx context.Context, keys []int64) (*batch, error) {
	materials, err := p.store.Materials(ctx, keys)
	if err != nil {
		return nil, err
	}
	// All is made of one article before the next: the words of one are remembered
	// that long, also those that are seldom met.
	type result struct {
		analysis db.Analysis
		entry    index.Entry
		err      error
	}
	b := &batch{analyses: make([]db.Analysis, len(materials))}
	for i, r := range parallel.Map(materials, func(m db.Material) (r result) {
		if m.Published {
			r.entry = entry(&m)
		}
		r.analysis, r.err = p.analysis(&m)
		return r
	}) {
		if r.err != nil {
			return nil, fmt.Errorf("article %s: %w", materials[i].ID, r.err)
		}
		b.analyses[i] = r.analysis
		if materials[i].Published {
			b.entries = append(b.entries, r.entry)
		}
	}
	return b, nil
}

func (p *Pipeline) analysis(m *db.Material) (db.Analysis, error) {
	a := db.Analysis{
		Material:  m,
		Version:   p.version,
		Summaries: summary.Extract(summary.Article{Title: m.Title, Standfirst: m.Standfirst, Text: m.Text, Language: m.Language}),
	}
	if !m.Published {
		return a, nil
	}
	profile := related.Analyse(related.Document{
		Key: m.Key, Title: m.Title, Standfirst: m.Standfirst, Text: m.Text, Language: m.Language,
		PublishedAt: m.PublishedAt, Section: m.Section, Tags: m.Tags, Authors: m.Authors,
	})
	for t := range profile.Terms() {
		a.Terms = append(a.Terms, uint32(t.ID))
	}
	var err error
	a.Profile, err = profile.MarshalBinary()
	return a, err
}
