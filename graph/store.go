package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/maypok86/otter/v2"
)

// textStore keeps what is known by a text, up to a sum of bytes. What is used
// least goes first.
type textStore[V any] struct{ items *otter.Cache[string, V] }

var _ graphql.Cache[string] = (*textStore[string])(nil)

// newTextStore makes a store of so many bytes as size tells for each item.
func newTextStore[V any](bytes uint64, size func(text string, v V) int) *textStore[V] {
	return &textStore[V]{otter.Must(&otter.Options[string, V]{
		MaximumWeight: bytes,
		Weigher:       func(text string, v V) uint32 { return uint32(size(text, v)) }, //nolint:gosec // texts are bounded
	})}
}

// Get implements graphql.Cache.
func (s *textStore[V]) Get(_ context.Context, text string) (V, bool) {
	return s.items.GetIfPresent(text)
}

// Add implements graphql.Cache.
func (s *textStore[V]) Add(_ context.Context, text string, v V) { s.items.Set(text, v) }
