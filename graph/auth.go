package graph

import (
	"context"
	"strings"

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

// Bearer is the token in the value of an Authorization header. What is of another
// scheme is no token of ours, and so not valid.
func Bearer(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// Viewer is who asks.
func (r queryResolver) Viewer(ctx context.Context) (*content.Principal, error) {
	return content.PrincipalOf(ctx), nil
}
