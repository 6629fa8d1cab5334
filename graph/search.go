package graph

import (
	"context"

	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// Search finds articles by their words.
func (r queryResolver) Search(ctx context.Context, query string, first *int, after *string, last *int, before *string, where *content.ArticleWhere) (*model.SearchConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	found, err := search.Find(ctx, r.store, search.Parse(query), where, w)
	if err != nil {
		return nil, err
	}
	nodes := convert(found.Page, func(hits []search.Hit) []*model.Article {
		articles := make([]content.Article, len(hits))
		for i, h := range hits {
			articles[i] = h.Node
		}
		return grouped(articles)
	})
	c := &model.SearchConnection{PageInfo: found.PageInfo, Found: found, Edges: make([]model.SearchEdge, len(found.Edges))}
	for i, e := range found.Edges {
		c.Edges[i] = model.SearchEdge{Node: nodes.Edges[i].Node, Cursor: e.Cursor, Score: e.Node.Score, Query: found.Query}
	}
	return c, nil
}

type searchEdgeResolver struct{ *Resolver }

// SearchEdge implements generated.ResolverRoot.
func (r *Resolver) SearchEdge() generated.SearchEdgeResolver { return searchEdgeResolver{r} }

// Highlight marks the terms of the query.
func (r searchEdgeResolver) Highlight(ctx context.Context, e *model.SearchEdge) (*model.Highlight, error) {
	body, _, err := of(ctx, e.Node.Group, e.Node.ID, r.store.Bodies)
	h := e.Query.Highlight(e.Node.Title, body.Text, e.Node.Language)
	return &h, err
}

type searchConnectionResolver struct{ *Resolver }

// SearchConnection implements generated.ResolverRoot.
func (r *Resolver) SearchConnection() generated.SearchConnectionResolver {
	return searchConnectionResolver{r}
}

// Facets counts what was found.
func (r searchConnectionResolver) Facets(_ context.Context, c *model.SearchConnection, first int) (*model.SearchFacets, error) {
	if first < 0 || first > content.MaxPage {
		return nil, content.FieldErrorf("first", "must be from 0 to %d", content.MaxPage)
	}
	return &model.SearchFacets{Found: c.Found, First: first}, nil
}

// Suggest completes what is typed into a search box.
func (r queryResolver) Suggest(ctx context.Context, prefix string, first int) ([]model.Suggestion, error) {
	found, err := search.Suggest(ctx, r.store, prefix, first)
	if err != nil {
		return nil, err
	}
	suggestions := make([]model.Suggestion, len(found))
	for i, s := range found {
		switch {
		case s.Tag != nil:
			suggestions[i] = model.Suggestion{Text: s.Tag.Name, Count: &s.Count, Node: groupedTags([]content.Tag{*s.Tag})[0]}
		case s.Author != nil:
			suggestions[i] = model.Suggestion{Text: s.Author.Name, Count: &s.Count, Node: groupedAuthors([]content.Author{*s.Author})[0]}
		default:
			suggestions[i] = model.Suggestion{Text: s.Article.Title, Node: single(*s.Article)}
		}
	}
	return suggestions, nil
}
