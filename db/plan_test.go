package db_test

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// fullScan is a step that reads a whole table or index of the archive.
var fullScan = regexp.MustCompile(`^SCAN (\w+)( |$)`)

// harmless are the steps that look like one: a list of arguments (json_each), a
// statement without a table, the index and the table of what waits alone, and two tables that
// stay small: the segments of the full-text index, a few dozen, and what has been
// withdrawn and is to be taken out of it.
var harmless = regexp.MustCompile(`VIRTUAL TABLE|CONSTANT ROW|^SCAN \(subquery|INDEX analysis_waiting|^SCAN waiting|^SCAN search_(segment|gone)$`)

// TestPlans runs the reads on the path of a page on the sample archive and asks
// SQLite how it runs the statements behind them, which the archive keeps
// prepared. None may read a whole table, whatever it grows to.
func TestPlans(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		read func(context.Context, *db.DB, place) error
		sort bool // a few rows may be sorted
		walk bool // an index in the order of the list may be read from its end until the page is full
	}{
		"article by id": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Article(ctx, content.ArticleBy{ID: &p.article.ID})
			return err
		}},
		"article by slug": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Article(ctx, content.ArticleBy{Slug: &p.article.Slug})
			return err
		}},
		"article by url":      {sort: true, read: byURL},
		"article by external": {read: byExternal},
		"articles by id":      {read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.ArticlesByID(ctx, p.ids); return err }},
		"newest":              {read: func(ctx context.Context, s *db.DB, p place) error { return newest(ctx, s, db.ArticleList{}) }},
		"oldest": {read: func(ctx context.Context, s *db.DB, p place) error {
			return newest(ctx, s, db.ArticleList{Order: []content.ArticleOrder{{Field: content.OrderPublishedAt, Direction: content.Asc}}})
		}},
		"newest of a language": {read: func(ctx context.Context, s *db.DB, p place) error {
			return newest(ctx, s, db.ArticleList{Where: &content.ArticleWhere{Language: &content.StringFilter{Eq: new("en")}}})
		}},
		"by date of change":    {walk: true, read: inOrder(content.OrderUpdatedAt, content.Desc)},
		"by date of arrival":   {walk: true, read: inOrder(content.OrderCreatedAt, content.Desc)},
		"by title":             {walk: true, read: inOrder(content.OrderTitle, content.Asc)},
		"by title, backwards":  {walk: true, read: inOrder(content.OrderTitle, content.Desc)},
		"by length":            {walk: true, read: inOrder(content.OrderWordCount, content.Desc)},
		"by source":            {sort: true, read: selected(&content.ArticleWhere{Source: &content.StringFilter{Eq: new("cms")}, ExternalID: &content.StringFilter{Eq: new("1")}})},
		"by address":           {sort: true, read: selected(&content.ArticleWhere{URL: &content.StringFilter{Eq: new("https://example.com/")}})},
		"by slug":              {sort: true, read: selected(&content.ArticleWhere{Slug: &content.StringFilter{Eq: new("story")}})},
		"by slugs":             {sort: true, read: selected(&content.ArticleWhere{Slug: &content.StringFilter{In: []string{"story", "other"}}})},
		"since a day":          {read: selected(&content.ArticleWhere{PublishedAt: &content.TimeFilter{Gte: &dbtest.Now}})},
		"by start of slug":     {sort: true, read: selected(&content.ArticleWhere{Slug: &content.StringFilter{StartsWith: new("sto")}})},
		"of a section, newest": {read: selectedPages(&content.ArticleWhere{Section: &content.SlugFilter{Eq: new("harbour")}})},
		"of a tag, newest":     {read: selectedPages(&content.ArticleWhere{Tag: &content.SlugFilter{Eq: new("harbour")}})},
		"of an author, newest": {read: selectedPages(&content.ArticleWhere{Author: &content.SlugFilter{Eq: new("a")}, Language: &content.StringFilter{Eq: new("en")}})},
		"of tags, newest":      {sort: true, read: selected(&content.ArticleWhere{Tag: &content.SlugFilter{In: []string{"harbour", "ferry"}}})},
		"the edition":          {read: func(ctx context.Context, s *db.DB, _ place) error { _, err := s.Edition(ctx); return err }},
		"view of an article":   {sort: true, read: viewOfArticle},
		"view of a page":       {read: viewOfPage},
		"view of sections":     {sort: true, walk: true, read: viewOfSections},
		"of an author":         {read: func(ctx context.Context, s *db.DB, p place) error { return newestOf(ctx, s.Authors(), p.author) }},
		"of a tag":             {read: func(ctx context.Context, s *db.DB, p place) error { return newestOf(ctx, s.Tags(), p.tag) }},
		"of a section":         {read: func(ctx context.Context, s *db.DB, p place) error { return newestOf(ctx, s.Sections(), p.section) }},
		"of several tags":      {sort: true, read: ofSeveralTags},
		"counts of tags": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Tags().CountArticles(ctx, []content.ID{p.tag, p.tag}, nil)
			return err
		}},
		"previous": {read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Previous(ctx, p.ids, nil); return err }},
		"next":     {read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Next(ctx, p.ids, nil); return err }},
		"related":  {sort: true, read: related},
		"summaries": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Summaries(ctx, p.ids, content.SummaryShort)
			return err
		}},
		"bodies":               {read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Bodies(ctx, p.ids); return err }},
		"authors of articles":  {sort: true, read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Authors().Of(ctx, p.ids); return err }},
		"tags of articles":     {sort: true, read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Tags().Of(ctx, p.ids); return err }},
		"sections of articles": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.Sections().Of(ctx, p.ids); return err }},
		"sections below": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Children(ctx, []content.ID{p.section})
			return err
		}},
		"sections above": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Parents(ctx, []content.ID{p.section})
			return err
		}},
		"tag by slug": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Tags().Find(ctx, content.SlugOrID{Slug: new("harbour")})
			return ignoreMissing(err)
		}},
		"authors by id": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Authors().ByIDs(ctx, []content.ID{p.author})
			return err
		}},
		"search": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := search.Find(ctx, s, search.Parse(`harbour "the wall" wa*`), nil, content.Window{Limit: 5})
			return err
		}},
		"search, one letter": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := search.Find(ctx, s, search.Parse(`h* -wall`), nil, content.Window{Limit: 5})
			return err
		}},
		"search, misspelt": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			found, err := search.Find(ctx, s, search.Parse(`harbuor`), nil, content.Window{Limit: 5})
			if err == nil && found.Suggestion == "" {
				err = errors.New("nothing is suggested")
			}
			return err
		}},
		"search, some of the words": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := search.Find(ctx, s, search.Parse(`harbour wall zzz zzzz`), nil, content.Window{Limit: 5})
			return err
		}},
		"search in a section": {sort: true, read: searched(inSection())},
		"search by a tag":     {sort: true, read: searched(&content.ArticleWhere{Tag: &content.SlugFilter{In: []string{"harbour", "storm"}}})},
		"search by an author": {sort: true, read: searched(&content.ArticleWhere{Author: &content.SlugFilter{Ne: new("nobody")}})},
		"suggest": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := search.Suggest(ctx, s, "h", 10)
			return err
		}},
		"materials": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Materials(ctx, []int64{1, 2})
			return err
		}},
		"postings near": {read: func(ctx context.Context, s *db.DB, p place) error {
			return s.PostingsNear(ctx, []uint32{1}, db.Place{PublishedAt: dbtest.Now, Article: 1}, content.Bounds{}, 9, func(int, db.Candidate) {})
		}},
		"candidates that a filter selects": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Choose(ctx, []int64{1, 2}, inSection())
			return err
		}},
		"nearest that a filter selects": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Nearest(ctx, db.Place{PublishedAt: dbtest.Now, Article: 1, Language: "en"}, inSection(), 5)
			return err
		}},
		"related among": {sort: true, read: relatedAmong},
		"waiting edges": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.WaitingForEdges(ctx, "1")
			return err
		}},
		"what waits for its analysis": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.WaitingForAnalysis(ctx, "1")
			return err
		}},
		"what a sweep finds": {sort: true, read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.Waiting(ctx, "1", dbtest.Now, 5)
			return err
		}},
		"how many can be linked": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.CountProfiles(ctx, "1")
			return err
		}},
		"all profiles": {read: func(ctx context.Context, s *db.DB, p place) error {
			for _, err := range s.Profiles(ctx, "1") {
				return err
			}
			return nil
		}},
		"latest model": {read: func(ctx context.Context, s *db.DB, p place) error { _, err := s.LatestModel(ctx); return err }},
		"profiles by key": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.ProfilesByKey(ctx, []int64{1, 2}, "1")
			return err
		}},
		"what drafts are already": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.DraftHashes(ctx, []content.Draft{{Title: "A"}, {Source: "cms", ExternalID: "1"}})
			return err
		}},
		"key of an article": {read: func(ctx context.Context, s *db.DB, p place) error {
			_, err := s.ArticleKey(ctx, p.article.ID)
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := dbtest.Sample(t)
			p := placeIn(t, s)
			before := s.Prepared()
			if err := tt.read(t.Context(), s, p); err != nil {
				t.Fatal(err)
			}
			statements := without(s.Prepared(), before)
			if len(statements) == 0 {
				t.Fatal("no statement was run that had not been run before")
			}
			for _, statement := range statements {
				steps, err := s.Explain(t.Context(), statement)
				if err != nil {
					t.Fatalf("explain %s: %v", statement, err)
				}
				atCursor := strings.Contains(statement, ", a.key) ")
				checkPlan(t, statement, steps, tt.sort, tt.walk && !atCursor)
			}
		})
	}
}

