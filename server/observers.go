package main

import (
	"context"
	"log/slog"
	"time"

	"nutgraph/db"
)

// observers are those who want to know what the server does.
type observers struct {
	log     *slog.Logger
	metrics *metrics
	tracing *tracing
}

// statementObserver is told of a statement that has run.
type statementObserver = func(ctx context.Context, text string, start time.Time)

func (o *observers) statement(ctx context.Context, text string, start time.Time) {
	o.metrics.statement(ctx, text, start)
	o.tracing.statement(ctx, text, start)
}

// watched returns a context whose statements are observed.
func (o *observers) watched(ctx context.Context) context.Context {
	ctx, tally := db.WithTally(ctx)
	tally.Observe = o.statement
	return ctx
}
