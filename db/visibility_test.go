package db_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/publish"
)

// hidden is an article that readers see or do not see, depending on its state,
// among others that they do see.
func hidden(t *testing.T, d content.Draft) (*archive, *article) {
	t.Helper()
	a := newArchive(t)
	hour := a.now.Add(-time.Hour)
	open := func(slug string, at time.Time) {
		a.add(t, content.Draft{Title: "Open", Slug: slug, Body: "open", BodyFormat: content.Text, Status: content.StatusPublished, PublishedAt: &at, Tags: []string{"open"}})
	}
	open("before", hour.Add(-time.Minute))
	d.Title, d.Slug, d.Body, d.BodyFormat, d.URL = "Secret", "secret", "hiddenword", content.Text, "https://example.org/secret"
	d.Source, d.ExternalID, d.Section, d.Tags = "cms", "1", "vault/inner", []string{"secret-tag"}
	d.Authors = []content.Author{{Name: "Secret Author"}}
	if d.PublishedAt == nil {
		d.PublishedAt = &hour
	}
	x := a.add(t, d)
	open("after", hour.Add(time.Minute))
	// Whatever is made of an article is there, as if it had been open once.
	status := dbtest.Rows(t, a.path, `SELECT status FROM article WHERE slug = 'secret'`)[0]
	dbtest.Exec(t, a.path, `UPDATE article SET status = 'PUBLISHED' WHERE slug = 'secret'`)
	a.index(t)
	dbtest.Exec(t, a.path, `UPDATE article SET status = $1 WHERE slug = 'secret'`, status)
	dbtest.Exec(t, a.path, `INSERT INTO summary (article_key, length, origin, text_hash, text, sentences, created_at)
		SELECT key, 'BRIEF', 'EXTRACTIVE', text_hash, 'hiddenword', '[]', 0 FROM article`)
	dbtest.Exec(t, a.path, `INSERT INTO related (article_key, related_key, score, origin, reasons)
		SELECT f.key, t.key, 0.5, 'AUTOMATIC', '[]' FROM article f, article t WHERE f.key <> t.key`)
	return a, x
}

// sightings names every way in which a reader meets an article, all of which
// must agree.
func (a *archive) sightings(t *testing.T, x *article) map[string]bool {
	t.Helper()
	ctx, w := t.Context(), content.Window{Limit: 100}
	self, others := []content.ID{x.id}, []content.ID{a.articles[0].id, a.articles[2].id}
	seen := map[string]bool{}
	note := func(way string, is bool, err error) {
		t.Helper()
		var mistake *content.Error
		if err != nil && (!errors.As(err, &mistake) || mistake.Code != content.NotFound) {
			t.Fatalf("%s: %v", way, err)
		}
		seen[way] = is
	}
	has := func(p content.Page[content.Article]) bool {
		for _, node := range p.Nodes() {
			if node.ID == x.id {
				return true
			}
		}
		return false
	}
	for way, by := range map[string]content.ArticleBy{
		"id": {ID: &x.id}, "slug": {Slug: &x.Slug}, "url": {URL: &x.URL}, "external": {External: &content.External{Source: x.Source, ID: x.ExternalID}},
	} {
		got, err := a.Article(ctx, by)
		note("article by "+way, err == nil && got.ID == x.id, err)
	}
	byID, err := a.ArticlesByID(ctx, append(self, others...))
	note("articles by id", len(byID) == 3, err)
	for way, where := range map[string]*content.ArticleWhere{
		"all": nil, "where slug": {Slug: &content.StringFilter{Eq: &x.Slug}}, "where not": {Not: &content.ArticleWhere{Slug: &content.StringFilter{Eq: new("open")}}},
		"where or":      {Or: []*content.ArticleWhere{{URL: &content.StringFilter{Eq: &x.URL}}, {Tag: &content.SlugFilter{Eq: new("open")}}}},
		"where section": {Section: &content.SlugFilter{Eq: new("vault")}},
	} {
		p, err := a.Articles(ctx, db.ArticleList{Where: where}, w)
		note("articles "+way, has(p), err)
		n, err := p.TotalCount(ctx)
		note("count "+way, n == len(p.Edges) && has(p), err)
	}
	sightTaxonomy(t, a, "author", a.Authors(), "secret-author", x.id, note)
	sightTaxonomy(t, a, "tag", a.Tags(), "secret-tag", x.id, note)
	sightTaxonomy(t, a, "section", a.Sections(), "vault", x.id, note)
	sightTaxonomy(t, a, "inner section", a.Sections(), "vault/inner", x.id, note)
	for _, word := range []string{"hiddenword", "secret"} {
		p, err := a.find(ctx, word, nil, w)
		note("search "+word, len(p.Edges) == 1, err)
		n, err := p.TotalCount(ctx)
		note("search count "+word, n == 1, err)
	}
	a.sightNeighbours(t, x, others, note)
	return seen
}

