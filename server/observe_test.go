package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

// observedRoutes are the routes of a server on the sample archive.
func observedRoutes(t *testing.T, o *observers) http.Handler {
	t.Helper()
	store := dbtest.Sample(t)
	c := &serveCommand{limitFlags: limitFlags{
		BodyLimit: 1_000_000, TextLimit: 64_000, TokenLimit: 5_000, DepthLimit: 12, AliasLimit: 30, RootLimit: 20, DirectiveLimit: 50,
		CostLimit: 30_000, Timeout: 5e9, OperationLimit: 64, StreamLimit: 100,
	}}
	o.metrics.watch(store, "nothing.db", o.log)
	api := graph.NewHandler(store, nil, o.log, graph.Options{Limits: c.limits()})
	return c.routes(store, api, http.NotFoundHandler(), o)
}

func ask(t *testing.T, h http.Handler, path, query string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if query != "" {
		r = httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(fmt.Sprintf(`{"query": %q}`, query)))
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	o := &observers{slog.New(slog.DiscardHandler), newMetrics(), &tracing{}}
	h := observedRoutes(t, o)
	for range 3 {
		ask(t, h, "/graphql", "query Newest { articles(first: 1) { nodes { slug section { name } } } }")
	}
	ask(t, h, "/graphql", "query Newest { articles(first: 101) { nodes { slug } } }")
	ask(t, h, "/graphql", "{ nothing }")
	for i := range maxOperations + 50 {
		ask(t, h, "/graphql", fmt.Sprintf("query Name%d { __typename }", i))
	}
	text := ask(t, h, "/metrics", "").Body.String()
	for _, want := range []string{
		`nutgraph_requests_total{operation="Newest",outcome="ok"} 3`,
		`nutgraph_requests_total{operation="Newest",outcome="errors"} 1`,
		`nutgraph_requests_total{operation="",outcome="refused"} 1`,
		`nutgraph_requests_total{operation="(other)",outcome="ok"} 52`,
		`nutgraph_request_seconds_count{operation="Newest"} 4`,
		`nutgraph_operation_cost_count `,
		`nutgraph_statement_seconds_count `,
		`nutgraph_database_bytes `,
		`go_goroutines `,
		`go_build_info{`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics has no %q", want)
		}
	}
	if n := strings.Count(text, "nutgraph_requests_total{"); n > maxOperations+10 {
		t.Errorf("/metrics has %d counters of requests, though clients choose the names", n)
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestTrace looks for the statements of a request below its span.
func TestTrace(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewInMemoryExporter()
	o := &observers{slog.New(slog.DiscardHandler), newMetrics(), tracingTo(sdk.NewSimpleSpanProcessor(spans))}
	h := observedRoutes(t, o)
	const caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	ask(t, h, "/graphql", `query Page { article(by: {slug: "the-wall-is-shut"}) { title section { name } tags { name } } }`, "Traceparent", caller)
	var request tracetest.SpanStub
	statements := 0
	for _, s := range spans.GetSpans() {
		if s.Name == "graphql Page" {
			request = s
		}
	}
	if request.SpanContext.TraceID().String() != "0af7651916cd43dd8448eb211c80319c" || request.Parent.SpanID().String() != "b7ad6b7169203331" {
		t.Fatalf("the span of the request is not below the caller's: %+v", request)
	}
	for _, s := range spans.GetSpans() {
		if s.Name != "sqlite" {
			continue
		}
		statements++
		if s.Parent.SpanID() != request.SpanContext.SpanID() || s.EndTime.Before(s.StartTime) || s.StartTime.Before(request.StartTime) {
			t.Errorf("a statement stands outside of its request: %+v", s)
		}
		if text := textOf(s.Attributes); !strings.Contains(text, "SELECT") || strings.Contains(text, "the-wall-is-shut") {
			t.Errorf("a statement is told as %q, want its text without values", text)
		}
	}
	if counted := fmt.Sprintf("nutgraph_statement_seconds_count %d\n", statements); statements == 0 || !strings.Contains(ask(t, h, "/metrics", "").Body.String(), counted) {
		t.Errorf("the trace shows %d statements, other than the metrics", statements)
	}
}

func textOf(attributes []attribute.KeyValue) string {
	for _, a := range attributes {
		if a.Key == "db.query.text" {
			return a.Value.AsString()
		}
	}
	return ""
}
