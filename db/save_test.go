package db_test

import (
	"encoding/json"
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
	"nutgraph/internal/publish"
)

// stored reads all articles as drafts.
func stored(t *testing.T, store *db.DB) []content.Draft {
	t.Helper()
	var all []content.Draft
	for d, err := range store.Export(t.Context()) {
		if err != nil {
			t.Fatalf("Export failed: %v", err)
		}
		all = append(all, d)
	}
	return all
}

// change is the outcome of a filing in one line.
func change(o db.Outcome) string {
	if refusal, ok := errors.AsType[*content.Error](o.Err); ok {
		return fmt.Sprintf("%s: %s %s", o.Change, refusal.Code, refusal)
	}
	return string(o.Change)
}

func TestSaveTellsWhatHasChanged(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	d := content.Draft{Title: "Harbour wall", Body: "One.", Tags: []string{"a"}}
	changed := d
	changed.Body = "Two."
	for i, tt := range []struct {
		draft content.Draft
		want  string
	}{{d, "created"}, {d, "unchanged"}, {changed, "updated"}, {changed, "unchanged"}, {d, "updated"}} {
		outcome := a.save(t, tt.draft)[0]
		if got := change(outcome); got != tt.want || outcome.ID == "" {
			t.Errorf("save %d: %s of %q, want %s", i, got, outcome.ID, tt.want)
		}
	}
	got := a.bySlugOf(t, "harbour-wall")
	if got.Revision != 3 {
		t.Errorf("the revision is %d after three changes, want 3", got.Revision)
	}
	if n := dbtest.Rows(t, a.path, `SELECT COUNT(*) FROM article`); n[0] != "1" {
		t.Errorf("there are %s articles, want 1", n[0])
	}
}

// bySlugOf reads one article.
func (a *archive) bySlugOf(t *testing.T, slug string) content.Article {
	t.Helper()
	got, err := a.Article(t.Context(), content.ArticleBy{Slug: &slug})
	if err != nil {
		t.Fatalf("Article %q: %v", slug, err)
	}
	return got
}

func TestSaveKeepsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	published := a.now.Add(-36 * time.Hour).Add(123456789 * time.Nanosecond)
	d := content.Draft{
		Title: " Harbour wall ", Standfirst: " A gap. ", Body: "One **two** three.", Slug: "wall", URL: "https://example.org/wall",
		Source: "cms", ExternalID: "7", Language: "en-GB", PublishedAt: &published, UpdatedAt: new(published.Add(time.Hour)),
		Image: content.Image{URL: "https://example.org/wall.jpg", Alt: "The wall", Credit: "Ana"}, Section: "world/Europe",
	}
	x := a.add(t, d)
	millisecond := published.Truncate(time.Millisecond)
	got := a.bySlugOf(t, "wall")
	want := content.Article{
		ID: x.id, Slug: "wall", Title: "Harbour wall", Standfirst: "A gap.", URL: d.URL, External: &content.External{Source: "cms", ID: "7"},
		Language: "en-GB", Status: content.StatusPublished, Revision: 1, PublishedAt: &millisecond, UpdatedAt: millisecond.Add(time.Hour),
		CreatedAt: a.now, WordCount: 3, Image: &d.Image, SectionID: new(a.section(t, "world/europe")),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the article (-want +got):\n%s", diff)
	}
	bodies, err := a.Bodies(t.Context(), []content.ID{x.id})
	if err != nil {
		t.Fatalf("Bodies failed: %v", err)
	}
	wantBody := content.Body{Source: d.Body, Format: content.Markdown, HTML: "<p>One <strong>two</strong> three.</p>", Markdown: d.Body, Text: "One two three."}
	body := bodies[x.id]
	body.HTML = strings.TrimSpace(body.HTML)
	if diff := cmp.Diff(wantBody, body); diff != "" {
		t.Errorf("the body (-want +got):\n%s", diff)
	}
}

