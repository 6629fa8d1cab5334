package db_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// holds tells whether an article is selected: what content.ArticleWhere says,
// written once more in Go.
func (x *article) holds(w *content.ArticleWhere) bool {
	if w == nil {
		return true
	}
	for _, nested := range w.And {
		if !x.holds(nested) {
			return false
		}
	}
	if w.Or != nil && !slices.ContainsFunc(w.Or, x.holds) {
		return false
	}
	if w.Not != nil && x.holds(w.Not) {
		return false
	}
	return x.holdsFields(w)
}

func (x *article) holdsFields(w *content.ArticleWhere) bool {
	if f := w.ID; f != nil && !ordered(&x.id, cmp.Compare, comparisons[content.ID]{eq: f.Eq, ne: f.Ne, in: f.In, notIn: f.NotIn}) {
		return false
	}
	for _, f := range []struct {
		value  string
		filter *content.StringFilter
	}{
		{x.Slug, w.Slug},
		{x.Title, w.Title},
		{x.Standfirst, w.Standfirst},
		{x.URL, w.URL},
		{x.Source, w.Source},
		{x.ExternalID, w.ExternalID},
		{x.Language, w.Language},
	} {
		if f.filter != nil && !holdsText(f.value, f.filter) {
			return false
		}
	}
	for _, f := range []struct {
		slugs  []string
		filter *content.SlugFilter
	}{{x.sections(), w.Section}, {x.authors(), w.Author}, {x.tags(), w.Tag}} {
		if f.filter != nil && !holdsSlugs(f.slugs, f.filter) {
			return false
		}
	}
	if f := w.WordCount; f != nil && !ordered(&x.words, cmp.Compare, comparisons[int]{f.Eq, f.Ne, f.In, f.NotIn, f.Lt, f.Lte, f.Gt, f.Gte, nil}) {
		return false
	}
	for _, f := range []struct {
		value  *time.Time
		filter *content.TimeFilter
	}{{x.PublishedAt, w.PublishedAt}, {x.UpdatedAt, w.UpdatedAt}, {&x.created, w.CreatedAt}} {
		if g := f.filter; g != nil && !ordered(f.value, time.Time.Compare, comparisons[time.Time]{g.Eq, g.Ne, g.In, g.NotIn, g.Lt, g.Lte, g.Gt, g.Gte, g.IsNull}) {
			return false
		}
	}
	return true
}

type comparisons[T any] struct {
	eq, ne           *T
	in, notIn        []T
	lt, lte, gt, gte *T
	isNull           *bool
}

// ordered compares a value, nil when there is none. Nothing is equal to no
// value, nor before nor after it; everything is different from it.
func ordered[T any](v *T, compare func(T, T) int, f comparisons[T]) bool {
	is := func(other *T, holds func(int) bool) bool {
		return other == nil || v != nil && holds(compare(*v, *other))
	}
	among := func(others []T) bool {
		return v != nil && slices.ContainsFunc(others, func(o T) bool { return compare(*v, o) == 0 })
	}
	return is(f.eq, func(c int) bool { return c == 0 }) &&
		(f.ne == nil || v == nil || compare(*v, *f.ne) != 0) &&
		is(f.lt, func(c int) bool { return c < 0 }) && is(f.lte, func(c int) bool { return c <= 0 }) &&
		is(f.gt, func(c int) bool { return c > 0 }) && is(f.gte, func(c int) bool { return c >= 0 }) &&
		(f.in == nil || among(f.in)) && !among(f.notIn) &&
		(f.isNull == nil || *f.isNull == (v == nil))
}

func holdsText(s string, f *content.StringFilter) bool {
	v := &s
	if s == "" {
		v = nil
	}
	return ordered(v, cmp.Compare, comparisons[string]{f.Eq, f.Ne, f.In, f.NotIn, f.Lt, f.Lte, f.Gt, f.Gte, f.IsNull}) &&
		(f.Contains == nil || v != nil && strings.Contains(foldASCII(s), foldASCII(*f.Contains))) &&
		(f.StartsWith == nil || v != nil && strings.HasPrefix(foldASCII(s), foldASCII(*f.StartsWith)))
}

