package search_test

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

// The corpora lie beside the project and are no part of it.
var corpora = flag.String("corpora", "../../../shared/corpora", "folder of the evaluation corpora")

// text is a line of a file of articles in the corpora.
type text struct {
	ID        string
	Lang      string
	Title     string
	Heading   string
	Text      string
	Labels    []string
	Cluster   string
	Published string `json:"published_at"`
}

func (x text) draft() content.Draft {
	d := content.Draft{
		Title: x.Title, Slug: fmt.Sprintf("%x", sha256.Sum256([]byte(x.ID))), Standfirst: x.Heading, Body: x.Text, BodyFormat: content.Text, Language: x.Lang,
		Status: content.StatusPublished, Source: "corpora", ExternalID: x.ID,
	}
	if d.Title == "" {
		d.Title = "–" // no word: there is none in the source
	}
	at := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, x.Published); err == nil {
			at = t
		}
	}
	d.PublishedAt = &at
	if x.Heading != "" && len(x.Labels) > 0 {
		d.Section = x.Labels[0]
	}
	return d
}

// lines reads a file of the corpora, and skips the test when it is not there.
func lines[T any](tb testing.TB, name string, visit func(T) (more bool)) {
	tb.Helper()
	f, err := os.Open(filepath.Join(*corpora, name))
	if err != nil {
		tb.Skipf("the corpora are not here: %v; give their folder with -corpora", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var v T
		if err := json.Unmarshal(scan.Bytes(), &v); err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		if !visit(v) {
			return
		}
	}
	if err := scan.Err(); err != nil {
		tb.Fatal(err)
	}
}

// index makes an archive whose articles can be found, without summaries and
// edges.
func indexed(tb testing.TB, path string, texts []text) *db.DB {
	tb.Helper()
	store := dbtest.OpenFile(tb, path, func() time.Time { return dbtest.Now })
	for batch := range slices.Chunk(texts, 500) {
		filings := make([]db.Filing, len(batch))
		for i, x := range batch {
			var err error
			if filings[i], err = publish.File(x.draft()); err != nil {
				tb.Fatal(err)
			}
		}
		outcomes, err := store.Save(tb.Context(), filings)
		if err != nil {
			tb.Fatal(err)
		}
		for _, o := range outcomes {
			if o.Err != nil {
				tb.Fatal(o.Err)
			}
		}
	}
	fill(tb, store)
	return store
}

// fill indexes what waits.
func fill(tb testing.TB, store *db.DB) {
	tb.Helper()
	ctx := tb.Context()
	keys, err := store.WaitingForAnalysis(ctx, "search")
	if err != nil {
		tb.Fatal(err)
	}
	merging := pipeline.New(store)
	for batch := range slices.Chunk(keys, 100) {
		materials, err := store.Materials(ctx, batch)
		if err != nil {
			tb.Fatal(err)
		}
		analyses := make([]db.Analysis, len(materials))
		for i := range materials {
			analyses[i] = db.Analysis{Material: &materials[i], Version: "search"}
		}
		if err := store.SaveAnalyses(ctx, analyses, pipeline.Segment(materials)); err != nil {
			tb.Fatal(err)
		}
		if err := merging.MergeSegments(ctx); err != nil {
			tb.Fatal(err)
		}
	}
}
