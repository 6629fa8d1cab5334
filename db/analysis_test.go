package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// materials reads what is to be analysed of all articles.
func (a *archive) materials(t *testing.T) []db.Material {
	t.Helper()
	keys := make([]int64, len(a.articles))
	for i := range a.articles {
		keys[i] = int64(i + 1)
	}
	materials, err := a.Materials(t.Context(), keys)
	if err != nil {
		t.Fatalf("Materials failed: %v", err)
	}
	return materials
}

// analysed saves an analysis of one material.
func (a *archive) analysed(t *testing.T, m db.Material, version string) {
	t.Helper()
	n := db.Analysis{
		Material: &m, Version: version,
		Summaries: []content.Summary{{Text: "Of " + version, Length: content.SummaryBrief, Origin: content.Extractive}},
	}
	if err := a.SaveAnalyses(t.Context(), []db.Analysis{n}, pipeline.Segment([]db.Material{m})); err != nil {
		t.Fatalf("SaveAnalyses failed: %v", err)
	}
}

func TestAnalysesOfWhatHasChangedArePassedOver(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.add(t, content.Draft{Title: "A", Body: "One."})
	read := a.materials(t)
	a.save(t, content.Draft{Title: "A", Body: "Two."})
	a.analysed(t, read[0], "1")
	if got := dbtest.Rows(t, a.path, `SELECT article_key FROM analysis`); len(got) != 0 {
		t.Errorf("the analysis of an older revision was saved for articles %v", got)
	}
	waiting, err := a.WaitingForAnalysis(t.Context(), "1")
	if diff := cmp.Diff([]int64{1}, waiting); diff != "" || err != nil {
		t.Errorf("waiting (-want +got, %v):\n%s", err, diff)
	}
}

func TestAnalysesOfWhatSomebodyElseHasAnalysedArePassedOver(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.add(t, content.Draft{Title: "A", Body: "One."})
	first, second := a.materials(t)[0], a.materials(t)[0]
	a.analysed(t, first, "first")
	a.analysed(t, second, "second")
	if diff := cmp.Diff([]string{"first"}, dbtest.Rows(t, a.path, `SELECT version FROM analysis`)); diff != "" {
		t.Errorf("a new article, analysed by two at once (-want +got):\n%s", diff)
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	for i := range 3 {
		a.add(t, content.Draft{Title: "A", Slug: fmt.Sprint("a-", i), Body: "One."})
	}
	waiting := func(version string) []int64 {
		t.Helper()
		keys, err := a.WaitingForAnalysis(t.Context(), version)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	want := func(when string, version string, keys ...int64) {
		t.Helper()
		if diff := cmp.Diff(keys, waiting(version)); diff != "" {
			t.Errorf("%s: waiting (-want +got):\n%s", when, diff)
		}
	}
	want("new", "1", 1, 2, 3)
	a.analyse(t, "1")
	want("analysed", "1")
	want("at another version", "2", 1, 2, 3)
	a.save(t, content.Draft{Title: "A", Slug: "a-1", Body: "Two."})
	want("edited", "1", 2)
	a.withdraw(t, a.articles[2])
	want("withdrawn", "1", 2, 3)

	ids, err := a.Waiting(t.Context(), "1", a.now, 10)
	if err != nil || len(ids) != 3 { // the third still waits for its edges
		t.Errorf("Waiting = %v, %v; want three", ids, err)
	}
	if ids, err = a.Waiting(t.Context(), "1", a.now.Add(-1), 10); err != nil || len(ids) != 0 {
		t.Errorf("Waiting, written before they were = %v, %v; want none", ids, err)
	}
}

func TestStaleSummaries(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	x := a.add(t, content.Draft{Title: "A", Slug: "a", Body: "One."})
	a.analysed(t, a.materials(t)[0], "1")
	read := func() content.Summary {
		t.Helper()
		all, err := a.Summaries(t.Context(), []content.ID{x.id}, content.SummaryBrief)
		if err != nil {
			t.Fatal(err)
		}
		return all[x.id]
	}
	want := content.Summary{Text: "Of 1", Length: content.SummaryBrief, Origin: content.Extractive, CreatedAt: a.now}
	if diff := cmp.Diff(want, read()); diff != "" {
		t.Errorf("the summary (-want +got):\n%s", diff)
	}
	a.save(t, content.Draft{Title: "A", Slug: "a", Body: "One.", Tags: []string{"new"}})
	if read().IsStale {
		t.Error("a summary is stale though the text has not changed")
	}
	a.save(t, content.Draft{Title: "A", Slug: "a", Body: "Two."})
	if !read().IsStale {
		t.Error("a summary is not stale though the text has changed")
	}
	dbtest.Exec(t, a.path, `INSERT INTO summary SELECT article_key, length, 'EDITOR', text_hash, 'By hand', '[]', created_at FROM summary`)
	if got := read(); got.Text != "By hand" || got.Origin != content.Editor {
		t.Errorf("the summary is %q by %s, want the editor's", got.Text, got.Origin)
	}
}

func TestAReadThatIsStoppedSaysWhy(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithDeadline(t.Context(), a.now.AddDate(-9, 0, 0))
	defer cancel()
	for want, ctx := range map[error]context.Context{context.Canceled: cancelled, context.DeadlineExceeded: late} {
		if _, err := a.Articles(ctx, db.ArticleList{}, content.Window{Limit: 1}); !errors.Is(err, want) {
			t.Errorf("a read whose context has ended with %v failed with %v", want, err)
		}
	}
}
