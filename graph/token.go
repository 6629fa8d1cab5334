package graph

import (
	"context"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// Tokens lists the tokens.
func (r queryResolver) Tokens(ctx context.Context, first *int, after *string, last *int, before *string) (*model.TokenConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.desk.Tokens(ctx, w)
	return &model.TokenConnection{Page: page}, err
}

// CreateToken makes a token.
func (r mutationResolver) CreateToken(ctx context.Context, input model.CreateTokenInput) (*model.CreateTokenPayload, error) {
	t, secret, err := r.desk.CreateToken(ctx, content.NewToken{Name: input.Name, Role: input.Role, ExpiresAt: input.ExpiresAt.Value()})
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.CreateTokenPayload{UserErrors: userErrors}, failure
	}
	return &model.CreateTokenPayload{Token: &t, Secret: &secret, UserErrors: userErrors}, nil
}

// RevokeToken ends a token.
func (r mutationResolver) RevokeToken(ctx context.Context, input model.RevokeTokenInput) (*model.TokenPayload, error) {
	t, err := r.desk.RevokeToken(ctx, input.ID)
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.TokenPayload{UserErrors: userErrors}, failure
	}
	return &model.TokenPayload{Token: &t, UserErrors: userErrors}, nil
}
