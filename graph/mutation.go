package graph

import (
	"context"

	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/publish"
)

type mutationResolver struct{ *Resolver }

// Mutation implements generated.ResolverRoot.
func (r *Resolver) Mutation() generated.MutationResolver { return mutationResolver{r} }

// CreateArticle makes a draft.
func (r mutationResolver) CreateArticle(ctx context.Context, input model.CreateArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.CreateArticle(ctx, newArticle(input), input.External.Value())
	return articlePayload(a, err)
}

// UpdateArticle changes the text of an article.
func (r mutationResolver) UpdateArticle(ctx context.Context, input model.UpdateArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.UpdateArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()}, changes(*input.Set))
	return articlePayload(a, err, "set")
}

// PublishArticle makes an article public.
func (r mutationResolver) PublishArticle(ctx context.Context, input model.PublishArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.PublishArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()}, input.At.Value())
	return articlePayload(a, err)
}
