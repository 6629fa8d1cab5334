package publish_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/publish"
)

// items are records, each where its number says.
func items(drafts ...content.Draft) []ingest.Item {
	all := make([]ingest.Item, len(drafts))
	for i, d := range drafts {
		all[i] = ingest.Item{Where: fmt.Sprint("file:", i+1), Draft: d}
	}
	return all
}

// numbered are n different drafts.
func numbered(n int) []content.Draft {
	all := make([]content.Draft, n)
	for i := range all {
		all[i] = content.Draft{Title: fmt.Sprint("Article ", i), Body: "Text."}
	}
	return all
}

// titles are those of all articles, in the order in which they came in.
func titles(t *testing.T, store *db.DB) []string {
	t.Helper()
	all := []string{}
	for d, err := range store.Export(t.Context()) {
		if err != nil {
			t.Fatalf("Export failed: %v", err)
		}
		all = append(all, d.Title)
	}
	return all
}

func TestImport(t *testing.T) {
	t.Parallel()
	a, b := content.Draft{Title: "A", Body: "One."}, content.Draft{Title: "B", Source: "cms", ExternalID: "1"}
	changed := content.Draft{Title: "A", Body: "Two."}
	bad := ingest.Item{Where: "file:9", Err: content.FieldErrorf("title", "is blank")}
	page := ingest.Item{Where: "file:8", Skipped: "lists others"}
	for name, tt := range map[string]struct {
		before   []content.Draft
		items    []ingest.Item
		skip     bool
		report   publish.Report
		err      error
		problems []string
		titles   []string
	}{
		"nothing":     {titles: []string{}},
		"new":         {items: items(a, b), report: publish.Report{Created: 2}, titles: []string{"A", "B"}},
		"again":       {before: []content.Draft{a, b}, items: items(a, b), report: publish.Report{Unchanged: 2}, titles: []string{"A", "B"}},
		"changed":     {before: []content.Draft{a, b}, items: items(changed, b), report: publish.Report{Updated: 1, Unchanged: 1}, titles: []string{"A", "B"}},
		"twice":       {items: items(a, a, b), report: publish.Report{Created: 2, Unchanged: 1}, titles: []string{"A", "B"}},
		"page":        {items: append([]ingest.Item{page}, items(a)...), report: publish.Report{Created: 1, Skipped: 1}, titles: []string{"A"}},
		"two as one":  {items: items(a, changed), skip: true, report: publish.Report{Created: 1, Refused: 1}, problems: []string{`file:2: slug: "a" is that of another record, at file:1; give each its own`}, titles: []string{"A"}},
		"two by id":   {items: items(b, content.Draft{Title: "C", Source: "cms", ExternalID: "1"}), skip: true, report: publish.Report{Created: 1, Refused: 1}, problems: []string{`file:2: externalId: "1" is that of another record, at file:1; give each its own`}, titles: []string{"B"}},
		"bad":         {items: slices.Concat(items(a), []ingest.Item{bad}, items(b)), report: publish.Report{Created: 1, Refused: 1}, err: publish.ErrRefused, problems: []string{"file:9: title: is blank"}, titles: []string{"A"}},
		"bad, skip":   {items: slices.Concat(items(a), []ingest.Item{bad}, items(b)), skip: true, report: publish.Report{Created: 2, Refused: 1}, problems: []string{"file:9: title: is blank"}, titles: []string{"A", "B"}},
		"taken":       {before: []content.Draft{a}, items: items(content.Draft{Title: "C", Slug: "a", Source: "cms", ExternalID: "2"}, b), skip: true, report: publish.Report{Created: 1, Refused: 1}, problems: []string{`file:1: slug: "a" is taken by another article; choose another`}, titles: []string{"A", "B"}},
		"taken, stop": {before: []content.Draft{a}, items: items(content.Draft{Title: "C", Slug: "a", Source: "cms", ExternalID: "2"}), report: publish.Report{Refused: 1}, err: publish.ErrRefused, problems: []string{`file:1: slug: "a" is taken by another article; choose another`}, titles: []string{"A"}},
	} {
		store := dbtest.Open(t)
		if _, err := publish.Import(t.Context(), store, slices.Values(items(tt.before...)), publish.Options{}); err != nil {
			t.Fatalf("%s: the import before failed: %v", name, err)
		}
		var problems []string
		report, err := publish.Import(t.Context(), store, slices.Values(tt.items), publish.Options{
			SkipRefused: tt.skip,
			Problem:     func(p publish.Problem) { problems = append(problems, p.Where+": "+p.Err.Error()) },
		})
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: Import failed with %v, want %v", name, err, tt.err)
		}
		if diff := cmp.Diff(tt.report, report); diff != "" {
			t.Errorf("%s: report (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.problems, problems); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.titles, titles(t, store)); diff != "" {
			t.Errorf("%s: articles (-want +got):\n%s", name, diff)
		}
		if report.Read() != len(tt.items) && err == nil {
			t.Errorf("%s: %d records were read, want %d", name, report.Read(), len(tt.items))
		}
	}
}

