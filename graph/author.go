package graph

import (
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

func groupedAuthors(authors []content.Author) []*model.Author {
	group := &model.Group{}
	nodes := make([]*model.Author, len(authors))
	for i, a := range authors {
		group.IDs = append(group.IDs, a.ID)
		nodes[i] = &model.Author{Author: a, Group: group}
	}
	return nodes
}

// authorsOf reads the authors of articles as one group.
func (r *Resolver) authorsOf(ctx context.Context, articles []content.ID) (map[content.ID][]model.Author, error) {
	found, err := r.store.Authors().Of(ctx, articles)
	group := &model.Group{IDs: distinct(found, func(a content.Author) content.ID { return a.ID })}
	return each(found, func(a content.Author) model.Author { return model.Author{Author: a, Group: group} }), err
}

type authorResolver struct{ *Resolver }

// Author implements generated.ResolverRoot.
func (r *Resolver) Author() generated.AuthorResolver { return authorResolver{r} }

// Articles are what the author wrote.
func (r authorResolver) Articles(ctx context.Context, a *model.Author, first *int, after *string, last *int, before *string, where *content.ArticleWhere, orderBy []content.ArticleOrder) (*model.ArticleConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	return articlesOf(ctx, r.store.Authors(), a.Group, a.ID, db.ArticleList{Where: where, Order: orderBy}, w)
}
