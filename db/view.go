package db

import (
	"context"

	"nutgraph/internal/content"
)

// Wanted says what a reader wants to know of articles: what a query selects.
// Nothing else is read, and each part with one statement for all articles of a
// level.
type Wanted struct {
	Details   bool // standfirst, language and number of words
	Facts     bool // the rest of content.Article, but for the section
	Body      []content.Format
	Source    bool // the format the body came in
	Section   bool
	Authors   bool
	Tags      bool
	Summaries []WantedSummary
	Related   []WantedRelated
	Previous  []Wanted // of each, the neighbour among all articles
	Next      []Wanted
}

// WantedSummary asks for a summary of one length.
type WantedSummary struct {
	Length    content.SummaryLength
	Sentences bool // and where it comes from, not only its text
}

// WantedRelated asks for the first related articles.
type WantedRelated struct {
	Limit   int
	Reasons bool // why they are
	Node    Wanted
}

// View is what a reader wanted to know of one article. Lists go with those of
// Wanted; what was not wanted is empty.
type View struct {
	content.Article
	Body      content.Body
	Section   *content.Section // without its parent
	Authors   []content.Author
	Tags      []content.Tag
	Summaries []*content.Summary // nil where there is none
	Related   [][]RelatedView    // one more than was asked for, when there are more
	Previous  []*View
	Next      []*View

	key int64
}

// RelatedView is an edge to an article.
type RelatedView struct {
	Score   float64
	Origin  content.RelatedOrigin
	Reasons []content.Reason
	Cursor  content.Cursor
	Node    *View
}

// ArticleView is an article of a page, with its place.
type ArticleView struct {
	Node   *View
	Cursor content.Cursor
}

// ArticlesView is a page of articles. Count is set when it was wanted.
type ArticlesView struct {
	Edges                []ArticleView
	HasNext, HasPrevious bool
	Count                int
}

// ViewArticle reads what is wanted of one article, nil when readers may not see
// it. All of it is of one moment. It fails with ErrNotStored when related
// articles are wanted that have to be drawn first.
func (db *DB) ViewArticle(ctx context.Context, by content.ArticleBy, wanted *Wanted) (found *View, err error) {
	if err := by.Validate(); err != nil {
		return nil, err
	}
	err = db.snapshot(ctx, func(v *viewer) error {
		s := &statement{}
		conditions := append([]string{s.visible(v.now)}, s.articleBy(by)...)
		query := "SELECT " + wanted.columns() + " FROM article a" + wanted.joins() + " WHERE " + and(conditions) + " ORDER BY a.published_at DESC LIMIT 1"
		views, err := collect(ctx, v, query, s.args, v.scanView(wanted))
		if err != nil || len(views) == 0 {
			return err
		}
		found = views[0]
		return v.expand(ctx, views, wanted)
	})
	return found, err
}

// ViewArticles reads what is wanted of a page of articles, like ViewArticle.
func (db *DB) ViewArticles(ctx context.Context, l ArticleList, w content.Window, wanted *Wanted, count bool) (p ArticlesView, err error) {
	base, err := db.readersListing(ctx, l)
	if err != nil {
		return p, err
	}
	err = db.snapshot(ctx, func(v *viewer) error {
		list := listing[*View]{
			items: base.items, columns: wanted.columns(), from: base.from + wanted.joins(), conditions: base.conditions, args: base.args,
			order: base.order, key: base.key, scan: v.scanView(wanted),
		}
		rows, info, err := list.page(ctx, v, w)
		if err != nil {
			return err
		}
		p.HasNext, p.HasPrevious = info.HasNextPage, info.HasPreviousPage
		nodes := make([]*View, len(rows))
		p.Edges = make([]ArticleView, len(rows))
		for i, r := range rows {
			nodes[i], p.Edges[i] = r.item, ArticleView{r.item, r.cursor}
		}
		if count {
			if p.Count, err = list.count(ctx, v); err != nil {
				return err
			}
		}
		return v.expand(ctx, nodes, wanted)
	})
	return p, err
}

// columns are those of the article, and of its section, that are wanted.
func (w *Wanted) columns() string {
	c := "a.key, a.id, a.slug, a.title, a.published_at"
	if w.Details || w.Facts {
		c += ", a.standfirst, a.language, a.word_count"
	}
	if w.Facts {
		c += ", a.url, a.source, a.external_id, a.revision, a.updated_at, a.created_at, a.image_url, a.image_alt, a.image_credit"
	}
	if w.Section {
		c += ", s.id, s.slug, s.name"
	}
	return c
}

func (w *Wanted) joins() string {
	if w.Section {
		return " LEFT JOIN section s ON s.key = a.section_key"
	}
	return ""
}

// rawView takes the columns of one article after the other.
type rawView struct {
	published                                 *int64
	updated, created                          int64
	url, source, external, image, alt, credit *string
	sectionID, sectionSlug, sectionName       *string
	id, slug, title, standfirst, language     string
	key, wordCount, revision                  int64
	dest                                      []any
}

// scanView reads the columns of a view.
func (v *viewer) scanView(w *Wanted) func(scanner) (*View, error) {
	r := &rawView{}
	r.dest = []any{&r.key, &r.id, &r.slug, &r.title, &r.published}
	if w.Details || w.Facts {
		r.dest = append(r.dest, &r.standfirst, &r.language, &r.wordCount)
	}
	if w.Facts {
		r.dest = append(r.dest, &r.url, &r.source, &r.external, &r.revision, &r.updated, &r.created, &r.image, &r.alt, &r.credit)
	}
	if w.Section {
		r.dest = append(r.dest, &r.sectionID, &r.sectionSlug, &r.sectionName)
	}
	return func(scan scanner) (*View, error) {
		if err := scan(r.dest...); err != nil {
			return nil, err
		}
		return r.view(w), nil
	}
}

func (r *rawView) view(w *Wanted) *View {
	a := &View{key: r.key}
	a.ID, a.Slug, a.Title = content.ID(r.id), r.slug, r.title
	a.Standfirst, a.Language, a.WordCount = r.standfirst, r.language, int(r.wordCount)
	if r.published != nil {
		t := moment(*r.published)
		a.PublishedAt = &t
	}
	if w.Facts {
		a.URL = deref(r.url)
		if r.source != nil && r.external != nil {
			a.External = &content.External{Source: *r.source, ID: *r.external}
		}
		if r.image != nil {
			a.Image = &content.Image{URL: *r.image, Alt: deref(r.alt), Credit: deref(r.credit)}
		}
		a.Revision, a.UpdatedAt, a.CreatedAt = int(r.revision), moment(r.updated), moment(r.created)
		a.Status = content.StatusPublished // or it would not be visible
	}
	if r.sectionID != nil {
		a.Section = &content.Section{ID: content.ID(*r.sectionID), Slug: *r.sectionSlug, Name: *r.sectionName}
	}
	return a
}
