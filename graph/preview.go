package graph

import (
	"context"

	"nutgraph/graph/model"
)

// CreatePreview lets somebody without a token look at one article.
func (r mutationResolver) CreatePreview(ctx context.Context, input model.CreatePreviewInput) (*model.CreatePreviewPayload, error) {
	p, secret, err := r.desk.CreatePreview(ctx, input.Article, input.ExpiresAt.Value())
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.CreatePreviewPayload{UserErrors: userErrors}, failure
	}
	return &model.CreatePreviewPayload{Preview: &p, Secret: &secret, UserErrors: userErrors}, nil
}

// RevokePreview ends a preview.
func (r mutationResolver) RevokePreview(ctx context.Context, input model.RevokePreviewInput) (*model.PreviewPayload, error) {
	p, err := r.desk.RevokePreview(ctx, input.ID)
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.PreviewPayload{UserErrors: userErrors}, failure
	}
	return &model.PreviewPayload{Preview: &p, UserErrors: userErrors}, nil
}
