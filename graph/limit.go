package graph

import (
	"context"
	"time"

	"nutgraph/internal/content"
)

// Limits bound what one request may ask for. All must be positive.
type Limits struct {
	Body       int64         // bytes of a request body
	AuthorBody int64         // bytes of it from whoever may write articles, which are long
	Text       int           // bytes of the query text
	Tokens     int           // of the query text, and values in the variables
	Depth      int           // levels of fields
	Aliases    int           // fields with a name of their own
	RootFields int           // fields of the operation itself
	Directives int           // on fields and fragments
	Cost       int           // see costLimit
	Time       time.Duration // after which the statements of an operation are stopped
	Operations int           // that run at once, in the whole process
	Streams    int           // WebSocket connections and event streams at once, in the whole process
}

// body is how many bytes a request of whoever asks may have.
func (l Limits) body(ctx context.Context) int64 {
	if content.Allow(ctx, content.RoleAuthor) == nil {
		return max(l.Body, l.AuthorBody)
	}
	return l.Body
}
