package db_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

// posted are the postings that there should be, by term, time and article.
type posted []db.ArticlePosting

func byPlace(a, b db.ArticlePosting) int {
	return cmp.Or(cmp.Compare(a.Term, b.Term), a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Article, b.Article))
}

// add puts in postings, or replaces them.
func (all *posted) add(postings []db.ArticlePosting) {
	for _, p := range postings {
		i, found := slices.BinarySearchFunc(*all, p, byPlace)
		if found {
			(*all)[i] = p
		} else {
			*all = slices.Insert(*all, i, p)
		}
	}
}

// near is what PostingsNear is to hand out, in any order.
func (all posted) near(term uint32, p db.Place, b content.Bounds, window int) []db.Candidate {
	if b.Since != nil && p.PublishedAt.Before(*b.Since) {
		p.PublishedAt = *b.Since
	}
	if b.Until != nil && p.PublishedAt.After(*b.Until) {
		p.PublishedAt = *b.Until
	}
	var before, after []db.Candidate
	for _, q := range all {
		switch c := (db.Candidate{Key: q.Article, PublishedAt: q.PublishedAt, Weight: q.Weight}); {
		case q.Term != term || b.Since != nil && q.PublishedAt.Before(*b.Since) || b.Until != nil && q.PublishedAt.After(*b.Until):
		case byPlace(q, db.ArticlePosting{Posting: db.Posting{Term: term}, PublishedAt: p.PublishedAt, Article: p.Article}) < 0:
			before = append(before, c)
		default:
			after = append(after, c)
		}
	}
	return append(before[max(0, len(before)-window):], after[:min(len(after), window)]...)
}

// TestPostingsAreAPlainList adds, removes and replaces postings at random, one
// by one and many at once, several of them at one moment, and compares what is
// near a place with a plain list.
func TestPostingsAreAPlainList(t *testing.T) {
	t.Parallel()
	const terms, days, rounds = 3, 40, 200
	random := rand.New(rand.NewPCG(3, 4))
	path := filepath.Join(t.TempDir(), "postings.db")
	store := dbtest.OpenFile(t, path, dbtest.Clock)
	var want posted
	moment := func() time.Time { return dbtest.Now.AddDate(0, 0, -random.IntN(days)) }
	some := func(n int) []db.ArticlePosting {
		postings := make([]db.ArticlePosting, n)
		for i := range postings {
			postings[i] = db.ArticlePosting{
				Posting:     db.Posting{Term: uint32(random.IntN(terms)), Weight: random.Float32()},
				PublishedAt: moment(), Article: 1 + random.Int64N(1000),
			}
		}
		slices.SortFunc(postings, byPlace)
		return slices.CompactFunc(postings, func(a, b db.ArticlePosting) bool { return byPlace(a, b) == 0 })
	}
	for range rounds {
		var err error
		switch n := random.IntN(20); {
		case n == 0:
			want = slices.DeleteFunc(want, func(p db.ArticlePosting) bool { return p.Term > 0 })
			anew := slices.DeleteFunc(some(300), func(p db.ArticlePosting) bool { return p.Term == 0 })
			want.add(anew)
			err = store.ReplacePostings(t.Context(), 1, math.MaxUint32, slices.Clone(anew))
		case n < 8 && len(want) > 0:
			for range min(len(want), 1+random.IntN(60)) {
				i := random.IntN(len(want))
				err = cmp.Or(err, store.DeletePosting(t.Context(), want[i]))
				want = slices.Delete(want, i, i+1)
			}
			err = cmp.Or(err, store.DeletePosting(t.Context(), db.ArticlePosting{PublishedAt: moment(), Article: 5000}))
		default:
			more := some(1 + random.IntN(100))
			want.add(more)
			err = store.InsertPostings(t.Context(), more)
		}
		if err != nil {
			t.Fatal(err)
		}
		var bounds content.Bounds
		if random.IntN(3) == 0 {
			bounds.Since = new(moment())
		}
		if random.IntN(3) == 0 {
			until := moment()
			if bounds.Since != nil && until.Before(*bounds.Since) {
				until = *bounds.Since
			}
			bounds.Until = &until
		}
		term, window := uint32(random.IntN(terms)), 1+random.IntN(200)
		place := db.Place{PublishedAt: moment(), Article: 1 + random.Int64N(1000)}
		if len(want) > 0 && random.IntN(2) == 0 { // that of a posting, as it mostly is
			p := want[random.IntN(len(want))]
			place = db.Place{PublishedAt: p.PublishedAt, Article: p.Article}
		}
		var got []db.Candidate
		if err := store.PostingsNear(t.Context(), []uint32{term}, place, bounds, window, func(_ int, c db.Candidate) { got = append(got, c) }); err != nil {
			t.Fatal(err)
		}
		order := func(a, b db.Candidate) int {
			return cmp.Or(a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Key, b.Key))
		}
		slices.SortFunc(got, order)
		if diff := gocmp.Diff(want.near(term, place, bounds, window), got, gocmp.Comparer(func(a, b db.Candidate) bool { return a == b })); diff != "" {
			t.Fatalf("near %v within %v, window %d (-want +got):\n%s", place, bounds, window, diff)
		}
	}
	const onThePage = 1002 // bytes of a row, beyond which SQLite needs a page of its own for it
	if large := dbtest.Rows(t, path, fmt.Sprintf(`SELECT LENGTH(entries) FROM posting WHERE LENGTH(entries) > %d`, onThePage-20)); len(large) > 0 {
		t.Errorf("there are blocks of %v bytes", large)
	}
	if few := dbtest.Rows(t, path, fmt.Sprintf(`SELECT COUNT(*) FROM posting HAVING COUNT(*) > %d`, len(want)/8)); len(few) > 0 {
		t.Errorf("%d postings are in %v blocks", len(want), few)
	}
}
