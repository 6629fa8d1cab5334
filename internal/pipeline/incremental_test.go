package pipeline_test

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

// How much of what a rebuild draws from and to articles that were published, edited
// and withdrawn one by one is there already. It is not all, because an article that is among
// the best of an older one can have a hundred and fifty better candidates itself.
// ARCHITECTURE.md states these bounds.
const (
	leastEdges = 0.95 // of all edges
	leastFirst = 0.99 // of the first three of each article
)

// TestALifeComesCloseToARebuild lives through a random sequence of changes in an
// archive of real articles, several times as many as an article has candidates,
// and compares its edges with those of a rebuild from nothing.
func TestALifeComesCloseToARebuild(t *testing.T) {
	t.Parallel()
	if underRace {
		t.Skip("thousands of comparisons by one goroutine")
	}
	drafts := documents(t, filepath.Join(corpora, "shared/orange_docs.jsonl.gz"))
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 2))
		some := make([]content.Draft, 0, 800)
		for _, i := range r.Perm(len(drafts))[:cap(some)] {
			some = append(some, drafts[i])
		}
		a := empty(t)
		early := 9 * len(some) / 10
		ids := a.save(t, some[:early]...)
		a.catchUp(t)
		changed := map[string]bool{}
		for i := range some[early:] {
			id := a.save(t, some[early+i])[0]
			ids = append(ids, id)
			a.process(t, id)
			changed[a.slug(t, id)] = true
			changed[a.slug(t, a.change(t, r, some, ids))] = true
		}
		a.catchUp(t)
		incremental := a.best(t)
		a.rebuild(t)
		a.catchUp(t)
		all, first := shares(t, a.best(t), incremental, changed)
		t.Logf("seed %d: %.1f %% of the edges of a rebuild, %.1f %% of the first three", seed, 100*all, 100*first)
		if all < leastEdges || first < leastFirst {
			t.Errorf("seed %d: a life leaves %.3f of all edges and %.3f of the first three, want %g and %g", seed, all, first, leastEdges, leastFirst)
		}
	}
}

func (a *archive) slug(t *testing.T, id content.ID) string {
	t.Helper()
	return dbtest.Rows(t, a.path, `SELECT slug FROM article WHERE id = $1`, id)[0]
}

// change edits one of the articles, withdraws it or makes it anew.
func (a *archive) change(t *testing.T, r *rand.Rand, drafts []content.Draft, ids []content.ID) content.ID {
	t.Helper()
	i := r.IntN(len(ids))
	switch r.IntN(3) {
	case 0:
		dbtest.Withdraw(t, a.path, ids[i])
	case 1:
		d := drafts[i]
		d.Title, d.Body = drafts[r.IntN(len(ids))].Title, d.Body[:strings.LastIndexByte(d.Body[:len(d.Body)/2], ' ')+1]+"Fin."
		d.PublishedAt = new(d.PublishedAt.Add(24 * time.Hour))
		a.save(t, d)
	}
	a.process(t, ids[i])
	return ids[i]
}

// best are the edges of each article, best first.
func (a *archive) best(t *testing.T) map[string][]edge {
	t.Helper()
	from := a.scores(t)
	for _, edges := range from {
		slices.SortStableFunc(edges, func(x, y edge) int { return int(1e9 * (y.score - x.score)) })
	}
	return from
}

// shares are how much of the wanted edges from and to changed articles there is:
// of all, and of the first three of each article. The score of an edge must be the
// same.
func shares(t *testing.T, want, got map[string][]edge, changed map[string]bool) (all, first float64) {
	t.Helper()
	var edges, found, firsts, foundFirst float64
	for from, list := range want {
		for i, e := range list {
			k := slices.IndexFunc(got[from], func(g edge) bool { return g.to == e.to })
			if k >= 0 && got[from][k].score != e.score {
				t.Errorf("the edge from %s to %s has the score %g, and %g after a rebuild", from, e.to, got[from][k].score, e.score)
			}
			if !changed[from] && !changed[e.to] {
				continue
			}
			edges++
			found += is(k >= 0)
			if i < 3 {
				firsts++
				foundFirst += is(k >= 0)
			}
		}
	}
	return found / edges, foundFirst / firsts
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
