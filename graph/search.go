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
	q := search.Parse(query)
	found, err := search.Find(ctx, r.store, q, where, w)
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
	c := &model.SearchConnection{PageInfo: found.PageInfo, Count: found.Count, Edges: make([]model.SearchEdge, len(found.Edges))}
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
