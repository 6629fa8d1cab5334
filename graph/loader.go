package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// of returns what fetch reads for one object of a group. It reads for the whole
// group once for each field of the query, so the arguments of the field are the
// same for all. The bool tells whether there was anything for this object.
func of[T any](ctx context.Context, g *model.Group, id content.ID, fetch func(context.Context, []content.ID) (map[content.ID]T, error)) (T, bool, error) {
	return loaded(ctx, g, graphql.GetFieldContext(ctx).Field.Field, id, fetch)
}

// counted counts a list of one object of a group, for the whole group at once.
func counted(g *model.Group, field *ast.Field, id content.ID, fetch func(context.Context, []content.ID) (map[content.ID]int, error)) counter {
	type key struct{ counted *ast.Field }
	return func(ctx context.Context) (int, error) {
		n, _, err := loaded(ctx, g, key{field}, id, fetch)
		return n, err
	}
}

func loaded[T any](ctx context.Context, g *model.Group, key any, id content.ID, fetch func(context.Context, []content.ID) (map[content.ID]T, error)) (T, bool, error) {
	if g.Preview != "" {
		ctx = content.WithPreview(ctx, g.Preview)
	}
	all, err := g.Do(key, func(ids []content.ID) (any, error) { return fetch(ctx, ids) })
	if err != nil {
		var none T
		return none, false, err
	}
	v, found := all.(map[content.ID]T)[id]
	return v, found, nil
}
