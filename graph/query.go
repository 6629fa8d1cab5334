package graph

import (
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

type queryResolver struct{ *Resolver }

// Query implements generated.ResolverRoot.
func (r *Resolver) Query() generated.QueryResolver { return queryResolver{r} }

// Article finds one article.
func (r queryResolver) Article(ctx context.Context, by content.ArticleBy, preview *string) (*model.Article, error) {
	previewed := content.ID("")
	if preview != nil {
		var err error
		RequestOf(ctx).private.Store(true)
		if previewed, err = r.store.Previewed(ctx, *preview); err != nil {
			return nil, err
		}
	}
	a, err := r.store.Article(content.WithPreview(ctx, previewed), by)
	node := single(a)
	node.Group.Preview = previewed
	return seen(node, err)
}

// Articles lists articles.
func (r queryResolver) Articles(ctx context.Context, first *int, after *string, last *int, before *string, where *content.ArticleWhere, orderBy []content.ArticleOrder, status []content.Status) (*model.ArticleConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.store.Articles(ctx, db.ArticleList{Where: where, Order: orderBy, Status: status}, w)
	return &model.ArticleConnection{Page: convert(page, grouped)}, err
}

// Author finds one author.
func (r queryResolver) Author(ctx context.Context, by content.SlugOrID) (*model.Author, error) {
	a, err := r.store.Authors().Find(ctx, by)
	return seen(groupedAuthors([]content.Author{a})[0], err)
}

// Authors lists authors.
func (r queryResolver) Authors(ctx context.Context, first *int, after *string, last *int, before *string) (*model.AuthorConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.store.Authors().Page(ctx, w)
	return &model.AuthorConnection{Page: convert(page, groupedAuthors)}, err
}

// Tag finds one tag.
func (r queryResolver) Tag(ctx context.Context, by content.SlugOrID) (*model.Tag, error) {
	t, err := r.store.Tags().Find(ctx, by)
	return seen(groupedTags([]content.Tag{t})[0], err)
}

// Tags lists tags.
func (r queryResolver) Tags(ctx context.Context, first *int, after *string, last *int, before *string) (*model.TagConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.store.Tags().Page(ctx, w)
	return &model.TagConnection{Page: convert(page, groupedTags)}, err
}

// Section finds one section.
func (r queryResolver) Section(ctx context.Context, by content.SlugOrID) (*model.Section, error) {
	s, err := r.store.Sections().Find(ctx, by)
	return seen(groupedSections([]content.Section{s})[0], err)
}

// Sections lists sections.
func (r queryResolver) Sections(ctx context.Context, first *int, after *string, last *int, before *string) (*model.SectionConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.store.Sections().Page(ctx, w)
	return &model.SectionConnection{Page: convert(page, groupedSections)}, err
}
