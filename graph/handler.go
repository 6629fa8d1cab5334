package graph

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/internal/publish"
)

// Limits bound what one operation may ask for.
type Limits struct {
	Cost   int           // see costLimit
	Tokens int           // of the query text
	Time   time.Duration // after which its statements are stopped
}

// parsedQueries is how many parsed and validated queries are kept. A front end
// sends a few dozen.
const parsedQueries = 1000

// NewHandler serves the schema over POST and GET. Bodies must already be
// bounded by the caller.
func NewHandler(store *db.DB, log *slog.Logger, limits Limits) http.Handler {
	schema := generated.NewExecutableSchema(generated.Config{
		Resolvers:  &Resolver{store, publish.NewDesk(store)},
		Complexity: costs(),
		Directives: generated.DirectiveRoot{Auth: authorised},
	})
	h := handler.New(schema)
	h.AddTransport(transport.Options{})
	h.AddTransport(transport.GET{UseGrapQLResponseJsonByDefault: true})
	h.AddTransport(transport.POST{UseGrapQLResponseJsonByDefault: true})
	h.SetErrorPresenter(presenter(log))
	h.SetRecoverFunc(recovered(log))
	h.SetParserTokenLimit(limits.Tokens)
	h.SetQueryCache(lru.New[*ast.QueryDocument](parsedQueries))
	h.Use(extension.Introspection{})
	h.Use(&costLimit{limit: limits.Cost})
	h.AroundResponses(func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
		request := requestOf(ctx)
		if o := graphql.GetOperationContext(ctx).Operation; o != nil { // nil for a request that did not parse
			request.Operation = o.Name
		}
		ctx, cancel := context.WithTimeout(ctx, limits.Time)
		defer cancel()
		response := next(ctx)
		if response != nil {
			request.Errors += len(response.Errors)
		}
		return response
	})
	return h
}

// Schema returns the text of schema.graphqls.
func Schema() string {
	return generated.NewExecutableSchema(generated.Config{}).Schema().Query.Position.Src.Input
}

// Request is what a GraphQL request and the server's log tell each other.
type Request struct {
	ID        string // given by the server; stands in extensions.requestId of errors
	Operation string // the name of the operation that ran
	Errors    int    // how many errors the answer has
}

type requestKey struct{}

// WithRequest returns a context in which NewHandler reads and notes the facts
// of a request.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

func requestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return &Request{}
}
