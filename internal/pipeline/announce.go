package pipeline

import (
	"context"
	"log/slog"
	"time"
)

// announceEvery is how long a schedule that was just made, by this program or by
// another, may go unnoticed. Those that are known are kept to the millisecond.
const announceEvery = time.Second

// Announce writes the events of scheduled publications, and of their ends, when
// they are due, until ctx ends. What was due while nobody did it comes first.
// Readers do not wait for it: for them, the clock decides.
func (p *Pipeline) Announce(ctx context.Context, log *slog.Logger) {
	for {
		next, err := p.store.Announce(ctx)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "scheduled publications were not announced", slog.Any("error", err))
		}
		wait := announceEvery
		if !next.IsZero() {
			wait = max(0, min(wait, next.Sub(p.store.Now())))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