func TestLanguageIsDetectedWhenItIsNotGiven(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	french := "La tempête a ouvert une brèche dans la digue du port pendant la nuit, et les pêcheurs demandent des réparations depuis le printemps."
	a.save(t, content.Draft{Title: "La digue", Slug: "detected", Body: french}, content.Draft{Title: "La digue", Slug: "given", Body: french, Language: "de"})
	for slug, want := range map[string]string{"detected": "fr", "given": "de"} {
		if got := a.bySlugOf(t, slug).Language; got != want {
			t.Errorf("the language of %s is %q, want %q", slug, got, want)
		}
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	long := strings.TrimSuffix(strings.Repeat("harbour ", 15), " ")
	external := func(source, id, title, slug string) content.Draft {
		return content.Draft{Title: title, Slug: slug, Source: source, ExternalID: id}
	}
	for name, tt := range map[string]struct {
		drafts []content.Draft
		want   []string // outcomes
		slugs  []string // of all articles afterwards
	}{
		"of the title": {
			[]content.Draft{{Title: "Été à Köln"}},
			[]string{"created"},
			[]string{"ete-a-koln"},
		},
		"of a title without letters": {
			[]content.Draft{external("cms", "1", "☃", ""), external("cms", "2", "…!", "")},
			[]string{"created", "created"},
			[]string{"article-86c7c28c", "article-bf7fe7ce"},
		},
		"numbered": {
			[]content.Draft{external("cms", "1", "Wall", ""), external("cms", "2", "Wall", ""), external("feed", "1", "wall!", "")},
			[]string{"created", "created", "created"},
			[]string{"wall", "wall-2", "wall-3"},
		},
		"numbered, of a long title": {
			[]content.Draft{external("cms", "1", long, ""), external("cms", "2", long, "")},
			[]string{"created", "created"},
			[]string{content.Slugify(long), strings.Repeat("harbour-", 14) + "harbou-2"},
		},
		"numbered, over one that is asked for": {
			[]content.Draft{{Title: "A", Slug: "wall-2"}, {Title: "Wall"}, external("cms", "1", "Wall", "")},
			[]string{"created", "created", "created"},
			[]string{"wall-2", "wall", "wall-3"},
		},
		"taken": {
			[]content.Draft{{Title: "Wall"}, external("cms", "1", "Other", "wall")},
			[]string{"created", `refused: CONFLICT slug: "wall" is taken by another article; choose another`},
			[]string{"wall"},
		},
		"taken, of an article that is there": {
			[]content.Draft{{Title: "Wall"}, external("cms", "1", "Other", ""), external("cms", "1", "Other", "wall")},
			[]string{"created", "created", `refused: CONFLICT slug: "wall" is taken by another article; choose another`},
			[]string{"wall", "other"},
		},
		"kept when the title changes": {
			[]content.Draft{external("cms", "1", "Wall", ""), external("cms", "1", "Harbour", "")},
			[]string{"created", "updated"},
			[]string{"wall"},
		},
		"changed when another is asked for": {
			[]content.Draft{external("cms", "1", "Wall", ""), external("cms", "1", "Wall", "harbour")},
			[]string{"created", "updated"},
			[]string{"harbour"},
		},
		"of the title, of an article from elsewhere": {
			[]content.Draft{external("cms", "1", "Wall", ""), {Title: "Wall", Body: "mine"}},
			[]string{"created", `refused: BAD_USER_INPUT slug: "wall", made from the title, belongs to an article from cms; give this one a slug, or source and externalId`},
			[]string{"wall"},
		},
		"the key of what has no external name": {
			[]content.Draft{{Title: "Wall"}, {Title: "The wall", Slug: "wall"}},
			[]string{"created", "updated"},
			[]string{"wall"},
		},
	} {
		a := newArchive(t)
		var got []string
		for _, d := range tt.drafts {
			got = append(got, change(a.save(t, d)[0]))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("slugs %s: outcomes (-want +got):\n%s", name, diff)
		}
		slugs := dbtest.Rows(t, a.path, `SELECT slug FROM article ORDER BY key`)
		if diff := cmp.Diff(tt.slugs, slugs); diff != "" {
			t.Errorf("slugs %s (-want +got):\n%s", name, diff)
		}
		for _, slug := range slugs {
			if !content.ValidSlug(slug) {
				t.Errorf("slugs %s: %q is not a slug", name, slug)
			}
		}
	}
}

func TestNumberedSlugsAreSlugs(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	for length := content.MaxSlug - 12; length <= content.MaxSlug; length++ {
		title := strings.Repeat("x", length-2) + " y"
		for n := range 3 {
			a.save(t, content.Draft{Title: title, Source: "cms", ExternalID: fmt.Sprint(length, n)})
		}
	}
	for _, slug := range dbtest.Rows(t, a.path, `SELECT slug FROM article`) {
		if !content.ValidSlug(slug) {
			t.Errorf("%q is not a slug", slug)
		}
	}
}

func TestARefusedFilingLeavesNothingAndTheOthersAreWritten(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.save(t, content.Draft{Title: "Wall", Status: content.StatusPublished})
	tables := `SELECT (SELECT group_concat(slug || revision ORDER BY key) FROM article), (SELECT COUNT(*) FROM body), (SELECT group_concat(slug ORDER BY slug) FROM tag),
		(SELECT group_concat(slug) FROM author), (SELECT group_concat(slug) FROM section)`
	outcomes := a.save(t,
		content.Draft{Title: "First", Tags: []string{"one"}},
		content.Draft{Title: "Taken", Slug: "wall", Source: "cms", ExternalID: "1", Tags: []string{"two"}, Authors: []content.Author{{Name: "Two"}}, Section: "two"},
		content.Draft{Title: "Wall", Status: content.StatusDraft, Tags: []string{"three"}},
		content.Draft{Title: "Last", Tags: []string{"four"}},
	)
	var got []string
	for _, o := range outcomes {
		got = append(got, change(o))
	}
	want := []string{
		"created",
		`refused: CONFLICT slug: "wall" is taken by another article; choose another`,
		"refused: CONFLICT the article is PUBLISHED and cannot become DRAFT",
		"created",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"wall1,first1,last1|3|four,one|<nil>|<nil>"}, dbtest.Rows(t, a.path, tables)); diff != "" {
		t.Errorf("what is written (-want +got):\n%s", diff)
	}
}

