package publish

import (
	"context"

	"nutgraph/internal/content"
)

// Tokens reads a page of the tokens. Only administrators see them.
func (d *Desk) Tokens(ctx context.Context, w content.Window) (content.Page[content.Token], error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Page[content.Token]{}, err
	}
	return d.store.Tokens(ctx, w)
}

// CreateToken makes a token and returns its secret, which nothing can show
// again.
func (d *Desk) CreateToken(ctx context.Context, t content.NewToken) (content.Token, string, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Token{}, "", err
	}
	if err := t.Validate(d.store.Now()); err != nil {
		return content.Token{}, "", err
	}
	return d.store.CreateToken(ctx, t)
}

// RevokeToken ends a token at once.
func (d *Desk) RevokeToken(ctx context.Context, id content.ID) (content.Token, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Token{}, err
	}
	return d.store.RevokeToken(ctx, id)
}