func holdsSlugs(slugs []string, f *content.SlugFilter) bool {
	one := func(of []string) bool {
		return slices.ContainsFunc(slugs, func(s string) bool { return slices.Contains(of, s) })
	}
	return (f.Eq == nil || one([]string{*f.Eq})) && (f.Ne == nil || !one([]string{*f.Ne})) &&
		(f.In == nil || one(f.In)) && !one(f.NotIn) &&
		(f.StartsWith == nil || slices.ContainsFunc(slugs, func(s string) bool { return strings.HasPrefix(s, *f.StartsWith) })) &&
		(f.IsNull == nil || *f.IsNull == (len(slugs) == 0))
}

// maybe returns one of some values, or nil.
func maybe[T any](r *rand.Rand, values []T) *T {
	if r.IntN(4) > 0 {
		return nil
	}
	return &values[r.IntN(len(values))]
}

// maybeSome returns some of the values, none of them, or nil.
func maybeSome[T any](r *rand.Rand, values []T) []T {
	if r.IntN(4) > 0 {
		return nil
	}
	return append([]T{}, some(r, min(3, len(values)), values...)...)
}

func randomComparisons[T any](r *rand.Rand, values []T) comparisons[T] {
	return comparisons[T]{
		maybe(r, values), maybe(r, values), maybeSome(r, values), maybeSome(r, values),
		maybe(r, values), maybe(r, values), maybe(r, values), maybe(r, values), maybe(r, []bool{true, false}),
	}
}