func TestFiling(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	x := a.add(t, content.Draft{
		Title: "Wall", Section: "world/europe",
		Authors: []content.Author{{Name: " Tom Weir "}, {Name: "Ana Reyes", Slug: "ana"}, {Name: "tom weir"}, {Name: "☃"}},
		Tags:    []string{"Storm", "storm ", "Harbour", "STORM", "☃"},
	})
	a.wantFiled(t, "a new article", x.id, "Tom Weir=tom-weir, Ana Reyes=ana, ☃=x-", "Storm, Harbour, ☃", "World=world, Europe=world/europe")

	a.save(t, content.Draft{Title: "Wall", Authors: []content.Author{{Name: "Anna Reyes", Slug: "ana"}}, Tags: []string{"harbour"}, Section: "WORLD"})
	a.wantFiled(t, "a changed one: names stay as they were first written", x.id, "Ana Reyes=ana", "Harbour", "World=world")

	a.save(t, content.Draft{Title: "Wall"})
	a.wantFiled(t, "one that is filed nowhere", x.id, "", "", "")
	if p, err := a.Tags().Page(t.Context(), content.Window{Limit: 9}); err != nil || len(p.Edges) != 0 {
		t.Errorf("there are %d tags without an article, %v", len(p.Edges), err)
	}
}

// wantFiled checks what an article is filed under, in order.
func (a *archive) wantFiled(t *testing.T, what string, id content.ID, authors, tags, sections string) {
	t.Helper()
	self := []content.ID{id}
	gotAuthors, err := a.Authors().Of(t.Context(), self)
	if err != nil {
		t.Fatal(err)
	}
	gotTags, err := a.Tags().Of(t.Context(), self)
	if err != nil {
		t.Fatal(err)
	}
	gotSections, err := a.Sections().Of(t.Context(), self)
	if err != nil {
		t.Fatal(err)
	}
	var got [3][]string
	for _, x := range gotAuthors[id] {
		slug, _, _ := strings.Cut(x.Slug, "x-") // of a name without letters: a hash
		if strings.HasPrefix(x.Slug, "x-") {
			slug = "x-"
		}
		got[0] = append(got[0], x.Name+"="+slug)
	}
	for _, x := range gotTags[id] {
		got[1] = append(got[1], x.Name)
	}
	for _, x := range gotSections[id] {
		got[2] = append(got[2], x.Name+"="+x.Slug)
	}
	for i, want := range []string{authors, tags, sections} {
		if got := strings.Join(got[i], ", "); got != want {
			t.Errorf("%s is filed under %q, want %q", what, got, want)
		}
	}
}

func TestSectionsNest(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.add(t, content.Draft{Title: "A", Section: "world/europe/north"})
	a.add(t, content.Draft{Title: "B", Section: "world"})
	ctx := t.Context()
	world, europe, north := a.section(t, "world"), a.section(t, "world/europe"), a.section(t, "world/europe/north")
	children, err := a.Children(ctx, []content.ID{world, europe, north})
	if err != nil {
		t.Fatal(err)
	}
	parents, err := a.Parents(ctx, []content.ID{world, europe, north})
	if err != nil {
		t.Fatal(err)
	}
	id := func(sections []content.Section) content.ID {
		if len(sections) != 1 {
			return ""
		}
		return sections[0].ID
	}
	for _, tt := range []struct {
		section, above, below content.ID
		articles              int
	}{{world, "", europe, 2}, {europe, world, north, 1}, {north, europe, "", 1}} {
		if above, below := id(parents[tt.section]), id(children[tt.section]); above != tt.above || below != tt.below {
			t.Errorf("section %s has %q above and %q below, want %q and %q", tt.section, above, below, tt.above, tt.below)
		}
		counts, err := a.Sections().CountArticles(ctx, []content.ID{tt.section}, nil)
		if err != nil || counts[tt.section] != tt.articles {
			t.Errorf("section %s holds %d articles, %v; want %d", tt.section, counts[tt.section], err, tt.articles)
		}
	}
}

