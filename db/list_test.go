package db_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/search"
)

// list is a list that the tests page through: what reads a page of it, how
// its items are called, and the items it must have.
type list[T any] struct {
	name string
	read func(content.PageArgs) (content.Page[T], error)
	call func(T) string
	want []string
}

// check walks a list from both ends with pages of any size, and reads windows
// between any two of its items.
func (l list[T]) check(t *testing.T, r *rand.Rand) {
	t.Helper()
	cursors := l.walk(t, r, false)
	if backward := l.walk(t, r, true); len(cursors) == len(l.want) {
		if diff := cmp.Diff(cursors, backward); diff != "" {
			t.Errorf("%s: cursors read forward and backward differ (-forward +backward):\n%s", l.name, diff)
		}
		for range 12 {
			l.window(t, r, cursors)
		}
	}
}

// walk reads the whole list, page by page, and returns its cursors in order.
func (l list[T]) walk(t *testing.T, r *rand.Rand, backward bool) []string {
	t.Helper()
	var got, cursors []string
	var next *string
	for range len(l.want) + 2 {
		size := 1 + r.IntN(len(l.want)/2+2)
		args := content.PageArgs{First: &size, After: next}
		if backward {
			args = content.PageArgs{Last: &size, Before: next}
		}
		p := l.page(t, args)
		more := p.PageInfo.HasNextPage
		next = p.PageInfo.EndCursor
		if backward {
			more, next = p.PageInfo.HasPreviousPage, p.PageInfo.StartCursor
			got, cursors = append(l.names(p), got...), append(cursorsOf(p), cursors...)
		} else {
			got, cursors = append(got, l.names(p)...), append(cursors, cursorsOf(p)...)
		}
		if !more {
			break
		}
	}
	if diff := cmp.Diff(l.want, got); diff != "" {
		t.Errorf("%s: walked backward %t (-want +got):\n%s", l.name, backward, diff)
	}
	return cursors
}

// window reads a page between two items, in either order of them, or from one
// of the ends.
func (l list[T]) window(t *testing.T, r *rand.Rand, cursors []string) {
	t.Helper()
	low, high := 0, len(l.want)
	var args content.PageArgs
	if i := r.IntN(len(cursors) + 1); i < len(cursors) {
		low, args.After = i+1, &cursors[i]
	}
	if i := r.IntN(len(cursors) + 1); i < len(cursors) {
		high, args.Before = i, &cursors[i]
	}
	size, backward := r.IntN(len(l.want)+2), r.IntN(2) == 0
	between := l.want[min(low, high):high]
	want := between[:min(size, len(between))]
	info := content.PageInfo{HasNextPage: len(between) > size || args.Before != nil, HasPreviousPage: args.After != nil}
	args.First = &size
	if backward {
		want = between[max(0, len(between)-size):]
		info = content.PageInfo{HasNextPage: args.Before != nil, HasPreviousPage: len(between) > size || args.After != nil}
		args.First, args.Last = nil, &size
	}
	where := fmt.Sprintf("%s: %d between %d and %d of %d, backward %t", l.name, size, low, high, len(l.want), backward)
	p := l.page(t, args)
	if diff := cmp.Diff(append([]string{}, want...), l.names(p)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", where, diff)
	}
	if p.PageInfo.HasNextPage != info.HasNextPage || p.PageInfo.HasPreviousPage != info.HasPreviousPage {
		t.Errorf("%s: hasNextPage %t, hasPreviousPage %t; want %t, %t", where,
			p.PageInfo.HasNextPage, p.PageInfo.HasPreviousPage, info.HasNextPage, info.HasPreviousPage)
	}
}

// page reads a page, and checks what holds for all of them.
func (l list[T]) page(t *testing.T, args content.PageArgs) content.Page[T] {
	t.Helper()
	p, err := l.read(args)
	if err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	var start, end *string
	if cursors := cursorsOf(p); len(cursors) > 0 {
		start, end = &cursors[0], &cursors[len(cursors)-1]
	}
	if diff := cmp.Diff([]*string{start, end}, []*string{p.PageInfo.StartCursor, p.PageInfo.EndCursor}); diff != "" {
		t.Errorf("%s: start and end cursor (-want +got):\n%s", l.name, diff)
	}
	if n, err := p.TotalCount(t.Context()); err != nil || n != len(l.want) {
		t.Errorf("%s: TotalCount() = %d, %v; want %d", l.name, n, err, len(l.want))
	}
	return p
}

func (l list[T]) names(p content.Page[T]) []string {
	names := []string{}
	for _, e := range p.Edges {
		names = append(names, l.call(e.Node))
	}
	return names
}

