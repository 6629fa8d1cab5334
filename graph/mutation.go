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

// UpsertArticle makes or changes an article that another system has.
func (r mutationResolver) UpsertArticle(ctx context.Context, input model.UpsertArticleInput) (*model.UpsertArticlePayload, error) {
	public := input.Publish.Value()
	a, created, err := r.desk.UpsertArticle(ctx, *input.External, changes(*input.Set), public != nil && *public)
	p, failure := articlePayload(a, err, "set")
	if failure != nil {
		return nil, failure
	}
	return &model.UpsertArticlePayload{Article: p.Article, Created: created, UserErrors: p.UserErrors}, nil
}

// UnpublishArticle ends the publication of an article.
func (r mutationResolver) UnpublishArticle(ctx context.Context, input model.UnpublishArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.UnpublishArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()}, input.At.Value())
	return articlePayload(a, err)
}

// WithdrawArticle takes an article back.
func (r mutationResolver) WithdrawArticle(ctx context.Context, input model.WithdrawArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.WithdrawArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()}, orEmpty(input.Reason.Value()))
	return articlePayload(a, err)
}

// DeleteArticle puts an article in the trash.
func (r mutationResolver) DeleteArticle(ctx context.Context, input model.DeleteArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.DeleteArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()})
	return articlePayload(a, err)
}

// RestoreArticle takes an article out of the trash.
func (r mutationResolver) RestoreArticle(ctx context.Context, input model.RestoreArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.RestoreArticle(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()})
	return articlePayload(a, err)
}

// PurgeArticle removes an article for ever.
func (r mutationResolver) PurgeArticle(ctx context.Context, input model.PurgeArticleInput) (*model.DeletedPayload, error) {
	return deletedPayload(input.ID, r.desk.PurgeArticle(ctx, input.ID))
}

// RestoreRevision makes the text of an article what it was.
func (r mutationResolver) RestoreRevision(ctx context.Context, input model.RestoreRevisionInput) (*model.ArticlePayload, error) {
	a, err := r.desk.RestoreRevision(ctx, publish.Base{ID: input.ID, Revision: input.ExpectedRevision.Value()}, input.Revision)
	return articlePayload(a, err)
}

// PinRelatedArticle puts an article first in the list of another one.
func (r mutationResolver) PinRelatedArticle(ctx context.Context, input model.PinRelatedArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.Pin(ctx, input.Article, input.Related, input.Position.Value())
	return articlePayload(a, err)
}

// UnpinRelatedArticle leaves the place of an article to the machine.
func (r mutationResolver) UnpinRelatedArticle(ctx context.Context, input model.UnpinRelatedArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.Unpin(ctx, input.Article, input.Related)
	return articlePayload(a, err)
}

// BlockRelatedArticle keeps an article out of the list of another one.
func (r mutationResolver) BlockRelatedArticle(ctx context.Context, input model.BlockRelatedArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.Block(ctx, input.Article, input.Related)
	return articlePayload(a, err)
}

// UnblockRelatedArticle keeps an article out of a list no more.
func (r mutationResolver) UnblockRelatedArticle(ctx context.Context, input model.UnblockRelatedArticleInput) (*model.ArticlePayload, error) {
	a, err := r.desk.Unblock(ctx, input.Article, input.Related)
	return articlePayload(a, err)
}
