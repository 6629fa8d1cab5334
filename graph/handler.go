package graph

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/sync/semaphore"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/internal/linker"
	"nutgraph/internal/notify"
	"nutgraph/internal/publish"
)

// parsedText is how much text of parsed and validated queries is kept, in bytes. A
// front end sends a few dozen of a kilobyte or two. A query takes some thirty times
// the memory of its text when it is parsed.
const parsedText = 2 << 20

// Options are what a caller may choose about a handler.
type Options struct {
	Limits  Limits
	Cache   int64    // bytes of answers that are kept; 0 keeps none
	Origins []string // that may connect by WebSocket beside the server's own: "https://example.com"
	Secret  bool     // tell nothing of the schema: no introspection, no suggestions in errors

	engineOnly bool // answer no field beside the engine; for tests
}

// Handler serves the schema over POST, GET, server-sent events and WebSocket.
type Handler struct {
	answer http.Handler
	stop   context.CancelFunc
}

var _ http.Handler = (*Handler)(nil)

// NewHandler makes a handler.
func NewHandler(store *db.DB, links *linker.Linker, log *slog.Logger, o Options) *Handler {
	schema := generated.NewExecutableSchema(generated.Config{
		Schema:     parsedSchema(),
		Resolvers:  &Resolver{store, publish.NewDesk(store), links, notify.NewFeed(store, log)},
		Complexity: costs(),
		Directives: generated.DirectiveRoot{Auth: authorised},
	})
	h := handler.New(schema)
	life, stop := context.WithCancel(context.Background())
	gate := newGate(o.Limits.Operations)
	streams := &streams{places: semaphore.NewWeighted(int64(o.Limits.Streams)), stop: life}
	h.AddTransport(&overWebSocket{store: store, limits: o.Limits, gate: gate, streams: streams, origins: o.Origins})
	h.AddTransport(newOverHTTP(o.Limits, gate, streams))
	h.SetErrorPresenter(presenter(log))
	h.SetRecoverFunc(recovered(log))
	h.SetValidationRulesFn(validation)
	h.SetDisableSuggestion(o.Secret)
	h.SetParserTokenLimit(o.Limits.Tokens)
	parsed := newTextStore(parsedText, func(text string, _ *ast.QueryDocument) int { return len(text) })
	h.SetQueryCache(parsed)
	h.Use(extension.Introspection{})
	h.Use(newPersisted())
	h.Use(&guard{limits: o.Limits, parsed: parsed, secret: o.Secret})
	h.Use(inputs{parsedSchema()})
	h.Use(&costLimit{limit: o.Limits.Cost})
	if !o.engineOnly {
		h.AroundFields(viewing{store}.around)
	}
	h.AroundResponses(o.Limits.around)
	return &Handler{newCache(o.Cache, store, gate, h), stop}
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.answer.ServeHTTP(w, r) }

// Close ends the streams. What else is under way goes on.
func (h *Handler) Close() { h.stop() }

// around notes the facts of an operation, and stops it when it takes too long.
func (l Limits) around(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	request := RequestOf(ctx)
	o := graphql.GetOperationContext(ctx).Operation
	if o != nil { // nil for a request that did not parse
		request.Operation = o.Name
		request.readOnly = o.Operation == ast.Query
	}
	if o == nil || o.Operation != ast.Subscription { // which may wait long for its next event
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, l.Time)
		defer cancel()
	}
	if request.Cost > 0 {
		graphql.RegisterExtension(ctx, "cost", map[string]int{"requested": request.Cost, "limit": l.Cost})
	}
	response := next(ctx)
	if response == nil && ctx.Err() == nil && request.Ended != nil {
		graphql.AddError(ctx, request.Ended)
		response, request.Ended = &graphql.Response{Errors: graphql.GetErrors(ctx)}, nil
	}
	if response != nil {
		request.Errors += len(response.Errors)
	}
	return response
}

// Request is what a GraphQL request and the server tell each other.
type Request struct {
	ID        string                      // given by the server; stands in extensions.requestId of errors
	Charge    func(cost int) (Rate, bool) // called before each piece of work; false refuses it. May be nil
	Operation string                      // the name of the operation that ran
	Cost      int                         // of the operation, see costLimit
	Errors    int                         // how many errors the answer has
	Cache     string                      // what a response cache said, if one was asked: "hit" or "miss"
	Ended     error                       // why a subscription ends, when it is not the client who ends it

	rate     Rate        // as of the last charge
	status   int         // of the answer, if it was sent whole
	answer   []byte      // without what is told to this client alone
	readOnly bool        // a query ran, and nothing else
	private  atomic.Bool // it showed what others may not see, and not for ever
}

type requestKey struct{}

// WithRequest returns a context in which a Handler reads and notes the facts
// of a request.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestOf returns the facts of the request of a context.
func RequestOf(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	return &Request{}
}