func cursorsOf[T any](p content.Page[T]) []string {
	var cursors []string
	for _, e := range p.Edges {
		cursors = append(cursors, e.Cursor)
	}
	return cursors
}

// paged is read with the arguments of a client.
func paged[T any](read func(content.Window) (content.Page[T], error)) func(content.PageArgs) (content.Page[T], error) {
	return func(args content.PageArgs) (content.Page[T], error) {
		w, err := args.Window()
		if err != nil {
			return content.Page[T]{}, err
		}
		return read(w)
	}
}

func slugOf(a content.Article) string { return a.Slug }

func slugsOf(articles []*article) []string {
	all := []string{}
	for _, x := range articles {
		all = append(all, x.Slug)
	}
	return all
}

// randomOrder is an order by up to three fields.
func randomOrder(r *rand.Rand) []content.ArticleOrder {
	var order []content.ArticleOrder
	for _, field := range some(r, 3, content.OrderPublishedAt, content.OrderUpdatedAt, content.OrderCreatedAt, content.OrderTitle, content.OrderWordCount) {
		order = append(order, content.ArticleOrder{Field: field, Direction: pick(r, content.Asc, content.Desc)})
	}
	return order
}

func TestArticlesInEveryOrder(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	a := randomArchive(t, r, 60)
	for range 40 {
		order := randomOrder(r)
		list[content.Article]{
			name: fmt.Sprint("articles by ", order),
			read: paged(func(w content.Window) (content.Page[content.Article], error) {
				return a.Articles(t.Context(), db.ArticleList{Order: order}, w)
			}),
			call: slugOf,
			want: slugsOf(sorted(a.visible(), order...)),
		}.check(t, r)
	}
}

func TestTaxonomiesAndTheirArticles(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	a := randomArchive(t, r, 60)
	checkTaxonomy(t, r, a, "authors", a.Authors(), (*article).authors, func(x content.Author) (content.ID, string) { return x.ID, x.Slug })
	checkTaxonomy(t, r, a, "tags", a.Tags(), (*article).tags, func(x content.Tag) (content.ID, string) { return x.ID, x.Slug })
	checkTaxonomy(t, r, a, "sections", a.Sections(), (*article).sections, func(x content.Section) (content.ID, string) { return x.ID, x.Slug })
}

func checkTaxonomy[T any](t *testing.T, r *rand.Rand, a *archive, name string, taxonomy db.Taxonomy[T], of func(*article) []string, key func(T) (content.ID, string)) {
	t.Helper()
	filed := map[string][]*article{}
	for _, x := range a.visible() {
		for _, slug := range of(x) {
			filed[slug] = append(filed[slug], x)
		}
	}
	want := slices.Sorted(maps.Keys(filed))
	list[T]{
		name: name,
		read: paged(func(w content.Window) (content.Page[T], error) { return taxonomy.Page(t.Context(), w) }),
		call: func(x T) string { _, slug := key(x); return slug },
		want: want,
	}.check(t, r)

	all, err := taxonomy.Page(t.Context(), content.Window{Limit: content.MaxPage})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var every []content.ID
	for _, x := range all.Nodes() {
		id, slug := key(x)
		every = append(every, id)
		for range 4 {
			order := randomOrder(r)
			list[content.Article]{
				name: fmt.Sprint("articles of ", name, " ", slug, " by ", order),
				read: paged(func(w content.Window) (content.Page[content.Article], error) {
					pages, err := taxonomy.Articles(t.Context(), []content.ID{id}, db.ArticleList{Order: order}, w)
					return pages[id], err
				}),
				call: slugOf,
				want: slugsOf(sorted(filed[slug], order...)),
			}.check(t, r)
		}
	}
	checkTogether(t, r, name, taxonomy, every, all.Nodes(), filed, key)
}