// TestFirstOfEach reads as many rows as it returns: each article's link is found by the
// article, not among all that are filed under the same.
func TestFirstOfEach(t *testing.T) {
	t.Parallel()
	s := dbtest.Sample(t)
	p := placeIn(t, s)
	if err := errors.Join(viewOfSections(t.Context(), s, p), ofSeveralTags(t.Context(), s, p)); err != nil {
		t.Fatal(err)
	}
	met := 0
	for _, statement := range s.Prepared() {
		if !strings.Contains(statement, "CROSS JOIN article_") {
			continue
		}
		met++
		steps, err := s.Explain(t.Context(), statement)
		if err != nil || !slices.Contains(steps, "SEARCH l USING PRIMARY KEY (article_key=?)") {
			t.Errorf("%s\n%s\n%v", statement, strings.Join(steps, "\n"), err)
		}
	}
	if met != 2 {
		t.Errorf("%d such statements, want 2", met)
	}
}

func checkPlan(t *testing.T, statement string, steps []string, sort, walk bool) {
	t.Helper()
	for _, step := range steps {
		table := fullScan.FindStringSubmatch(step)
		if inOrder := walk && strings.Contains(step, " USING INDEX ") && strings.Contains(statement, " LIMIT "); table != nil && !inOrder && !harmless.MatchString(step) && !slices.Contains(steps, "CO-ROUTINE "+table[1]) {
			t.Errorf("%q reads the whole of %s:\n%s\n%s", step, table[1], statement, strings.Join(steps, "\n"))
		}
		if !sort && strings.Contains(step, "TEMP B-TREE") {
			t.Errorf("%q sorts what an index has in order:\n%s\n%s", step, statement, strings.Join(steps, "\n"))
		}
	}
}

