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

// CreateAuthor makes an author.
func (r mutationResolver) CreateAuthor(ctx context.Context, input model.CreateAuthorInput) (*model.AuthorPayload, error) {
	made, err := r.desk.Authors().Create(ctx, entry(&input.Name, input.Slug.Value()))
	return authorPayload(made, err)
}

// UpdateAuthor gives an author another name or slug.
func (r mutationResolver) UpdateAuthor(ctx context.Context, input model.UpdateAuthorInput) (*model.AuthorPayload, error) {
	changed, err := r.desk.Authors().Update(ctx, input.ID, entry(input.Name.Value(), input.Slug.Value()))
	return authorPayload(changed, err)
}

// MergeAuthors makes one author of several.
func (r mutationResolver) MergeAuthors(ctx context.Context, input model.MergeAuthorsInput) (*model.AuthorPayload, error) {
	merged, err := r.desk.Authors().Merge(ctx, input.From, input.Into)
	return authorPayload(merged, err)
}

// DeleteAuthor removes an author.
func (r mutationResolver) DeleteAuthor(ctx context.Context, input model.DeleteAuthorInput) (*model.DeletedPayload, error) {
	return deletedPayload(input.ID, r.desk.Authors().Delete(ctx, input.ID))
}

func authorPayload(author content.Author, err error) (*model.AuthorPayload, error) {
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.AuthorPayload{UserErrors: userErrors}, failure
	}
	return &model.AuthorPayload{Author: groupedAuthors([]content.Author{author})[0], UserErrors: userErrors}, nil
}
