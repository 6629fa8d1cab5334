package ingest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"nutgraph/internal/ingest"
)

// read opens a document as standard input and returns its items.
func read(t *testing.T, document string, format ingest.Format) []ingest.Item {
	t.Helper()
	items, err := ingest.Open(t.Context(), "-", ingest.Options{Format: format, Stdin: strings.NewReader(document)})
	if err != nil {
		t.Fatalf("Open(%.60q): %v", document, err)
	}
	var all []ingest.Item
	for item := range items {
		all = append(all, item)
	}
	return all
}

// readOne is read for a document that holds one article and no mistake.
func readOne(t *testing.T, document string, format ingest.Format) ingest.Item {
	t.Helper()
	items := read(t, document, format)
	if len(items) != 1 || items[0].Err != nil || items[0].Skipped != "" {
		t.Fatalf("Open(%.200q) gives %d items: %+v, want one article", document, len(items), items)
	}
	return items[0]
}

// openSource opens a source by name and returns its items.
func openSource(ctx context.Context, t *testing.T, source string, o ingest.Options) ([]ingest.Item, error) {
	t.Helper()
	items, err := ingest.Open(ctx, source, o)
	if err != nil {
		return nil, err
	}
	var all []ingest.Item
	for item := range items {
		all = append(all, item)
	}
	return all, nil
}

func at(s string) *time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	t = t.UTC()
	return &t
}