func TestImportGoesOnWhereItWasStopped(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	drafts := numbered(250)
	ctx, cancel := context.WithCancel(t.Context())
	var progress []int
	_, err := publish.Import(ctx, store, slices.Values(items(drafts...)), publish.Options{Progress: func(read int) {
		progress = append(progress, read)
		cancel()
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Import, stopped, failed with %v, want %v", err, context.Canceled)
	}
	if got := len(titles(t, store)); got != 100 {
		t.Errorf("%d articles were written before the stop, want the first 100", got)
	}
	report, err := publish.Import(t.Context(), store, slices.Values(items(drafts...)), publish.Options{Progress: func(read int) { progress = append(progress, read) }})
	if err != nil {
		t.Fatalf("Import failed: %v", err)
	}
	if diff := cmp.Diff(publish.Report{Created: 150, Unchanged: 100}, report); diff != "" {
		t.Errorf("report of the second import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{100, 100, 200, 250}, progress); diff != "" {
		t.Errorf("progress of both (-want +got):\n%s", diff)
	}
	var want []string
	for _, d := range drafts {
		want = append(want, d.Title)
	}
	if diff := cmp.Diff(want, titles(t, store)); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
}

func TestImportPassesOnRemarks(t *testing.T) {
	t.Parallel()
	var notes []string
	note := func(where, note string) { notes = append(notes, where+": "+note) }
	records := []ingest.Item{{Where: "a.md", Draft: content.Draft{Title: "A"}, Notes: []string{"only an excerpt"}}, {Where: "b.md", Skipped: "lists others"}}
	if _, err := publish.Import(t.Context(), dbtest.Open(t), slices.Values(records), publish.Options{Note: note}); err != nil {
		t.Fatalf("Import failed: %v", err)
	}
	if diff := cmp.Diff([]string{"a.md: only an excerpt", "b.md: lists others"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestReportPlus(t *testing.T) {
	t.Parallel()
	a := publish.Report{Created: 1, Updated: 2, Unchanged: 3, Skipped: 4, Refused: 5}
	want := publish.Report{Created: 2, Updated: 4, Unchanged: 6, Skipped: 8, Refused: 10}
	if diff := cmp.Diff(want, a.Plus(a)); diff != "" {
		t.Errorf("Plus (-want +got):\n%s", diff)
	}
	if want.Read() != 30 {
		t.Errorf("Read() = %d, want 30", want.Read())
	}
}

func TestDraftHashTellsDraftsApart(t *testing.T) {
	t.Parallel()
	drafts := []content.Draft{
		{Title: "A"},
		{Title: "A", Body: "b"},
		{Title: "A", Standfirst: "b"},
		{Title: "A", Status: content.StatusDraft},
		{Title: "A", PublishedAt: &dbtest.Now},
		{Title: "A", UpdatedAt: &dbtest.Now},
		{Title: "A", Tags: []string{"b"}},
		{Title: "A", Tags: []string{"b", "c"}},
		{Title: "A", Authors: []content.Author{{Name: "b"}}},
		{Title: "A", Authors: []content.Author{{Name: "b", Slug: "b"}}},
		{Title: "A", Image: content.Image{URL: "b"}},
		{Title: "A", Image: content.Image{Alt: "b"}},
		{Title: "A", Section: "b"},
		{Title: "A", Language: "b"},
	}
	seen := map[string]int{}
	for i, d := range drafts {
		hash := string(publish.DraftHash(d))
		if other, found := seen[hash]; found {
			t.Errorf("%+v and %+v have the same hash", drafts[other], d)
		}
		seen[hash] = i
		if again := string(publish.DraftHash(d)); again != hash {
			t.Errorf("%+v has two hashes, %x and %x", d, hash, again)
		}
	}
}
