package linker_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/linker"
	"nutgraph/internal/pipeline"
)

// archive is the sample archive with its linker.
type archive struct {
	*db.DB
	*linker.Linker
	path string
	all  []content.Article
}

func sampleArchive(t *testing.T) *archive {
	t.Helper()
	path := dbtest.SampleFile(t)
	store := dbtest.OpenFile(t, path, func() time.Time { return dbtest.Now })
	a := &archive{DB: store, Linker: pipeline.New(store).Linker(), path: path}
	page, err := store.Articles(t.Context(), db.ArticleList{}, content.Window{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	a.all = page.Nodes()
	return a
}

// read returns a page of what is related to an article.
func (a *archive) read(t *testing.T, id content.ID, where *content.ArticleWhere, args content.PageArgs) content.Page[db.RelatedArticle] {
	t.Helper()
	w, err := args.Window()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := a.Related(t.Context(), []content.ID{id}, where, w)
	if err != nil {
		t.Fatalf("Related(%s) failed: %v", id, err)
	}
	return pages[id]
}

// list is the whole list of what is related to an article.
func (a *archive) list(t *testing.T, id content.ID, where *content.ArticleWhere) []db.RelatedArticle {
	t.Helper()
	p := a.read(t, id, where, content.PageArgs{First: new(100)})
	return p.Nodes()
}

// count is the length of the list that a page is of.
func (a *archive) count(t *testing.T, id content.ID, where *content.ArticleWhere, p *content.Page[db.RelatedArticle]) int {
	t.Helper()
	if p.Count != nil {
		n, err := p.Count(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	counts, err := a.CountRelated(t.Context(), []content.ID{id}, where)
	if err != nil {
		t.Fatal(err)
	}
	return counts[id]
}

func slugs(list []db.RelatedArticle) []string {
	all := []string{}
	for _, r := range list {
		all = append(all, r.Node.Slug)
	}
	return all
}

// selected counts the articles of the archive that where selects, besides one,
// in its language.
func (a *archive) selected(t *testing.T, besides *content.Article, where *content.ArticleWhere) int {
	t.Helper()
	page, err := a.Articles(t.Context(), db.ArticleList{Where: where}, content.Window{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, x := range page.Nodes() {
		if x.ID != besides.ID && x.Language == besides.Language {
			n++
		}
	}
	return n
}

// TestTenWhenTenExist asks for related articles under filters that leave few of
// the stored edges.
func TestTenWhenTenExist(t *testing.T) {
	t.Parallel()
	a := sampleArchive(t)
	drawn := 0
	for _, x := range a.all {
		stored := map[string]bool{}
		for _, s := range slugs(a.list(t, x.ID, nil)) {
			stored[s] = true
		}
		for name, where := range map[string]*content.ArticleWhere{
			"older":       {PublishedAt: &content.TimeFilter{Lt: x.PublishedAt}},
			"newer":       {And: []*content.ArticleWhere{{PublishedAt: &content.TimeFilter{Gt: x.PublishedAt}}}},
			"a section":   {Section: &content.SlugFilter{Eq: new("life")}},
			"no section":  {Not: &content.ArticleWhere{Section: &content.SlugFilter{Eq: new("harbour")}}},
			"not a story": {Tag: &content.SlugFilter{NotIn: []string{"hob-light", "long-arm"}}},
			"long":        {WordCount: &content.IntFilter{Gt: new(400)}},
		} {
			list := a.list(t, x.ID, where)
			if want := min(10, a.selected(t, &x, where)); len(list) < want {
				t.Errorf("%s, %s: %d are related, want at least %d", x.Slug, name, len(list), want)
			}
			for i, r := range list {
				if r.Node.Language != x.Language || r.Node.ID == x.ID || len(r.Reasons) == 0 || r.Score <= 0 {
					t.Errorf("%s, %s: related to %s in %s with %g, %v", x.Slug, name, r.Node.Slug, r.Node.Language, r.Score, r.Reasons)
				}
				if i > 0 && r.Score > list[i-1].Score {
					t.Errorf("%s, %s: %s with %g stands above %s with %g", x.Slug, name, list[i-1].Node.Slug, list[i-1].Score, r.Node.Slug, r.Score)
				}
				if !stored[r.Node.Slug] {
					drawn++
				}
			}
		}
	}
	if drawn < 100 {
		t.Errorf("only %d edges were not stored: the filters are too weak for this test", drawn)
	}
}

// TestPagesOfADrawnListFitTogether reads such a list page by page, both ways.
func TestPagesOfADrawnListFitTogether(t *testing.T) {
	t.Parallel()
	a := sampleArchive(t)
	where := &content.ArticleWhere{Tag: &content.SlugFilter{NotIn: []string{"hob-light", "people"}}}
	for _, x := range a.all[:20] {
		want := slugs(a.list(t, x.ID, where))
		var forward, backward []string
		args := content.PageArgs{First: new(3)}
		for {
			p := a.read(t, x.ID, where, args)
			forward = append(forward, slugs(p.Nodes())...)
			if p.PageInfo.HasPreviousPage != (args.After != nil) {
				t.Errorf("%s: hasPreviousPage = %v behind %d", x.Slug, p.PageInfo.HasPreviousPage, len(forward))
			}
			if n := a.count(t, x.ID, where, &p); n != len(want) {
				t.Errorf("%s: %d are counted, want %d", x.Slug, n, len(want))
			}
			if !p.PageInfo.HasNextPage {
				break
			}
			args.After = p.PageInfo.EndCursor
		}
		args = content.PageArgs{Last: new(4)}
		for {
			p := a.read(t, x.ID, where, args)
			backward = append(slugs(p.Nodes()), backward...)
			if !p.PageInfo.HasPreviousPage {
				break
			}
			args.Before = p.PageInfo.StartCursor
		}
		if diff := cmp.Diff(want, forward); diff != "" {
			t.Errorf("%s, forward (-whole list +pages):\n%s", x.Slug, diff)
		}
		if diff := cmp.Diff(want, backward); diff != "" {
			t.Errorf("%s, backward (-whole list +pages):\n%s", x.Slug, diff)
		}
	}
}

// TestAWithdrawnArticleIsReplacedAtOnce looks at the lists that an article was
// in, right after it was withdrawn and before any job has run.
func TestAWithdrawnArticleIsReplacedAtOnce(t *testing.T) {
	t.Parallel()
	a := sampleArchive(t)
	before := map[content.ID][]string{}
	for _, x := range a.all {
		before[x.ID] = slugs(a.list(t, x.ID, nil))
	}
	gone := a.all[10]
	dbtest.Withdraw(t, a.path, gone.ID)
	left := 0
	for _, x := range a.all {
		if x.ID == gone.ID {
			continue
		}
		after := slugs(a.list(t, x.ID, nil))
		var want []string
		for _, s := range before[x.ID] {
			if s != gone.Slug {
				want = append(want, s)
			}
		}
		if len(want) < len(before[x.ID]) && len(before[x.ID]) == db.MaxEdges {
			left++
			if len(after) != db.MaxEdges {
				t.Errorf("%s: %d are related after one of %d was withdrawn", x.Slug, len(after), db.MaxEdges)
			}
		}
		if len(after) < len(want) {
			t.Fatalf("%s: related are %v, before %v", x.Slug, after, before[x.ID])
		}
		if diff := cmp.Diff(want, append([]string(nil), after[:len(want)]...)); diff != "" {
			t.Errorf("%s: what is left of its list (-before +after):\n%s", x.Slug, diff)
		}
	}
	if left < 5 {
		t.Errorf("%s was in %d whole lists: not enough for this test", gone.Slug, left)
	}
}

// TestAnotherLanguageWhenAskedFor reads French articles related to English ones.
func TestAnotherLanguageWhenAskedFor(t *testing.T) {
	t.Parallel()
	a := sampleArchive(t)
	where := &content.ArticleWhere{Language: &content.StringFilter{Eq: new("fr")}}
	found := 0
	for _, x := range a.all {
		for _, r := range a.list(t, x.ID, where) {
			if r.Node.Language != "fr" || r.Node.ID == x.ID {
				t.Errorf("%s is related to %s in %s, want French alone", x.Slug, r.Node.Slug, r.Node.Language)
			}
			if x.Language != "fr" {
				found++
				if len(r.Reasons) == 0 {
					t.Errorf("%s is related to %s for no reason", x.Slug, r.Node.Slug)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d edges lead from other languages to French, want more", found)
	}
}
