package db_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/publish"
)

// archive is an open archive and what is known to be in it, in the order in
// which it came in.
type archive struct {
	*db.DB
	path     string
	now      time.Time // what the clock of the archive shows
	articles []*article
}

// article is an article as the tests know it, made from its draft alone.
type article struct {
	content.Draft
	id        content.ID
	number    int // in the order in which they came in
	words     int
	created   time.Time
	withdrawn bool
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{path: filepath.Join(t.TempDir(), "archive.db"), now: dbtest.Now}
	a.DB = dbtest.OpenFile(t, a.path, func() time.Time { return a.now })
	return a
}

// file makes a draft ready to be written.
func file(t *testing.T, d content.Draft) db.Filing {
	t.Helper()
	if err := d.Validate(); err != nil {
		t.Fatalf("the draft %q is not valid: %v", d.Title, err)
	}
	f, err := publish.File(d)
	if err != nil {
		t.Fatalf("file %q: %v", d.Title, err)
	}
	return f
}

// save writes drafts in one transaction.
func (a *archive) save(t *testing.T, drafts ...content.Draft) []db.Outcome {
	t.Helper()
	filings := make([]db.Filing, len(drafts))
	for i, d := range drafts {
		filings[i] = file(t, d)
	}
	outcomes, err := a.Save(t.Context(), filings)
	if err != nil {
		t.Fatalf("Save failed: %v", err)
	}
	return outcomes
}

// add writes a new article and remembers it.
func (a *archive) add(t *testing.T, d content.Draft) *article {
	t.Helper()
	outcome := a.save(t, d)[0]
	if outcome.Change != db.Created {
		t.Fatalf("Save(%q) = %+v, want it created", d.Title, outcome)
	}
	added := &article{Draft: d, id: outcome.ID, number: len(a.articles), words: len(strings.Fields(d.Body)), created: a.now}
	a.articles = append(a.articles, added)
	return added
}

func (a *archive) withdraw(t *testing.T, x *article) {
	t.Helper()
	dbtest.Withdraw(t, a.path, x.id)
	x.withdrawn = true
}

// visible are the articles that readers may see, in the order in which they
// came in.
func (a *archive) visible() []*article {
	var seen []*article
	for _, x := range a.articles {
		if x.Status == content.StatusPublished && !x.withdrawn && !x.PublishedAt.After(a.now) {
			seen = append(seen, x)
		}
	}
	return seen
}

func (x *article) String() string { return x.Slug }

func (x *article) tags() []string    { return slugs(x.Tags) }
func (x *article) authors() []string { return slugs(names(x.Authors)) }

// sections are the slugs of the sections that an article stands in.
func (x *article) sections() []string {
	var all []string
	for _, s := range content.ParseSection(x.Section) {
		all = append(all, s.Slug)
	}
	return all
}

func names(authors []content.Author) []string {
	all := make([]string, len(authors))
	for i, a := range authors {
		all[i] = a.Name
	}
	return all
}

func slugs(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = content.Slugify(name)
	}
	return all
}

func ids(articles []*article) []content.ID {
	all := make([]content.ID, len(articles))
	for i, x := range articles {
		all[i] = x.id
	}
	return all
}

// pick chooses one of some values.
func pick[T any](r *rand.Rand, values ...T) T { return values[r.IntN(len(values))] }

// some chooses up to n different ones of some values, in any order.
func some[T any](r *rand.Rand, n int, values ...T) []T {
	shuffled := slices.Clone(values)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return shuffled[:r.IntN(n+1)]
}

// The values of random articles. They are few, so that many articles are equal
// in what lists are sorted by, and awkward, so that no character means more to
// SQL than to a reader.
var (
	titles    = []string{"Harbour", "harbour", "HARBOUR wall", "100% sure", "100x sure", `back\slash`, "under_score", "underXscore", `'); DROP TABLE article; --`, "Été"}
	languages = []string{"en", "en-GB", "fr", "und"}
	places    = []string{"", "world", "world/europe", "world/asia", "Local news", "world/europe/north"}
	people    = []string{"Ana Reyes", "Tom Weir", "Li Wei", "Ewa Å"}
	topics    = []string{"Harbour", "Storm", "Fish & chips", "2026", "Ünder"}
)

// randomDraft makes a draft whose times lie around now.
func randomDraft(r *rand.Rand, n int, now time.Time) content.Draft {
	published := now.Add(time.Duration(r.IntN(7)-4) * time.Hour)
	d := content.Draft{
		Title: pick(r, titles...), Standfirst: pick(r, "", "", "A gap.", "a_gap"), Slug: fmt.Sprintf("%c-%03d", 'a'+r.IntN(3), n),
		Body: strings.Repeat("word ", r.IntN(4)), BodyFormat: content.Text, Language: pick(r, languages...),
		Status:      pick(r, content.StatusPublished, content.StatusPublished, content.StatusPublished, content.StatusPublished, content.StatusDraft),
		PublishedAt: &published, UpdatedAt: new(now.Add(time.Duration(r.IntN(3)) * time.Hour)),
		Section: pick(r, places...), Tags: some(r, 3, topics...),
	}
	for _, name := range some(r, 2, people...) {
		d.Authors = append(d.Authors, content.Author{Name: name})
	}
	if r.IntN(3) == 0 {
		d.URL = fmt.Sprintf("https://example.org/%d", r.IntN(3))
	}
	if r.IntN(3) == 0 {
		d.Source, d.ExternalID = pick(r, "cms", "CMS", "feed_1"), fmt.Sprintf("x%d", n)
	}
	return d
}

// randomArchive makes an archive of n articles, some of them hidden.
func randomArchive(t *testing.T, r *rand.Rand, n int) *archive {
	t.Helper()
	a := newArchive(t)
	now := a.now
	for i := range n {
		a.now = now.Add(-time.Duration(r.IntN(3)) * time.Minute)
		a.add(t, randomDraft(r, i, now))
	}
	a.now = now
	for _, x := range a.articles {
		if x.Status == content.StatusPublished && r.IntN(10) == 0 {
			a.withdraw(t, x)
		}
	}
	return a
}

// sorted are articles in an order, completed as lists complete it.
func sorted(articles []*article, order ...content.ArticleOrder) []*article {
	if len(order) == 0 {
		order = []content.ArticleOrder{{Field: content.OrderPublishedAt, Direction: content.Desc}}
	}
	order = append(slices.Clone(order), content.ArticleOrder{Direction: order[len(order)-1].Direction})
	inOrder := slices.Clone(articles)
	slices.SortFunc(inOrder, func(x, y *article) int {
		for _, o := range order {
			c := compareBy(o.Field, x, y)
			if o.Direction == content.Desc {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return inOrder
}

func compareBy(field content.ArticleOrderField, x, y *article) int {
	switch field {
	case content.OrderPublishedAt:
		return x.PublishedAt.Compare(*y.PublishedAt)
	case content.OrderUpdatedAt:
		return x.UpdatedAt.Compare(*y.UpdatedAt)
	case content.OrderCreatedAt:
		return x.created.Compare(y.created)
	case content.OrderTitle:
		return cmp.Compare(foldASCII(x.Title), foldASCII(y.Title))
	case content.OrderWordCount:
		return cmp.Compare(x.words, y.words)
	}
	return cmp.Compare(x.number, y.number)
}

// foldASCII is s with its ASCII letters, and only those, in lower case.
func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