func sightTaxonomy[T any](t *testing.T, a *archive, name string, taxonomy db.Taxonomy[T], slug string, article content.ID, note func(string, bool, error)) {
	t.Helper()
	ctx, w := t.Context(), content.Window{Limit: 100}
	_, err := taxonomy.Find(ctx, content.SlugOrID{Slug: &slug})
	note(name+" by slug", err == nil, err)
	id := content.ID(dbtest.Rows(t, a.path, `SELECT id FROM (SELECT id, slug FROM author UNION SELECT id, slug FROM tag UNION SELECT id, slug FROM section) WHERE slug = $1`, slug)[0])
	_, err = taxonomy.Find(ctx, content.SlugOrID{ID: &id})
	note(name+" by id", err == nil, err)
	byIDs, err := taxonomy.ByIDs(ctx, []content.ID{id})
	note(name+" by ids", len(byIDs) == 1, err)
	p, err := taxonomy.Page(ctx, w)
	open := map[string]int{"tag": 1}[name]
	note(name+" list", len(p.Edges) > open, err)
	n, err := p.TotalCount(ctx)
	note(name+" count", n > open, err)
	pages, err := taxonomy.Articles(ctx, []content.ID{id}, db.ArticleList{}, w)
	note("articles of "+name, len(pages[id].Edges) == 1, err)
	pages, err = taxonomy.Articles(ctx, []content.ID{id, "other"}, db.ArticleList{}, w)
	note("articles of "+name+" and others", len(pages[id].Edges) == 1, err)
	counts, err := taxonomy.CountArticles(ctx, []content.ID{id}, nil)
	note("count of articles of "+name, counts[id] == 1, err)
}

func (a *archive) sightNeighbours(t *testing.T, x *article, others []content.ID, note func(string, bool, error)) {
	t.Helper()
	ctx, w, self := t.Context(), content.Window{Limit: 100}, []content.ID{x.id}
	related, err := a.RelatedOf(ctx, others, nil, w)
	note("related to others", len(related[others[0]].Edges) == 2 && len(related[others[1]].Edges) == 2, err)
	counts, err := a.CountRelated(ctx, append(others[:2:2], x.id), nil)
	note("count of related to others", counts[others[0]] == 2, err)
	note("count of related to it", counts[x.id] == 2, err)
	after := &content.Cursor{Order: "related:place-score-", Values: []any{2000.0, 2.0}, ID: "0"}
	related, err = a.RelatedOf(ctx, others[:1], nil, content.Window{Limit: 100, After: after})
	note("related to others from a cursor", len(related[others[0]].Edges) == 2, err)
	related, err = a.RelatedOf(ctx, self, nil, w)
	note("related to it", len(related[x.id].Edges) == 2, err)
	next, err := a.Next(ctx, others, nil)
	note("next", next[others[0]].ID == x.id, err)
	previous, err := a.Previous(ctx, others, nil)
	note("previous", previous[others[1]].ID == x.id, err)
	next, err = a.Next(ctx, self, nil)
	note("next of it", len(next) == 1, err)
	previous, err = a.Previous(ctx, self, nil)
	note("previous of it", len(previous) == 1, err)
	summaries, err := a.Summaries(ctx, self, content.SummaryBrief)
	note("summary", len(summaries) == 1, err)
	bodies, err := a.Bodies(ctx, self)
	note("body", len(bodies) == 1, err)
	sections, err := a.Sections().Of(ctx, self)
	note("its sections", len(sections[x.id]) == 2, err)
	authors, err := a.Authors().Of(ctx, self)
	note("its authors", len(authors[x.id]) == 1, err)
	tags, err := a.Tags().Of(ctx, self)
	note("its tags", len(tags[x.id]) == 1, err)
	inner := content.ID(dbtest.Rows(t, a.path, `SELECT id FROM section WHERE slug = 'vault/inner'`)[0])
	outer := content.ID(dbtest.Rows(t, a.path, `SELECT id FROM section WHERE slug = 'vault'`)[0])
	children, err := a.Children(ctx, []content.ID{outer})
	note("section below", len(children[outer]) == 1, err)
	parents, err := a.Parents(ctx, []content.ID{inner})
	note("section above", len(parents[inner]) == 1, err)
}

