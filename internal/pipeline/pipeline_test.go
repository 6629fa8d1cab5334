package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

func TestCatchUpMakesEverythingOnce(t *testing.T) {
	t.Parallel()
	a := empty(t)
	drafts := articles(t)
	a.save(t, drafts...)
	var stages []pipeline.Stage
	last := map[pipeline.Stage]string{}
	err := a.CatchUp(t.Context(), func(stage pipeline.Stage, done, total int) {
		if !slices.Contains(stages, stage) {
			stages = append(stages, stage)
		}
		last[stage] = fmt.Sprintf("%d of %d", done, total)
	})
	if err != nil {
		t.Fatalf("CatchUp failed: %v", err)
	}
	all := fmt.Sprintf("%d of %d", len(drafts), len(drafts))
	if diff := cmp.Diff([]pipeline.Stage{pipeline.Summarising, pipeline.Linking}, stages); diff != "" {
		t.Errorf("stages (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[pipeline.Stage]string{pipeline.Summarising: all, pipeline.Linking: all}, last); diff != "" {
		t.Errorf("the last progress of each stage (-want +got):\n%s", diff)
	}
	if n := dbtest.Rows(t, a.path, `SELECT COUNT(*) FROM summary WHERE length = 'BRIEF'`); n[0] != fmt.Sprint(len(drafts)) {
		t.Errorf("there are %s brief summaries of %d articles, want one of each", n[0], len(drafts))
	}
	a.checkPostings(t, "caught up")

	before := a.made(t)
	err = a.CatchUp(t.Context(), func(stage pipeline.Stage, done, total int) {
		t.Errorf("caught up again: %s %d of %d, want nothing to do", stage, done, total)
	})
	if err != nil {
		t.Fatalf("CatchUp again failed: %v", err)
	}
	if diff := cmp.Diff(before, a.made(t)); diff != "" {
		t.Errorf("caught up again, the archive has changed (-before +after):\n%s", diff)
	}
}

func TestProcessTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	a := open(t, dbtest.SampleFile(t))
	id := content.ID(dbtest.Rows(t, a.path, `SELECT id FROM article ORDER BY key LIMIT 1 OFFSET 7`)[0])
	a.process(t, id)
	before := a.made(t)
	a.process(t, id)
	if diff := cmp.Diff(before, a.made(t)); diff != "" {
		t.Errorf("processed again, the archive has changed (-before +after):\n%s", diff)
	}
}

// A job may outlive its article.
func TestProcessOfNothing(t *testing.T) {
	t.Parallel()
	if err := empty(t).Process(t.Context(), "art_unknown"); err != nil {
		t.Errorf("Process of an article that was purged = %v, want nothing", err)
	}
}

// edge is an edge as it is stored.
type edge struct {
	from, to string
	score    float64
}

func (a *archive) scores(t *testing.T) map[string][]edge {
	t.Helper()
	from := map[string][]edge{}
	for _, row := range a.edges(t) {
		parts := strings.Split(row, "|")
		e := edge{from: parts[0], to: parts[1]}
		if _, err := fmt.Sscan(parts[2], &e.score); err != nil {
			t.Fatal(err)
		}
		from[e.from] = append(from[e.from], e)
	}
	return from
}

func TestEdgesLeadBothWaysWhereBothRank(t *testing.T) {
	t.Parallel()
	a := open(t, dbtest.SampleFile(t))
	from := a.scores(t)
	if len(from) < 60 {
		t.Fatalf("only %d articles have edges", len(from))
	}
	for slug, edges := range from {
		if len(edges) > db.MaxEdges {
			t.Errorf("%s has %d edges, want at most %d", slug, len(edges), db.MaxEdges)
		}
		for _, e := range edges {
			if e.to == slug || e.score <= 0 || e.score > 1 {
				t.Errorf("%s has an edge to %s with the score %g", slug, e.to, e.score)
			}
			back := from[e.to]
			i := slices.IndexFunc(back, func(b edge) bool { return b.to == slug })
			if i >= 0 && back[i].score != e.score {
				t.Errorf("the score from %s to %s is %g, and back %g", slug, e.to, e.score, back[i].score)
			}
			weakest := slices.MinFunc(append([]edge{{score: 2}}, back...), func(x, y edge) int { return int(1e9 * (x.score - y.score)) })
			if i < 0 && (len(back) < db.MaxEdges || weakest.score < e.score) {
				t.Errorf("%s leads to %s with %g, which has %d edges from %g and none back", slug, e.to, e.score, len(back), weakest.score)
			}
		}
	}
}

