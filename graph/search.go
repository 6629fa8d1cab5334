package graph

import (
	"context"
	"strings"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
	"nutgraph/internal/text"
)

// maxQueryWords bounds the work of one search; what a reader types beyond is
// left out.
const maxQueryWords = 32

// searchWords splits a query in the way the index splits articles.
func searchWords(query string) []string {
	words := strings.FieldsFunc(query, func(r rune) bool { return !text.IsWordRune(r) })
	return words[:min(len(words), maxQueryWords)]
}

// Search finds articles by their words.
func (r queryResolver) Search(ctx context.Context, query string, first *int, after *string, last *int, before *string, where *content.ArticleWhere) (*model.SearchConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	words := searchWords(query)
	page, err := r.store.Search(ctx, words, where, w)
	if err != nil {
		return nil, err
	}
	nodes := convert(page, func(hits []db.Hit) []*model.Article {
		articles := make([]content.Article, len(hits))
		for i, h := range hits {
			articles[i] = h.Node
		}
		return grouped(articles)
	})
	c := &model.SearchConnection{PageInfo: page.PageInfo, Count: page.Count, Edges: make([]model.SearchEdge, len(page.Edges))}
	for i, e := range page.Edges {
		c.Edges[i] = model.SearchEdge{Node: nodes.Edges[i].Node, Cursor: e.Cursor, Score: e.Node.Score, Words: words}
	}
	return c, nil
}

type searchEdgeResolver struct{ *Resolver }

// SearchEdge implements generated.ResolverRoot.
func (r *Resolver) SearchEdge() generated.SearchEdgeResolver { return searchEdgeResolver{r} }

// passageSize is about how many bytes of a body a search result shows.
const passageSize = 240

// Highlight marks the words of the query.
func (r searchEdgeResolver) Highlight(ctx context.Context, e *model.SearchEdge) (*model.Highlight, error) {
	body, _, err := of(ctx, e.Node.Group, e.Node.ID, r.store.Bodies)
	passage := text.Passage(body.Text, e.Words, passageSize)
	return &model.Highlight{Title: text.Mark(e.Node.Title, e.Words), Body: text.Mark(passage, e.Words)}, err
}
