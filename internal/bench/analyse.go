package main

import (
	"context"
	"errors"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// analyse fills the full-text index of an archive of made-up articles, as the
// server would, and writes summaries, which are the beginnings of their bodies.
func analyse(ctx context.Context, path string) error {
	store, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(analyseAll(ctx, store), store.Close())
}

func analyseAll(ctx context.Context, store *db.DB) error {
	const version, batch = "generated", 400
	keys, err := store.WaitingForAnalysis(ctx, version)
	if err != nil {
		return err
	}
	merging := pipeline.New(store)
	for some := range slices.Chunk(keys, batch) {
		materials, err := store.Materials(ctx, some)
		if err != nil {
			return err
		}
		analyses := make([]db.Analysis, len(materials))
		for i := range materials {
			analyses[i] = db.Analysis{Material: &materials[i], Version: version, Summaries: beginnings(materials[i].Text)}
		}
		if err := store.SaveAnalyses(ctx, analyses, pipeline.Segment(materials)); err != nil {
			return err
		}
		if err := merging.MergeSegments(ctx); err != nil {
			return err
		}
	}
	return nil
}

func beginnings(body string) []content.Summary {
	of := func(length content.SummaryLength, bytes int) content.Summary {
		text := body[:min(bytes, len(body))]
		return content.Summary{
			Length: length, Origin: content.Extractive, Text: text,
			Sentences: []content.SummarySentence{{Text: text, End: len(text), Score: 0.5}},
		}
	}
	return []content.Summary{of(content.SummaryBrief, 150), of(content.SummaryShort, 350)}
}