func TestProcessPutsANewArticleIntoTheListsOfOthers(t *testing.T) {
	t.Parallel()
	a := empty(t)
	drafts := articles(t)
	late := slices.IndexFunc(drafts, func(d content.Draft) bool { return strings.Contains(d.Title+d.Slug, "last-three") })
	if late < 0 {
		late = len(drafts) / 2
	}
	newest := drafts[late]
	a.save(t, slices.Delete(slices.Clone(drafts), late, late+1)...)
	a.catchUp(t)
	id := a.save(t, newest)[0]
	a.process(t, id)
	slug := dbtest.Rows(t, a.path, `SELECT slug FROM article WHERE id = $1`, id)[0]
	from := a.scores(t)
	if len(from[slug]) == 0 {
		t.Fatalf("%s has no edge", slug)
	}
	entered := 0
	for other, edges := range from {
		if len(edges) > db.MaxEdges {
			t.Errorf("%s has %d edges, want at most %d", other, len(edges), db.MaxEdges)
		}
		if slices.ContainsFunc(edges, func(e edge) bool { return e.to == slug }) {
			entered++
		}
	}
	if entered == 0 {
		t.Errorf("%s leads to %d articles and is in the list of none", slug, len(from[slug]))
	}

	dbtest.Withdraw(t, a.path, id)
	a.process(t, id)
	for other, edges := range a.scores(t) {
		if other == slug || slices.ContainsFunc(edges, func(e edge) bool { return e.to == slug }) {
			t.Errorf("%s was withdrawn and is in the list of %s", slug, other)
		}
	}
	a.checkHidden(t, "withdrawn")
	a.checkPostings(t, "withdrawn")
}

// TestRandomLivesLeaveNothingBehind publishes, edits and withdraws at random,
// and compares what is counted with an archive made of the outcome alone.
func TestRandomLivesLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 1))
			a := empty(t)
			texts := articles(t)[:24]
			ids := map[string]content.ID{}
			for step := range 40 {
				a.live(t, r, texts, ids)
				a.checkPostings(t, fmt.Sprint("step ", step))
				a.checkHidden(t, fmt.Sprint("step ", step))
			}
			a.catchUp(t)
			edges := a.edges(t)
			a.rebuild(t)
			a.catchUp(t)
			if diff := cmp.Diff(a.edges(t), edges); diff != "" {
				t.Errorf("the edges (-drawn again, all at once +after a life):\n%s", diff)
			}
		})
	}
}

// live is one thing that happens in an archive.
func (a *archive) live(t *testing.T, r *rand.Rand, texts []content.Draft, ids map[string]content.ID) {
	t.Helper()
	d := pick(r, texts)
	d.Slug = content.Slugify(d.Title)
	switch id, known := ids[d.Slug]; {
	case known && r.IntN(3) == 0:
		dbtest.Withdraw(t, a.path, id)
		a.process(t, id)
		return
	case known && r.IntN(2) == 0: // a part of the text, other tags
		paragraphs := strings.Split(d.Body, "\n\n")
		d.Body, d.Tags = strings.Join(paragraphs[:1+r.IntN(len(paragraphs))], "\n\n"), pick(r, texts).Tags
	case known:
		d.Status, d.PublishedAt = content.StatusPublished, new(d.PublishedAt.Add(time.Hour))
	case r.IntN(4) == 0:
		d.Status = content.StatusDraft
	}
	id := a.save(t, d)[0]
	ids[d.Slug] = id
	switch r.IntN(3) {
	case 0:
		a.catchUp(t)
	case 1:
		a.process(t, id)
	}
}

// TestStoppedAnywhere stops the work after each batch in turn, and lets it go
// on: what comes out must be what comes out undisturbed.
func TestStoppedAnywhere(t *testing.T) {
	t.Parallel()
	drafts := articles(t)[:36]
	whole := empty(t)
	whole.save(t, drafts...)
	whole.catchUp(t)
	want := whole.made(t)
	for after := 0; ; after++ {
		a := empty(t)
		a.InBatchesOf(9)
		a.save(t, drafts...)
		stopped := a.catchUpUntil(t, after)
		a.catchUp(t)
		if diff := cmp.Diff(want, a.made(t)); diff != "" {
			t.Fatalf("stopped after %d batches (-undisturbed +stopped):\n%s", after, diff)
		}
		if !stopped {
			break
		}
	}
}

