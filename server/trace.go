package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"nutgraph/graph"
)

// tracing writes a span for each GraphQL request, and one below it for each of
// its statements. The zero value writes none.
type tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// newTracing sends spans to a collector by OTLP over HTTP; to none without a URL.
func newTracing(ctx context.Context, url string) (*tracing, error) {
	if url == "" {
		return &tracing{}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(url))
	if err != nil {
		return nil, fmt.Errorf("trace to %s: %w", url, err)
	}
	return tracingTo(sdk.NewBatchSpanProcessor(exporter)), nil
}

func tracingTo(spans sdk.SpanProcessor) *tracing {
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(spans),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "nutgraph"))))
	return &tracing{provider, provider.Tracer("nutgraph/server")}
}

// close sends what has not been sent.
func (t *tracing) close(ctx context.Context) error {
	if t.provider == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// traced makes the span of a request, below that of the caller if it names one.
func (t *tracing) traced(next http.Handler) http.Handler {
	if t.tracer == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := t.tracer.Start(ctx, "graphql", trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r.WithContext(ctx))
		request := graph.RequestOf(ctx)
		if request.Operation != "" {
			span.SetName("graphql " + request.Operation)
		}
		span.SetAttributes(
			attribute.String("nutgraph.request_id", request.ID),
			attribute.String("graphql.operation.name", request.Operation),
			attribute.Int("nutgraph.cost", request.Cost),
			attribute.Int("nutgraph.errors", request.Errors),
			attribute.Int("http.response.status_code", recorder.status))
		if recorder.status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
	})
}

// statement writes the span of a statement that has run. Its values are not in
// its text, so no content gets into a trace.
func (t *tracing) statement(ctx context.Context, text string, start time.Time) {
	if t.tracer == nil {
		return
	}
	_, span := t.tracer.Start(ctx, "sqlite", trace.WithTimestamp(start), trace.WithSpanKind(trace.SpanKindClient),
		trace.WithAttributes(attribute.String("db.system.name", "sqlite"), attribute.String("db.query.text", text)))
	span.End()
}