// checkTogether reads the first and the last articles of all at once, which
// must be what each gives alone.
func checkTogether[T any](t *testing.T, r *rand.Rand, name string, taxonomy db.Taxonomy[T], every []content.ID, items []T, filed map[string][]*article, key func(T) (content.ID, string)) {
	t.Helper()
	counts, err := taxonomy.CountArticles(t.Context(), every, nil)
	if err != nil {
		t.Fatalf("%s: CountArticles failed: %v", name, err)
	}
	for range 6 {
		order, size := randomOrder(r), r.IntN(6)
		for _, backward := range []bool{false, true} {
			pages, err := taxonomy.Articles(t.Context(), every, db.ArticleList{Order: order}, content.Window{Limit: size, Backward: backward})
			if err != nil {
				t.Fatalf("%s: Articles failed: %v", name, err)
			}
			for _, x := range items {
				id, slug := key(x)
				want := slugsOf(sorted(filed[slug], order...))
				if counts[id] != len(want) {
					t.Errorf("CountArticles of %s %s = %d, want %d", name, slug, counts[id], len(want))
				}
				more := len(want) > size
				if backward {
					want = want[max(0, len(want)-size):]
				} else {
					want = want[:min(len(want), size)]
				}
				p := pages[id]
				got := list[content.Article]{call: slugOf}.names(p)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%d articles of %s %s among others, by %v, backward %t (-want +got):\n%s", size, name, slug, order, backward, diff)
				}
				if p.PageInfo.HasNextPage != (more && !backward) || p.PageInfo.HasPreviousPage != (more && backward) {
					t.Errorf("%d articles of %s %s among others, backward %t: page info %+v, more is %t", size, name, slug, backward, p.PageInfo, more)
				}
			}
		}
	}
}

// relate draws random edges, many of them with the same score, and returns
// them as readers see them.
func (a *archive) relate(t *testing.T, r *rand.Rand, from *article) []string {
	t.Helper()
	type edge struct {
		to     *article
		score  float64
		pinned int // the place; 0 for none
	}
	var edges []edge
	pinned := 0
	for _, to := range a.articles {
		if to == from || r.IntN(2) == 0 {
			continue
		}
		e := edge{to: to, score: pick(r, 0.1, 1.0/3, 0.5, 1)}
		dbtest.Exec(t, a.path, `
			INSERT INTO related (article_key, related_key, score, origin, reasons)
			SELECT f.key, t.key, $1, 'AUTOMATIC', '[]' FROM article f, article t WHERE f.id = $2 AND t.id = $3`, e.score, from.id, to.id)
		switch r.IntN(8) {
		case 0:
			pinned++
			e.pinned = pinned
			if err := a.Pin(t.Context(), from.id, to.id, nil); err != nil {
				t.Fatal(err)
			}
		case 1:
			if err := a.Block(t.Context(), from.id, to.id); err != nil {
				t.Fatal(err)
			}
			continue
		}
		edges = append(edges, e)
	}
	slices.SortFunc(edges, func(x, y edge) int {
		switch {
		case x.pinned != y.pinned && (y.pinned == 0 || x.pinned > 0 && x.pinned < y.pinned):
			return -1
		case x.pinned != y.pinned:
			return 1
		case x.score != y.score:
			return int(1000*y.score) - int(1000*x.score)
		}
		return y.to.number - x.to.number
	})
	seen := a.visible()
	want := []string{}
	for _, e := range edges {
		if slices.Contains(seen, e.to) {
			want = append(want, e.to.Slug)
		}
	}
	return want
}

func TestRelatedLists(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 3))
	a := randomArchive(t, r, 40)
	want := map[content.ID][]string{}
	for _, from := range a.visible()[:5] {
		want[from.id] = a.relate(t, r, from)
		list[db.RelatedArticle]{
			name: "related to " + from.Slug,
			read: paged(func(w content.Window) (content.Page[db.RelatedArticle], error) {
				pages, err := a.RelatedOf(t.Context(), []content.ID{from.id}, nil, w)
				p := pages[from.id].Page
				p.Count = func(ctx context.Context) (int, error) {
					n, err := a.CountRelated(ctx, []content.ID{from.id}, nil)
					return n[from.id], err
				}
				return p, err
			}),
			call: func(x db.RelatedArticle) string { return x.Node.Slug },
			want: want[from.id],
		}.check(t, r)
	}
	pages, err := a.RelatedOf(t.Context(), ids(a.visible()), nil, content.Window{Limit: 3})
	if err != nil {
		t.Fatalf("RelatedOf failed: %v", err)
	}
	for _, x := range a.visible() {
		got := list[db.RelatedArticle]{call: func(x db.RelatedArticle) string { return x.Node.Slug }}.names(pages[x.id].Page)
		if diff := cmp.Diff(append([]string{}, want[x.id][:min(3, len(want[x.id]))]...), got); diff != "" {
			t.Errorf("related to %s among others (-want +got):\n%s", x.Slug, diff)
		}
		if n, err := a.CountRelated(t.Context(), ids(a.visible()), nil); err != nil || n[x.id] != len(want[x.id]) {
			t.Errorf("related to %s among others: CountRelated() = %d, %v; want %d", x.Slug, n[x.id], err, len(want[x.id]))
		}
	}
}