func TestARebuildStoppedAnywhere(t *testing.T) {
	t.Parallel()
	for after := 0; ; after++ {
		a := open(t, dbtest.SampleFile(t))
		a.InBatchesOf(20)
		want := a.edges(t)
		dbtest.Exec(t, a.path, `DELETE FROM related WHERE article_key % 3 = 0`)
		a.rebuild(t)
		stopped := a.catchUpUntil(t, after)
		a.catchUp(t)
		if diff := cmp.Diff(want, a.edges(t)); diff != "" {
			t.Fatalf("a rebuild stopped after %d batches (-undisturbed +stopped):\n%s", after, diff)
		}
		if !stopped {
			break
		}
	}
}

// catchUpUntil stops after some reports of progress, and tells whether it had
// to.
func (a *archive) catchUpUntil(t *testing.T, reports int) (stopped bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := 0
	err := a.CatchUp(ctx, func(pipeline.Stage, int, int) {
		if seen++; seen > reports {
			cancel()
		}
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatalf("CatchUp, stopped, failed with %v, want %v", err, context.Canceled)
	}
	return seen > reports
}

func TestSweepQueuesWhatWaits(t *testing.T) {
	t.Parallel()
	a := empty(t)
	a.save(t, articles(t)[:3]...)
	for _, tt := range []struct {
		after time.Duration
		want  int
	}{{time.Minute, 0}, {3 * time.Minute, 3}, {4 * time.Minute, 3}} {
		more, err := a.Sweep(t.Context(), dbtest.Now.Add(tt.after))
		if err != nil || more {
			t.Fatalf("Sweep = %t, %v; want no more", more, err)
		}
		jobs, err := a.Jobs(t.Context(), 10)
		if err != nil || len(jobs) != tt.want {
			t.Errorf("a sweep %v after the articles were written: %d jobs, %v; want %d", tt.after, len(jobs), err, tt.want)
		}
	}
}

// TestUpgrade holds that an archive whose analyses are of another version, in a
// form that cannot be read any more, is made anew: an article at a time, by
// sweeps, and in the end as if nothing had been before.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	a := open(t, dbtest.SampleFile(t))
	want := a.made(t)
	dbtest.Exec(t, a.path, `UPDATE analysis SET version = 'old', profile = x'00ff'`)
	dbtest.Exec(t, a.path, `UPDATE model SET version = 'old', data = x'00ff'`)
	later := dbtest.Now.Add(time.Hour)
	ids, err := a.Waiting(t.Context(), "new", later, 100)
	if err != nil || len(ids) < 70 {
		t.Fatalf("Waiting = %d articles, %v; want all", len(ids), err)
	}
	for i, id := range ids[:30] {
		a.process(t, id)
		if i%10 == 0 {
			if _, err := a.Sweep(t.Context(), later); err != nil {
				t.Fatalf("Sweep failed after %d articles: %v", i+1, err)
			}
		}
	}
	a.catchUp(t)
	a.rebuildAnew(t)
	if diff := cmp.Diff(want, a.made(t)); diff != "" {
		t.Errorf("the archive differs from one that was never older (-new +upgraded):\n%s", diff)
	}
}

// rebuildAnew learns the model of the whole archive again.
func (a *archive) rebuildAnew(t *testing.T) {
	t.Helper()
	dbtest.Exec(t, a.path, `UPDATE model SET version = 'old'`)
	dbtest.Exec(t, a.path, `UPDATE analysis SET edges = 'NEW' WHERE article_key = 1`)
	a.catchUp(t)
}

// TestSweepLearnsAnew holds that an archive that has grown by jobs alone gets a
// new model.
func TestSweepLearnsAnew(t *testing.T) {
	t.Parallel()
	a := empty(t)
	drafts := articles(t)
	a.save(t, drafts[:20]...)
	a.catchUp(t)
	for _, id := range a.save(t, drafts[20:]...) {
		a.process(t, id)
	}
	grown, err := a.LatestModel(t.Context())
	if err != nil || grown.Articles != 20 {
		t.Fatalf("LatestModel = %+v, %v; want one of 20 articles", grown, err)
	}
	if _, err := a.Sweep(t.Context(), dbtest.Now); err != nil {
		t.Fatalf("Sweep failed: %v", err)
	}
	if grown, err = a.LatestModel(t.Context()); err != nil || grown.Articles != len(drafts) {
		t.Errorf("after a sweep LatestModel = %+v, %v; want one of %d articles", grown, err, len(drafts))
	}
	want := a.edges(t)
	a.rebuildAnew(t)
	if diff := cmp.Diff(want, a.edges(t)); diff != "" {
		t.Errorf("the edges differ from those of a rebuild (-sweep +rebuild):\n%s", diff)
	}
}
