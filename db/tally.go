package db

import (
	"context"
	"sync/atomic"
	"time"
)

// Tally counts what a request asks of the database.
type Tally struct {
	// Observe is told of each statement when it has run, by the goroutine that ran
	// it. Nil for nobody; set it before the first statement.
	Observe func(ctx context.Context, text string, start time.Time)

	statements atomic.Int64
}

// Statements is the number of statements that have read or written so far.
func (t *Tally) Statements() int64 { return t.statements.Load() }

type tallyKey struct{}

// WithTally returns a context whose statements are counted.
func WithTally(ctx context.Context) (context.Context, *Tally) {
	t := &Tally{}
	return context.WithValue(ctx, tallyKey{}, t), t
}

// count counts a statement, and returns what to call when it has run.
func count(ctx context.Context, text string) (ran func()) {
	t, ok := ctx.Value(tallyKey{}).(*Tally)
	if !ok {
		return func() {}
	}
	t.statements.Add(1)
	if t.Observe == nil {
		return func() {}
	}
	start := time.Now()
	return func() { t.Observe(ctx, text, start) }
}