func randomText(r *rand.Rand, values ...string) *content.StringFilter {
	f := randomComparisons(r, values)
	// Parts of the values, and what SQL might take for a pattern.
	word := pick(r, values...)
	parts := []string{word, word[:r.IntN(len(word)+1)], strings.ToUpper(word), "%", "_", `\`, "", "a_", "E", "'", "10_%"}
	return &content.StringFilter{
		Eq: f.eq, Ne: f.ne, In: f.in, NotIn: f.notIn, Lt: f.lt, Lte: f.lte, Gt: f.gt, Gte: f.gte, IsNull: f.isNull,
		Contains: maybe(r, valid(parts)), StartsWith: maybe(r, valid(parts)),
	}
}

// valid are those of some texts that are UTF-8: a cut may have gone through a
// character.
func valid(texts []string) []string {
	for i := range texts {
		texts[i] = strings.ToValidUTF8(texts[i], "")
	}
	return texts
}

func randomSlugs(r *rand.Rand, values ...string) *content.SlugFilter {
	f := randomComparisons(r, values)
	return &content.SlugFilter{Eq: f.eq, Ne: f.ne, In: f.in, NotIn: f.notIn, IsNull: f.isNull, StartsWith: maybe(r, []string{"world/", "w", "", "%", "2_"})}
}

func randomTime(r *rand.Rand, values []time.Time) *content.TimeFilter {
	f := randomComparisons(r, values)
	return &content.TimeFilter{Eq: f.eq, Ne: f.ne, In: f.in, NotIn: f.notIn, Lt: f.lt, Lte: f.lte, Gt: f.gt, Gte: f.gte, IsNull: f.isNull}
}

// randomWhere makes a filter of a few fields, with others in it.
func (a *archive) randomWhere(r *rand.Rand, depth int) *content.ArticleWhere {
	w := &content.ArticleWhere{}
	for range 1 + r.IntN(2) {
		a.setRandomField(r, w)
	}
	if depth == 0 {
		return w
	}
	nested := func() []*content.ArticleWhere {
		all := make([]*content.ArticleWhere, r.IntN(4))
		for i := range all {
			all[i] = a.randomWhere(r, depth-1)
		}
		return all
	}
	switch r.IntN(5) {
	case 0:
		w.And = nested()
	case 1:
		w.Or = nested()
	case 2:
		return &content.ArticleWhere{Or: nested()}
	case 3:
		return &content.ArticleWhere{Not: a.randomWhere(r, depth-1)}
	}
	return w
}

func (a *archive) setRandomField(r *rand.Rand, w *content.ArticleWhere) {
	x := pick(r, a.articles...)
	hour := func(n int) time.Time { return a.now.Add(time.Duration(n) * time.Hour) }
	switch r.IntN(15) {
	case 0:
		f := randomComparisons(r, append(ids(a.articles[:3]), x.id, "art_unknown"))
		w.ID = &content.IDFilter{Eq: f.eq, Ne: f.ne, In: f.in, NotIn: f.notIn}
	case 1:
		w.Slug = randomText(r, x.Slug, a.articles[0].Slug, "a-", "c")
	case 2:
		w.Title = randomText(r, titles...)
	case 3:
		w.Standfirst = randomText(r, "A gap.", "a_gap", "a")
	case 4:
		w.URL = randomText(r, "https://example.org/1", "https://example.org/2", "https://")
	case 5:
		w.Source = randomText(r, "cms", "CMS", "feed_1", "feedx1")
	case 6:
		w.ExternalID = randomText(r, "x1", "x2", x.Slug)
	case 7:
		w.Language = randomText(r, languages...)
	case 8:
		w.Section = randomSlugs(r, "world", "world/europe", "local-news", "worl_")
	case 9:
		w.Author = randomSlugs(r, "ana-reyes", "tom-weir", "nobody")
	case 10:
		w.Tag = randomSlugs(r, slugs(topics)...)
	case 11:
		f := randomComparisons(r, []int{0, 1, 2, 3})
		w.WordCount = &content.IntFilter{Eq: f.eq, Ne: f.ne, In: f.in, NotIn: f.notIn, Lt: f.lt, Lte: f.lte, Gt: f.gt, Gte: f.gte}
	case 12:
		w.PublishedAt = randomTime(r, []time.Time{hour(-2), hour(-1), hour(0)})
	case 13:
		w.UpdatedAt = randomTime(r, []time.Time{hour(0), hour(1), hour(2)})
	case 14:
		w.CreatedAt = randomTime(r, []time.Time{hour(0), hour(0).Add(-time.Minute)})
	}
}

// selected are the visible articles that a filter selects.
func (a *archive) selected(w *content.ArticleWhere) []*article {
	var all []*article
	for _, x := range a.visible() {
		if x.holds(w) {
			all = append(all, x)
		}
	}
	return all
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestWhere(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 5))
			a := randomArchive(t, r, 50)
			none, every := 0, 0
			for range 400 {
				w := a.randomWhere(r, r.IntN(4))
				if w.Validate() != nil {
					continue
				}
				want := slugsOf(sorted(a.selected(w)))
				p, err := a.Articles(t.Context(), db.ArticleList{Where: w}, content.Window{Limit: 100})
				if err != nil {
					t.Fatalf("where %s: %v", inJSON(t, w), err)
				}
				if diff := gocmp.Diff(want, slugsOfPage(p)); diff != "" {
					t.Errorf("where %s (-want +got):\n%s", inJSON(t, w), diff)
				}
				if n, err := p.TotalCount(t.Context()); err != nil || n != len(want) {
					t.Errorf("where %s: TotalCount() = %d, %v; want %d", inJSON(t, w), n, err, len(want))
				}
				if len(want) == 0 {
					none++
				}
				if len(want) == len(a.visible()) {
					every++
				}
			}
			if none > 300 || every > 300 {
				t.Errorf("%d of 400 filters selected nothing and %d everything: they show too little", none, every)
			}
		})
	}
}

func slugsOfPage(p content.Page[content.Article]) []string {
	all := []string{}
	for _, x := range p.Nodes() {
		all = append(all, x.Slug)
	}
	return all
}

func TestWhereHoldsInEveryList(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	a := randomArchive(t, r, 50)
	a.index(t)
	from := a.visible()[0]
	a.relate(t, r, from)
	tags, err := a.Tags().Page(t.Context(), content.Window{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		w := a.randomWhere(r, 1)
		checkRelatedWhere(t, a, from, w)
		checkSearchWhere(t, a, w)
		var tagIDs []content.ID
		for _, tag := range tags.Nodes() {
			tagIDs = append(tagIDs, tag.ID)
		}
		counts, err := a.Tags().CountArticles(t.Context(), tagIDs, w)
		if err != nil {
			t.Fatalf("CountArticles where %s: %v", inJSON(t, w), err)
		}
		together, err := a.Tags().Articles(t.Context(), tagIDs, db.ArticleList{Where: w}, content.Window{Limit: 100})
		if err != nil {
			t.Fatalf("Articles of tags where %s: %v", inJSON(t, w), err)
		}
		for _, tag := range tags.Nodes() {
			want := slugsOf(sorted(slices.DeleteFunc(a.selected(w), func(x *article) bool { return !slices.Contains(x.tags(), tag.Slug) })))
			alone, err := a.Tags().Articles(t.Context(), []content.ID{tag.ID}, db.ArticleList{Where: w}, content.Window{Limit: 100})
			if err != nil {
				t.Fatalf("Articles of %s where %s: %v", tag.Slug, inJSON(t, w), err)
			}
			if diff := gocmp.Diff(want, slugsOfPage(alone[tag.ID])); diff != "" {
				t.Errorf("articles of %s where %s (-want +got):\n%s", tag.Slug, inJSON(t, w), diff)
			}
			if diff := gocmp.Diff(want, slugsOfPage(together[tag.ID])); diff != "" {
				t.Errorf("articles of %s, among others, where %s (-want +got):\n%s", tag.Slug, inJSON(t, w), diff)
			}
			if counts[tag.ID] != len(want) {
				t.Errorf("CountArticles of %s where %s = %d, want %d", tag.Slug, inJSON(t, w), counts[tag.ID], len(want))
			}
		}
	}
}

// checkRelatedWhere compares the filtered edges of an article with all of them.
func checkRelatedWhere(t *testing.T, a *archive, from *article, w *content.ArticleWhere) {
	t.Helper()
	read := func(w *content.ArticleWhere) content.Page[db.RelatedArticle] {
		t.Helper()
		pages, err := a.RelatedOf(t.Context(), []content.ID{from.id}, w, content.Window{Limit: 100})
		if err != nil {
			t.Fatalf("RelatedOf where %s: %v", inJSON(t, w), err)
		}
		return pages[from.id].Page
	}
	slug := func(x db.RelatedArticle) string { return x.Node.Slug }
	selected := slugsOf(a.selected(w))
	want := slices.DeleteFunc(list[db.RelatedArticle]{call: slug}.names(read(nil)), func(s string) bool { return !slices.Contains(selected, s) })
	got := read(w)
	if diff := gocmp.Diff(want, list[db.RelatedArticle]{call: slug}.names(got)); diff != "" {
		t.Errorf("related to %s where %s (-want +got):\n%s", from.Slug, inJSON(t, w), diff)
	}
	if n, err := a.CountRelated(t.Context(), []content.ID{from.id}, w); err != nil || n[from.id] != len(want) {
		t.Errorf("related to %s where %s: CountRelated() = %d, %v; want %d", from.Slug, inJSON(t, w), n[from.id], err, len(want))
	}
}

// checkSearchWhere compares a filtered search with the whole one.
func checkSearchWhere(t *testing.T, a *archive, w *content.ArticleWhere) {
	t.Helper()
	read := func(w *content.ArticleWhere) content.Page[search.Hit] {
		t.Helper()
		p, err := a.find(t.Context(), "harbour", w, content.Window{Limit: 100})
		if err != nil {
			t.Fatalf("Search where %s: %v", inJSON(t, w), err)
		}
		return p
	}
	slug := func(x search.Hit) string { return x.Node.Slug }
	selected := slugsOf(a.selected(w))
	want := slices.DeleteFunc(list[search.Hit]{call: slug}.names(read(nil)), func(s string) bool { return !slices.Contains(selected, s) })
	got := read(w)
	if diff := gocmp.Diff(want, list[search.Hit]{call: slug}.names(got)); diff != "" {
		t.Errorf("search where %s (-want +got):\n%s", inJSON(t, w), diff)
	}
	if n, err := got.TotalCount(t.Context()); err != nil || n != len(want) {
		t.Errorf("search where %s: TotalCount() = %d, %v; want %d", inJSON(t, w), n, err, len(want))
	}
}

func TestWhereMeansWhatItSays(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	add := func(slug string, d content.Draft) {
		d.Slug, d.Status, d.PublishedAt = slug, content.StatusPublished, new(a.now.Add(-time.Hour))
		a.add(t, d)
	}
	add("bare", content.Draft{Title: `50\50`})
	add("full", content.Draft{Title: "50% of it_all", URL: "https://example.org/a", Section: "world/europe", Tags: []string{"a", "b"}})
	url, none := "https://example.org/a", []string{}
	for name, tt := range map[string]struct {
		where *content.ArticleWhere
		want  string
	}{
		"nothing":             {&content.ArticleWhere{}, "full bare"},
		"and of none":         {&content.ArticleWhere{And: []*content.ArticleWhere{}}, "full bare"},
		"or of none":          {&content.ArticleWhere{Or: []*content.ArticleWhere{}}, ""},
		"not of nothing":      {&content.ArticleWhere{Not: &content.ArticleWhere{}}, ""},
		"in none":             {&content.ArticleWhere{URL: &content.StringFilter{In: none}}, ""},
		"not in none":         {&content.ArticleWhere{URL: &content.StringFilter{NotIn: none}}, "full bare"},
		"tag in none":         {&content.ArticleWhere{Tag: &content.SlugFilter{In: none}}, ""},
		"eq":                  {&content.ArticleWhere{URL: &content.StringFilter{Eq: &url}}, "full"},
		"ne takes null":       {&content.ArticleWhere{URL: &content.StringFilter{Ne: &url}}, "bare"},
		"not in takes null":   {&content.ArticleWhere{URL: &content.StringFilter{NotIn: []string{url}}}, "bare"},
		"not eq takes null":   {&content.ArticleWhere{Not: &content.ArticleWhere{URL: &content.StringFilter{Eq: &url}}}, "bare"},
		"lt does not":         {&content.ArticleWhere{URL: &content.StringFilter{Lt: new("z")}}, "full"},
		"null":                {&content.ArticleWhere{URL: &content.StringFilter{IsNull: new(true)}}, "bare"},
		"not null":            {&content.ArticleWhere{URL: &content.StringFilter{IsNull: new(false)}}, "full"},
		"percent":             {&content.ArticleWhere{Title: &content.StringFilter{Contains: new("%")}}, "full"},
		"underscore":          {&content.ArticleWhere{Title: &content.StringFilter{Contains: new("t_a")}}, "full"},
		"backslash":           {&content.ArticleWhere{Title: &content.StringFilter{Contains: new(`\`)}}, "bare"},
		"percent at start":    {&content.ArticleWhere{Title: &content.StringFilter{StartsWith: new("%")}}, ""},
		"case":                {&content.ArticleWhere{Title: &content.StringFilter{StartsWith: new("50% OF")}}, "full"},
		"section below":       {&content.ArticleWhere{Section: &content.SlugFilter{Eq: new("world")}}, "full"},
		"section by prefix":   {&content.ArticleWhere{Section: &content.SlugFilter{StartsWith: new("world/e")}}, "full"},
		"section by wildcard": {&content.ArticleWhere{Section: &content.SlugFilter{StartsWith: new("w%")}}, ""},
		"no tag":              {&content.ArticleWhere{Tag: &content.SlugFilter{IsNull: new(true)}}, "bare"},
		"one tag of two":      {&content.ArticleWhere{Tag: &content.SlugFilter{Eq: new("b")}}, "full"},
		"not that tag":        {&content.ArticleWhere{Tag: &content.SlugFilter{Ne: new("b")}}, "bare"},
	} {
		p, err := a.Articles(t.Context(), db.ArticleList{Where: tt.where}, content.Window{Limit: 9})
		if got := strings.Join(slugsOfPage(p), " "); err != nil || got != tt.want {
			t.Errorf("%s: where %s selects %q, %v; want %q", name, inJSON(t, tt.where), got, err, tt.want)
		}
	}
}

func TestTheWidestFiltersRun(t *testing.T) {
	t.Parallel()
	a := randomArchive(t, rand.New(rand.NewPCG(7, 7)), 5)
	long := strings.Repeat("%", content.MaxWhereText)
	values := slices.Repeat([]string{long}, content.MaxWhereValues)
	text := func() *content.StringFilter {
		return &content.StringFilter{
			Eq: &long, Ne: &long, In: values, NotIn: values, Lt: &long, Lte: &long, Gt: &long, Gte: &long,
			Contains: &long, StartsWith: &long, IsNull: new(false),
		}
	}
	widest := &content.ArticleWhere{}
	for range 6 {
		widest.And = append(widest.And, &content.ArticleWhere{
			Slug: text(), Title: text(), Standfirst: text(), URL: text(), Source: text(), ExternalID: text(), Language: text(),
			Section: &content.SlugFilter{StartsWith: &long}, Author: &content.SlugFilter{Eq: &long, Ne: &long, In: values, NotIn: values},
		})
	}
	deepest := &content.ArticleWhere{Title: text()}
	for range content.MaxWhereDepth - 1 {
		deepest = &content.ArticleWhere{Not: deepest, Title: text()}
	}
	for name, w := range map[string]*content.ArticleWhere{
		"widest":  widest,
		"either":  {Or: widest.And},
		"deepest": deepest,
	} {
		if err := w.Validate(); err != nil {
			t.Errorf("%s: Validate() = %v, want nil", name, err)
		}
		if _, err := a.Articles(t.Context(), db.ArticleList{Where: w}, content.Window{Limit: 1}); err != nil {
			t.Errorf("%s: Articles failed: %v", name, err)
		}
	}
}

func TestEveryMethodChecksTheFilter(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	x := a.add(t, content.Draft{Title: "A", Tags: []string{"a"}})
	one, w := []content.ID{x.id}, content.Window{Limit: 1}
	where := &content.ArticleWhere{Slug: &content.StringFilter{In: make([]string, content.MaxWhereValues+1)}}
	for name, read := range map[string]func() error{
		"Articles": func() error { _, err := a.Articles(t.Context(), db.ArticleList{Where: where}, w); return err },
		"Tags.Articles": func() error {
			_, err := a.Tags().Articles(t.Context(), one, db.ArticleList{Where: where}, w)
			return err
		},
		"CountArticles": func() error { _, err := a.Tags().CountArticles(t.Context(), one, where); return err },
		"RelatedOf":     func() error { _, err := a.RelatedOf(t.Context(), one, where, w); return err },
		"Search":        func() error { _, err := a.find(t.Context(), "a", where, w); return err },
		"Previous":      func() error { _, err := a.Previous(t.Context(), one, where); return err },
		"Next":          func() error { _, err := a.Next(t.Context(), one, where); return err },
	} {
		var mistake *content.Error
		if err := read(); !errors.As(err, &mistake) || mistake.Code != content.Invalid || mistake.Field != "where" {
			t.Errorf("%s with a filter that is too wide: error %v, want %s about where", name, err, content.Invalid)
		}
	}
}

// hostile are texts that mean something to SQL, to LIKE or to FTS5.
var hostile = []string{
	`'`, `"`, `''`, `' OR '1'='1`, `" OR ""="`, `'; DROP TABLE article; --`, `*/ /*`, `--`, `$1`, `?1`, `:a`, `@a`, `\`, `\'`, `%`, `_`,
	"a\x00b", "\x00", "\xff\xfe", `NEAR(a b)`, `a OR b`, `title:a`, `a*`, `^a`, `(`, `{a b}:c`, `-a`, `+`, "😀", "\u202e", strings.Repeat("(", 3000),
}

func TestNoTextIsSQL(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	x := a.add(t, content.Draft{Title: "A", Slug: "a", Body: "a b", Tags: []string{"a"}, Authors: []content.Author{{Name: "a"}}, Section: "a"})
	a.index(t)
	count := `SELECT (SELECT COUNT(*) FROM article), (SELECT COUNT(*) FROM tag), (SELECT COUNT(*) FROM sqlite_schema)`
	before := dbtest.Rows(t, a.path, count)
	for _, s := range hostile {
		for name, read := range a.readers(t, x.id, s) {
			if err := read(); err != nil {
				if _, ok := errors.AsType[*content.Error](err); !ok {
					t.Errorf("%s of %.40q failed: %v", name, s, err)
				}
			}
		}
	}
	if diff := gocmp.Diff(before, dbtest.Rows(t, a.path, count)); diff != "" {
		t.Errorf("reading has changed the archive (-before +after):\n%s", diff)
	}
}

// readers are the ways in which a text of a client reaches the database.
func (a *archive) readers(t *testing.T, article content.ID, s string) map[string]func() error {
	t.Helper()
	ctx, w, id := t.Context(), content.Window{Limit: 3}, content.ID(s)
	text := &content.StringFilter{Eq: &s, Ne: &s, In: []string{s}, NotIn: []string{s}, Lt: &s, Gte: &s, Contains: &s, StartsWith: &s}
	slug := &content.SlugFilter{Eq: &s, Ne: &s, In: []string{s}, NotIn: []string{s}, StartsWith: &s}
	where := &content.ArticleWhere{
		ID: &content.IDFilter{Eq: &id, Ne: &id, In: []content.ID{id}, NotIn: []content.ID{id}}, Slug: text, Title: text, Standfirst: text,
		URL: text, Source: text, ExternalID: text, Language: text, Section: slug, Author: slug, Tag: slug,
	}
	find := func(by content.ArticleBy) func() error {
		return func() error { _, err := a.Article(ctx, by); return err }
	}
	return map[string]func() error{
		"Article by id":       find(content.ArticleBy{ID: &id}),
		"Article by slug":     find(content.ArticleBy{Slug: &s}),
		"Article by url":      find(content.ArticleBy{URL: &s}),
		"Article by external": find(content.ArticleBy{External: &content.External{Source: s, ID: s}}),
		"Articles where":      func() error { _, err := a.Articles(ctx, db.ArticleList{Where: where}, w); return err },
		"Articles after": func() error {
			after := &content.Cursor{Order: "article:published_at-", Values: []any{s}, ID: "1"}
			_, err := a.Articles(ctx, db.ArticleList{}, content.Window{Limit: 3, After: after})
			return err
		},
		"ArticlesByID": func() error { _, err := a.ArticlesByID(ctx, []content.ID{id}); return err },
		"Bodies":       func() error { _, err := a.Bodies(ctx, []content.ID{id}); return err },
		"Summaries":    func() error { _, err := a.Summaries(ctx, []content.ID{id}, content.SummaryLength(s)); return err },
		"Tags.Find":    func() error { _, err := a.Tags().Find(ctx, content.SlugOrID{Slug: &s}); return err },
		"Tags.ByIDs":   func() error { _, err := a.Tags().ByIDs(ctx, []content.ID{id}); return err },
		"Tags.Of":      func() error { _, err := a.Tags().Of(ctx, []content.ID{id}); return err },
		"Tags.Articles": func() error {
			_, err := a.Tags().Articles(ctx, []content.ID{id}, db.ArticleList{Where: where}, w)
			return err
		},
		"CountArticles": func() error { _, err := a.Authors().CountArticles(ctx, []content.ID{id}, where); return err },
		"Children":      func() error { _, err := a.Children(ctx, []content.ID{id}); return err },
		"RelatedOf":     func() error { _, err := a.RelatedOf(ctx, []content.ID{article, id}, where, w); return err },
		"Previous":      func() error { _, err := a.Previous(ctx, []content.ID{article, id}, where); return err },
		"Search":        func() error { _, err := a.find(ctx, s, nil, w); return err },
		"Search where":  func() error { _, err := a.find(ctx, "a "+s, where, w); return err },
	}
}
