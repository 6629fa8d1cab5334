package db_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
)

func TestPreviousAndNext(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	a := randomArchive(t, r, 60)
	filters := []*content.ArticleWhere{nil, {}, {Or: []*content.ArticleWhere{}}}
	for range 60 {
		filters = append(filters, a.randomWhere(r, r.IntN(3)))
	}
	for _, w := range filters {
		previous, err := a.Previous(t.Context(), ids(a.articles), w)
		if err != nil {
			t.Fatalf("Previous where %s: %v", inJSON(t, w), err)
		}
		next, err := a.Next(t.Context(), ids(a.articles), w)
		if err != nil {
			t.Fatalf("Next where %s: %v", inJSON(t, w), err)
		}
		wantPrevious, wantNext := a.neighbours(w)
		if diff := cmp.Diff(wantPrevious, a.bySlug(previous)); diff != "" {
			t.Errorf("previous where %s (-want +got):\n%s", inJSON(t, w), diff)
		}
		if diff := cmp.Diff(wantNext, a.bySlug(next)); diff != "" {
			t.Errorf("next where %s (-want +got):\n%s", inJSON(t, w), diff)
		}
	}
}

// neighbours finds, for each visible article, the selected ones beside it.
func (a *archive) neighbours(w *content.ArticleWhere) (previous, next map[string]string) {
	order := content.ArticleOrder{Field: content.OrderPublishedAt, Direction: content.Asc}
	previous, next = map[string]string{}, map[string]string{}
	last := ""
	for _, x := range sorted(a.visible(), order) {
		if last != "" {
			previous[x.Slug] = last
		}
		if x.holds(w) {
			last = x.Slug
		}
	}
	last = ""
	backward := sorted(a.visible(), order)
	slices.Reverse(backward)
	for _, x := range backward {
		if last != "" {
			next[x.Slug] = last
		}
		if x.holds(w) {
			last = x.Slug
		}
	}
	return previous, next
}

// bySlug names the articles of a map.
func (a *archive) bySlug(found map[content.ID]content.Article) map[string]string {
	named := map[string]string{}
	for _, x := range a.articles {
		if neighbour, ok := found[x.id]; ok {
			named[x.Slug] = neighbour.Slug
		}
	}
	return named
}
