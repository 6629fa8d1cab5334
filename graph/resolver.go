// Package graph is the GraphQL side of Nutgraph: it turns the arguments of a
// field into one call of the domain, and what comes back into the objects of
// the schema. It holds no rules and no SQL, and knows no other transport.
//
// Each noun of the schema has a file of its own. What a query asks of the items
// of a list is read for all of them in one statement (see model.Group).
package graph

import (
	"context"
	"errors"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/internal/content"
	"nutgraph/internal/linker"
	"nutgraph/internal/notify"
	"nutgraph/internal/publish"
)

// Resolver is the root of all resolvers.
type Resolver struct {
	store *db.DB
	desk  *publish.Desk
	links *linker.Linker // for lists that are not stored
	feed  *notify.Feed
}

var _ generated.ResolverRoot = (*Resolver)(nil)

// seen turns NotFound into null: what is missing and what is hidden answer alike.
func seen[T any](v *T, err error) (*T, error) {
	var e *content.Error
	if errors.As(err, &e) && e.Code == content.NotFound {
		return nil, nil //nolint:nilnil // null is the answer
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// counter counts a list when it is asked to.
type counter = func(context.Context) (int, error)