func TestCursorsOfOtherListsAreRefused(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	for i := range 8 {
		a.add(t, content.Draft{
			Title: "Harbour wall", Slug: fmt.Sprint("harbour-", i), Body: "harbour", Status: content.StatusPublished, PublishedAt: &a.now,
			Tags: []string{"a", "b"}, Authors: []content.Author{{Name: "a"}, {Name: "b"}}, Section: "a/b",
		})
	}
	lists := a.lists(t)
	for from, read := range lists {
		cursor, err := read(content.PageArgs{First: new(1)})
		if err != nil || cursor == "" {
			t.Fatalf("%s: first cursor %q, %v", from, cursor, err)
		}
		for to, read := range lists {
			for field, args := range map[string]content.PageArgs{
				"after":  {First: new(1), After: &cursor},
				"before": {Last: new(1), Before: &cursor},
			} {
				_, err := read(args)
				if to == from && err != nil {
					t.Errorf("%s refuses its own cursor %s: %v", from, cursor, err)
				}
				var mistake *content.Error
				if to != from && (!errors.As(err, &mistake) || mistake.Code != content.Invalid || mistake.Field != field) {
					t.Errorf("%s takes a cursor of %s as %s: error %v, want %s about it", to, from, field, err, content.Invalid)
				}
			}
		}
	}
}

// lists are all lists of an archive, each as what gives the first cursor of a
// page.
func (a *archive) lists(t *testing.T) map[string]func(content.PageArgs) (string, error) {
	t.Helper()
	a.index(t)
	ctx := t.Context()
	first := a.articles[0]
	a.relate(t, rand.New(rand.NewPCG(0, 4)), first)
	tag, section := a.tag(t, "a"), a.section(t, "a")
	lists := map[string]func(content.PageArgs) (string, error){
		"authors":  cursorOf(func(w content.Window) (content.Page[content.Author], error) { return a.Authors().Page(ctx, w) }),
		"tags":     cursorOf(func(w content.Window) (content.Page[content.Tag], error) { return a.Tags().Page(ctx, w) }),
		"sections": cursorOf(func(w content.Window) (content.Page[content.Section], error) { return a.Sections().Page(ctx, w) }),
		"search": cursorOf(func(w content.Window) (content.Page[search.Hit], error) {
			return a.find(ctx, "harbour", nil, w)
		}),
		"related": cursorOf(func(w content.Window) (content.Page[db.RelatedArticle], error) {
			pages, err := a.RelatedOf(ctx, []content.ID{first.id}, nil, w)
			return pages[first.id].Page, err
		}),
		"articles of a tag": cursorOf(func(w content.Window) (content.Page[content.Article], error) {
			pages, err := a.Tags().Articles(ctx, []content.ID{tag}, db.ArticleList{}, w)
			return pages[tag], err
		}),
		"articles of a section": cursorOf(func(w content.Window) (content.Page[content.Article], error) {
			pages, err := a.Sections().Articles(ctx, []content.ID{section}, db.ArticleList{}, w)
			return pages[section], err
		}),
	}
	for _, order := range [][]content.ArticleOrder{
		nil,
		{{Field: content.OrderPublishedAt, Direction: content.Asc}},
		{{Field: content.OrderUpdatedAt, Direction: content.Desc}},
		{{Field: content.OrderTitle, Direction: content.Asc}},
		{{Field: content.OrderTitle, Direction: content.Asc}, {Field: content.OrderWordCount, Direction: content.Asc}},
	} {
		lists[fmt.Sprint("articles by ", order)] = cursorOf(func(w content.Window) (content.Page[content.Article], error) {
			return a.Articles(ctx, db.ArticleList{Order: order}, w)
		})
	}
	return lists
}

func cursorOf[T any](read func(content.Window) (content.Page[T], error)) func(content.PageArgs) (string, error) {
	return func(args content.PageArgs) (string, error) {
		p, err := paged(read)(args)
		if err != nil || len(p.Edges) == 0 {
			return "", err
		}
		return p.Edges[0].Cursor, nil
	}
}

func (a *archive) tag(t *testing.T, slug string) content.ID {
	t.Helper()
	tag, err := a.Tags().Find(t.Context(), content.SlugOrID{Slug: &slug})
	if err != nil {
		t.Fatalf("find the tag %q: %v", slug, err)
	}
	return tag.ID
}

func (a *archive) section(t *testing.T, slug string) content.ID {
	t.Helper()
	section, err := a.Sections().Find(t.Context(), content.SlugOrID{Slug: &slug})
	if err != nil {
		t.Fatalf("find the section %q: %v", slug, err)
	}
	return section.ID
}