func without(all, some []string) []string {
	known := map[string]bool{}
	for _, s := range some {
		known[s] = true
	}
	var rest []string
	for _, s := range all {
		if !known[s] {
			rest = append(rest, s)
		}
	}
	return rest
}

// place is what a page of the sample archive shows.
type place struct {
	article              content.Article
	ids                  []content.ID
	author, tag, section content.ID
}

// placeIn finds an article with all that can hang on one, by a filter that no
// read of the table uses.
func placeIn(t *testing.T, s *db.DB) place {
	t.Helper()
	ctx := t.Context()
	where := &content.ArticleWhere{Tag: &content.SlugFilter{IsNull: new(false)}, Author: &content.SlugFilter{IsNull: new(false)}, WordCount: &content.IntFilter{Gt: new(0)}}
	articles, err := s.Articles(ctx, db.ArticleList{Where: where}, content.Window{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	p := place{article: articles.Edges[0].Node, section: *articles.Edges[0].Node.SectionID}
	for _, a := range articles.Nodes() {
		p.ids = append(p.ids, a.ID)
	}
	authors, err := s.Authors().Page(ctx, content.Window{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	tags, err := s.Tags().Page(ctx, content.Window{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	p.author, p.tag = authors.Edges[0].Node.ID, tags.Edges[0].Node.ID
	return p
}

func ignoreMissing(err error) error {
	if mistake, ok := errors.AsType[*content.Error](err); ok && mistake.Code == content.NotFound {
		return nil
	}
	return err
}

func byURL(ctx context.Context, s *db.DB, _ place) error {
	_, err := s.Article(ctx, content.ArticleBy{URL: new("https://example.org")})
	return ignoreMissing(err)
}

func byExternal(ctx context.Context, s *db.DB, _ place) error {
	_, err := s.Article(ctx, content.ArticleBy{External: &content.External{Source: "cms", ID: "1"}})
	return ignoreMissing(err)
}

// newest reads the first two pages of a list, the last two, and the number of
// articles in it.
func newest(ctx context.Context, s *db.DB, l db.ArticleList) error {
	return bothEnds(func(w content.Window) (content.Page[content.Article], error) { return s.Articles(ctx, l, w) })
}

func newestOf[T any](ctx context.Context, taxonomy db.Taxonomy[T], id content.ID) error {
	return bothEnds(func(w content.Window) (content.Page[content.Article], error) {
		pages, err := taxonomy.Articles(ctx, []content.ID{id}, db.ArticleList{}, w)
		return pages[id], err
	})
}

func bothEnds[T any](read func(content.Window) (content.Page[T], error)) error {
	first, err := paged(read)(content.PageArgs{First: new(2)})
	if err != nil {
		return err
	}
	if _, err := paged(read)(content.PageArgs{First: new(2), After: first.PageInfo.EndCursor}); err != nil {
		return err
	}
	last, err := paged(read)(content.PageArgs{Last: new(2)})
	if err != nil {
		return err
	}
	_, err = paged(read)(content.PageArgs{Last: new(2), Before: last.PageInfo.StartCursor})
	return err
}

// inOrder reads both ends of the list in another order.
func inOrder(field content.ArticleOrderField, direction content.Direction) func(context.Context, *db.DB, place) error {
	return func(ctx context.Context, s *db.DB, _ place) error {
		return newest(ctx, s, db.ArticleList{Order: []content.ArticleOrder{{Field: field, Direction: direction}}})
	}
}

// selectedPages reads pages of a selection from both ends.
func selectedPages(where *content.ArticleWhere) func(context.Context, *db.DB, place) error {
	return func(ctx context.Context, s *db.DB, _ place) error {
		return newest(ctx, s, db.ArticleList{Where: where})
	}
}

func selected(where *content.ArticleWhere) func(context.Context, *db.DB, place) error {
	return func(ctx context.Context, s *db.DB, _ place) error {
		_, err := s.Articles(ctx, db.ArticleList{Where: where}, content.Window{Limit: 2})
		return err
	}
}

// everything is all that a view can show, two levels deep.
func everything() *db.Wanted {
	w := func() db.Wanted {
		return db.Wanted{
			Details: true, Facts: true, Body: []content.Format{content.HTML}, Section: true, Authors: true, Tags: true,
			Summaries: []db.WantedSummary{{Length: content.SummaryBrief}, {Length: content.SummaryShort, Sentences: true}},
		}
	}
	all := w()
	all.Related = []db.WantedRelated{{Limit: 3, Reasons: true, Node: w()}, {Limit: 3, Node: w()}}
	all.Previous, all.Next = []db.Wanted{w()}, []db.Wanted{w()}
	return &all
}

func viewOfArticle(ctx context.Context, s *db.DB, p place) error {
	_, err := s.ViewArticle(ctx, content.ArticleBy{Slug: &p.article.Slug}, everything())
	return err
}

func viewOfSections(ctx context.Context, s *db.DB, _ place) error {
	_, err := s.ViewSections(ctx, content.Window{Limit: 3}, []db.WantedArticles{{Limit: 3, Node: *everything()}})
	return err
}

func viewOfPage(ctx context.Context, s *db.DB, _ place) error {
	_, err := s.ViewArticles(ctx, db.ArticleList{}, content.Window{Limit: 3}, &db.Wanted{Details: true, Body: []content.Format{content.Text}, Authors: true, Tags: true}, true)
	return err
}

func ofSeveralTags(ctx context.Context, s *db.DB, p place) error {
	_, err := s.Tags().Articles(ctx, []content.ID{p.tag, "tag_other"}, db.ArticleList{}, content.Window{Limit: 3})
	return err
}

func related(ctx context.Context, s *db.DB, p place) error {
	if _, err := s.RelatedOf(ctx, p.ids, nil, content.Window{Limit: 5}); err != nil {
		return err
	}
	return bothEnds(func(w content.Window) (content.Page[db.RelatedArticle], error) {
		pages, err := s.RelatedOf(ctx, p.ids[:1], nil, w)
		return pages[p.ids[0]].Page, err
	})
}

// searched runs a search under a filter, with all that can be asked of it.
func searched(where *content.ArticleWhere) func(context.Context, *db.DB, place) error {
	return func(ctx context.Context, s *db.DB, _ place) error {
		found, err := search.Find(ctx, s, search.Parse("harbour"), where, content.Window{Limit: 5})
		if err != nil {
			return err
		}
		_, err = found.Count(ctx)
		for _, by := range []db.FacetBy{db.BySection, db.ByTag, db.ByAuthor, db.ByYear, db.ByLanguage} {
			_, failed := found.Facet(ctx, by, 3)
			err = errors.Join(err, failed)
		}
		return err
	}
}

func inSection() *content.ArticleWhere {
	return &content.ArticleWhere{Section: &content.SlugFilter{Eq: new("life")}, PublishedAt: &content.TimeFilter{Lt: new(dbtest.Now)}}
}

func relatedAmong(ctx context.Context, s *db.DB, p place) error {
	return bothEnds(func(w content.Window) (content.Page[db.RelatedArticle], error) {
		return s.RelatedAmong(ctx, p.ids[0], []db.EdgeTo{{Key: 2, Score: 0.5}, {Key: 3, Score: 0.5}, {Key: 4, Score: 0.4}}, nil, w)
	})
}

// TestDeepPagesStartAtTheirCursor is about the bound that a page is read from:
// the cursor's, and not the present, from which SQLite would walk to the page.
func TestDeepPagesStartAtTheirCursor(t *testing.T) {
	t.Parallel()
	s := dbtest.Sample(t)
	p := placeIn(t, s)
	before := s.Prepared()
	if err := newestOf(t.Context(), s.Tags(), p.tag); err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, statement := range without(s.Prepared(), before) {
		if !strings.Contains(statement, "(l.published_at, l.article_key)") {
			continue
		}
		pages++
		steps, err := s.Explain(t.Context(), statement)
		if err != nil {
			t.Fatal(err)
		}
		if plan := strings.Join(steps, "\n"); !regexp.MustCompile(`\(published_at,article_key\)[<>]\(\?,\?\)`).MatchString(plan) {
			t.Errorf("the page does not start at its cursor:\n%s\n%s", statement, plan)
		}
	}
	if pages != 4 {
		t.Errorf("%d statements with a cursor were explained, want 4: two pages, and what lies beyond them", pages)
	}
}

// Of articles that are named each is looked up for itself in what it is filed
// under: going through all of a large section for each took a minute.
func TestNamedArticlesAreLookedUp(t *testing.T) {
	t.Parallel()
	s := dbtest.Sample(t)
	before := s.Prepared()
	if _, err := s.Choose(t.Context(), []int64{1, 2}, inSection()); err != nil {
		t.Fatal(err)
	}
	for _, statement := range without(s.Prepared(), before) {
		steps, err := s.Explain(t.Context(), statement)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(steps, func(step string) bool { return strings.Contains(step, "SEARCH l USING PRIMARY KEY (article_key=?)") }) {
			t.Errorf("%s\n%s", statement, strings.Join(steps, "\n"))
		}
	}
}
