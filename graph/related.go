package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/db"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// Related are the articles to read next.
func (r articleResolver) Related(ctx context.Context, a *model.Article, first *int, after *string, last *int, before *string, where *content.ArticleWhere) (*model.RelatedArticleConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	field := graphql.GetFieldContext(ctx).Field.Field
	count := func(id content.ID) counter {
		return counted(a.Group, field, id, func(ctx context.Context, ids []content.ID) (map[content.ID]int, error) {
			return r.store.CountRelated(ctx, ids, where)
		})
	}
	c, _, err := of(ctx, a.Group, a.ID, func(ctx context.Context, ids []content.ID) (map[content.ID]*model.RelatedArticleConnection, error) {
		pages, err := r.links.Related(ctx, ids, where, w)
		return connections(pages, count), err
	})
	return c, err
}

// connections makes the edges of several articles. The articles they lead to
// form one group. A connection may be answered in several places at once, so it
// does not change once made.
func connections(pages map[content.ID]content.Page[db.RelatedArticle], count func(content.ID) counter) map[content.ID]*model.RelatedArticleConnection {
	nodes := regrouped(pages, func(p content.Page[db.RelatedArticle]) []content.Article {
		articles := make([]content.Article, len(p.Edges))
		for i, e := range p.Edges {
			articles[i] = e.Node.Node
		}
		return articles
	})
	result := map[content.ID]*model.RelatedArticleConnection{}
	for id, p := range pages {
		if p.Count == nil { // the list is stored, and counted for the whole group
			p.Count = count(id)
		}
		c := &model.RelatedArticleConnection{PageInfo: p.PageInfo, Count: p.Count, Edges: make([]model.RelatedArticleEdge, len(p.Edges))}
		for i, e := range p.Edges {
			c.Edges[i] = model.RelatedArticleEdge{Related: e.Node.Related, Node: nodes[e.Node.Article], Cursor: e.Cursor}
		}
		result[id] = c
	}
	return result
}