// imported is the draft as another archive takes it.
func imported(t *testing.T, drafts []content.Draft) *archive {
	t.Helper()
	a := newArchive(t)
	for i, outcome := range a.save(t, drafts...) {
		if outcome.Change != db.Created {
			t.Errorf("draft %d, %q: %s", i, drafts[i].Title, change(outcome))
		}
	}
	return a
}

func TestExportAndImportGiveTheSameArchive(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	random := randomArchive(t, r, 60)
	awkward := newArchive(t)
	awkward.save(t,
		content.Draft{Title: "A", Section: "world-news/été/x y", Tags: []string{"☃", "a & b"}, Authors: []content.Author{{Name: "Li", Slug: "li-2"}, {Name: "☃"}}},
		content.Draft{Title: "B", Section: "World News/ete/X-Y", Tags: []string{"A and B"}},
		content.Draft{Title: "C", Section: "2026/iPhone", BodyFormat: content.HTML, Body: "<script>x</script><p>y"},
		content.Draft{Title: "D", Source: "cms", ExternalID: "1", Image: content.Image{Alt: "no picture"}},
		content.Draft{Title: "D", Source: "cms", ExternalID: "2", Image: content.Image{URL: "https://example.org/d.jpg"}},
		content.Draft{Title: "E", Status: content.StatusScheduled, PublishedAt: new(dbtest.Now.Add(time.Hour))},
		content.Draft{Title: "F", Status: content.StatusDraft},
	)
	for name, store := range map[string]*db.DB{"random": random.DB, "awkward": awkward.DB, "sample": dbtest.Sample(t)} {
		want := stored(t, store)
		for _, d := range want {
			if err := d.Validate(); err != nil {
				t.Errorf("%s: the exported draft %q is not valid: %v", name, d.Title, err)
			}
		}
		again := imported(t, want)
		if diff := cmp.Diff(want, stored(t, again.DB)); diff != "" {
			t.Errorf("%s: exported, imported and exported again (-first +second):\n%s", name, diff)
		}
		for i, outcome := range again.save(t, stored(t, again.DB)...) {
			if outcome.Change != db.Unchanged {
				t.Errorf("%s: %q, imported where it came from: %s, want unchanged", name, want[i].Title, change(outcome))
			}
		}
	}
}

func TestWithdrawnArticlesAreExportedAsDrafts(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.withdraw(t, a.add(t, content.Draft{Title: "A"}))
	if got := stored(t, a.DB); len(got) != 1 || got[0].Status != content.StatusDraft {
		t.Errorf("a withdrawn article is exported as %+v, want one draft", got)
	}
}

func TestDraftHashes(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	drafts := []content.Draft{
		{Title: "By title"},
		{Title: "By slug", Slug: "a"},
		{Title: "External", Source: "cms", ExternalID: "1"},
		{Title: "Its slug is that of an id", Source: "cms", ExternalID: "by-title"},
	}
	a.save(t, drafts...)
	ask := append(slices.Clone(drafts), content.Draft{Title: "Unknown"}, content.Draft{Title: "External", Source: "feed", ExternalID: "1"}, content.Draft{Title: "External"})
	got, err := a.DraftHashes(t.Context(), ask)
	if err != nil {
		t.Fatalf("DraftHashes failed: %v", err)
	}
	want := map[string][]byte{}
	for _, d := range drafts {
		want[d.Key()] = publish.DraftHash(d)
	}
	// The slug of an article from elsewhere is known too, and its hash differs.
	want["slug\x00external"] = publish.DraftHash(drafts[2])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("DraftHashes (-want +got):\n%s", diff)
	}
	if raw, err := json.Marshal(ask[0]); err != nil || string(publish.DraftHash(ask[0])) == string(publish.DraftHash(ask[1])) {
		t.Errorf("two drafts have one hash: %s, %v", raw, err)
	}
}

func TestBackupIsTheArchive(t *testing.T) {
	t.Parallel()
	a := randomArchive(t, rand.New(rand.NewPCG(10, 10)), 10)
	copied := a.path + ".backup"
	if err := a.Backup(t.Context(), copied); err != nil {
		t.Fatalf("Backup failed: %v", err)
	}
	store := dbtest.OpenFile(t, copied, func() time.Time { return a.now })
	if diff := cmp.Diff(stored(t, a.DB), stored(t, store)); diff != "" {
		t.Errorf("the copy differs (-archive +copy):\n%s", diff)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	if empty, err := a.Empty(t.Context()); err != nil || !empty {
		t.Errorf("Empty() of a new archive = %t, %v; want true", empty, err)
	}
	a.add(t, content.Draft{Title: "A", Status: content.StatusDraft})
	if empty, err := a.Empty(t.Context()); err != nil || empty {
		t.Errorf("Empty() of an archive with a draft = %t, %v; want false", empty, err)
	}
}