func TestForgedCursorsAreRefused(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	x := a.add(t, content.Draft{Title: "A", Slug: "a", Status: content.StatusPublished, PublishedAt: &a.now})
	p, err := a.Articles(t.Context(), db.ArticleList{}, content.Window{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	args := content.PageArgs{After: &p.Edges[0].Cursor}
	w, err := args.Window()
	if err != nil {
		t.Fatal(err)
	}
	order := w.After.Order
	for name, forged := range map[string]content.Cursor{
		"no value":       {Order: order, ID: "1"},
		"two values":     {Order: order, Values: []any{1.0, 2.0}, ID: "1"},
		"null":           {Order: order, Values: []any{nil}, ID: "1"},
		"no id":          {Order: order, Values: []any{1.0}},
		"id of a client": {Order: order, Values: []any{1.0}, ID: string(x.id)},
		"SQL in the id":  {Order: order, Values: []any{1.0}, ID: "1; DROP TABLE article"},
	} {
		_, err := a.Articles(t.Context(), db.ArticleList{}, content.Window{Limit: 1, After: &forged})
		var mistake *content.Error
		if !errors.As(err, &mistake) || mistake.Code != content.Invalid || mistake.Field != "after" {
			t.Errorf("%s: error %v, want %s about after", name, err, content.Invalid)
		}
	}
}

func TestPagesGoOnWhereTheyWereWhenTheirItemsLeave(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	for i := range 5 {
		a.add(t, content.Draft{Title: "A", Slug: fmt.Sprint("a-", i), Status: content.StatusPublished, PublishedAt: &a.now})
	}
	read := func(args content.PageArgs) content.Page[content.Article] {
		t.Helper()
		p, err := paged(func(w content.Window) (content.Page[content.Article], error) {
			return a.Articles(t.Context(), db.ArticleList{}, w)
		})(args)
		if err != nil {
			t.Fatalf("Articles failed: %v", err)
		}
		return p
	}
	first := read(content.PageArgs{First: new(2)})
	a.withdraw(t, a.articles[3]) // the last of the page
	second := read(content.PageArgs{First: new(2), After: first.PageInfo.EndCursor})
	if got := strings.Join(list[content.Article]{call: slugOf}.names(second), " "); got != "a-2 a-1" {
		t.Errorf("after a-4 and a-3, which was withdrawn, come %s; want a-2 a-1", got)
	}
	if !second.PageInfo.HasPreviousPage {
		t.Error("the page after a-4 and a-3, which was withdrawn, has no previous page")
	}
	a.withdraw(t, a.articles[4])
	if again := read(content.PageArgs{First: new(2), After: first.PageInfo.EndCursor}); again.PageInfo.HasPreviousPage {
		t.Error("a page has a previous one when all that stood there was withdrawn")
	}
}

func TestUnknownOrders(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	for name, order := range map[string][]content.ArticleOrder{
		"twice":   {{Field: content.OrderTitle, Direction: content.Asc}, {Field: content.OrderTitle, Direction: content.Desc}},
		"unknown": {{Field: "a.id; DROP TABLE article", Direction: content.Asc}},
	} {
		_, err := a.Articles(t.Context(), db.ArticleList{Order: order}, content.Window{Limit: 1})
		var mistake *content.Error
		if !errors.As(err, &mistake) || mistake.Code != content.Invalid || mistake.Field != "orderBy" {
			t.Errorf("%s: error %v, want %s about orderBy", name, err, content.Invalid)
		}
	}
}

// index makes the articles findable, as the pipeline does.
func (a *archive) index(t *testing.T) {
	t.Helper()
	a.analyse(t, "1")
}

// analyse saves an empty analysis of whatever waits for one.
func (a *archive) analyse(t *testing.T, version string) {
	t.Helper()
	ctx := t.Context()
	keys, err := a.WaitingForAnalysis(ctx, version)
	if err != nil {
		t.Fatalf("WaitingForAnalysis failed: %v", err)
	}
	materials, err := a.Materials(ctx, keys)
	if err != nil {
		t.Fatalf("Materials failed: %v", err)
	}
	analyses := make([]db.Analysis, len(materials))
	for i := range materials {
		analyses[i] = db.Analysis{Material: &materials[i], Version: version}
	}
	if err := a.SaveAnalyses(ctx, analyses, pipeline.Segment(materials)); err != nil {
		t.Fatalf("SaveAnalyses failed: %v", err)
	}
}

// find searches the archive.
func (a *archive) find(ctx context.Context, query string, where *content.ArticleWhere, w content.Window) (content.Page[search.Hit], error) {
	found, err := search.Find(ctx, a.DB, search.Parse(query), where, w)
	if err != nil {
		return content.Page[search.Hit]{}, err
	}
	return found.Page, nil
}