// wantSeen checks that an article is met in every way, or in none.
func wantSeen(t *testing.T, when string, a *archive, x *article, want bool) {
	t.Helper()
	all := a.sightings(t, x)
	wanted := map[string]bool{}
	for way := range all {
		wanted[way] = want
	}
	if diff := cmp.Diff(wanted, all); diff != "" {
		t.Errorf("%s: where readers meet the article (-want +got):\n%s", when, diff)
	}
}

func TestPublishedArticlesAreSeenEverywhere(t *testing.T) {
	t.Parallel()
	a, x := hidden(t, content.Draft{Status: content.StatusPublished})
	wantSeen(t, "published", a, x, true)
}

func TestDraftsAreSeenNowhere(t *testing.T) {
	t.Parallel()
	a, x := hidden(t, content.Draft{Status: content.StatusDraft})
	wantSeen(t, "draft", a, x, false)
}

func TestWithdrawnArticlesAreSeenNowhere(t *testing.T) {
	t.Parallel()
	a, x := hidden(t, content.Draft{Status: content.StatusPublished})
	a.withdraw(t, x)
	wantSeen(t, "withdrawn", a, x, false)
}

func TestScheduledArticlesAreSeenFromTheirTimeOn(t *testing.T) {
	t.Parallel()
	// The neighbours move along, so that the article stays between them.
	a, x := hidden(t, content.Draft{Status: content.StatusScheduled, PublishedAt: new(dbtest.Now.Add(time.Hour))})
	dbtest.Exec(t, a.path, `UPDATE article SET published_at = $1 WHERE slug = 'after'`, a.now.Add(-time.Second).UnixMilli())
	start := a.now
	for _, tt := range []struct {
		at   time.Duration
		want bool
	}{{0, false}, {time.Hour - time.Millisecond, false}, {time.Hour, true}, {24 * time.Hour, true}, {0, false}} {
		a.now = start.Add(tt.at)
		if tt.want {
			dbtest.Exec(t, a.path, `UPDATE article SET published_at = $1 WHERE slug = 'after'`, x.PublishedAt.UnixMilli())
		}
		wantSeen(t, fmt.Sprint(tt.at, " later"), a, x, tt.want)
	}
}

func TestTheStatusIsTheOneOfTheMoment(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	at := a.now.Add(time.Hour)
	a.add(t, content.Draft{Title: "A", Slug: "a", Status: content.StatusScheduled, PublishedAt: &at})
	for _, tt := range []struct {
		now  time.Time
		want content.Status
	}{{at.Add(-time.Millisecond), content.StatusScheduled}, {at, content.StatusPublished}} {
		a.now = tt.now
		for d, err := range a.Export(t.Context()) {
			if err != nil || d.Status != tt.want {
				t.Errorf("at %v the article of %v is %s, %v; want %s", tt.now, at, d.Status, err, tt.want)
			}
		}
	}
}

func TestArticlesInTheTrashAreSeenNowhere(t *testing.T) {
	t.Parallel()
	a, x := hidden(t, content.Draft{Status: content.StatusPublished})
	desk, ctx := publish.NewDesk(a.DB), dbtest.As(t.Context(), content.RoleEditor)
	if _, err := desk.DeleteArticle(ctx, publish.Base{ID: x.id}); err != nil {
		t.Fatal(err)
	}
	wantSeen(t, "in the trash", a, x, false)
	if _, err := desk.RestoreArticle(ctx, publish.Base{ID: x.id}); err != nil {
		t.Fatal(err)
	}
	wantSeen(t, "out of the trash", a, x, false)
}

func TestArticlesAreSeenUntilTheEndOfTheirPublication(t *testing.T) {
	t.Parallel()
	a, x := hidden(t, content.Draft{Status: content.StatusPublished})
	start := a.now
	desk, ctx := publish.NewDesk(a.DB), dbtest.As(t.Context(), content.RoleEditor)
	if _, err := desk.UnpublishArticle(ctx, publish.Base{ID: x.id}, new(start.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]bool{0: true, time.Hour - time.Millisecond: true, time.Hour: false, 24 * time.Hour: false} {
		a.now = start.Add(at)
		wantSeen(t, fmt.Sprint(at, " later"), a, x, want)
	}
}
