package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/internal/content"
)

// authorised is the directive @auth: the one place where the rights that the
// schema states are enforced.
func authorised(ctx context.Context, _ any, next graphql.Resolver, role content.Role) (any, error) {
	if err := content.Allow(ctx, role); err != nil {
		return nil, err
	}
	return next(ctx)
}

// Viewer is who asks.
func (r queryResolver) Viewer(ctx context.Context) (*content.Principal, error) {
	return content.PrincipalOf(ctx), nil
}
