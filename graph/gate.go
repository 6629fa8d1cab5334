package graph

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
)

// gate lets a bounded number of operations run at once. The others wait a
// moment, and are then asked to come again.
type gate struct{ running *semaphore.Weighted }

// gateWait is how long an operation waits before it is refused.
const gateWait = time.Second

func newGate(operations int) *gate { return &gate{semaphore.NewWeighted(int64(operations))} }

// enter waits for a place, which the caller gives back with done.
func (g *gate) enter(ctx context.Context) (done func(), refused *refusal) {
	if !g.running.TryAcquire(1) {
		ctx, cancel := context.WithTimeout(ctx, gateWait)
		defer cancel()
		if g.running.Acquire(ctx, 1) != nil {
			return nil, tooBusy()
		}
	}
	return func() { g.running.Release(1) }, nil
}

// streams lets a bounded number of connections stay open for events, and ends
// them all when the server stops.
type streams struct {
	places *semaphore.Weighted
	stop   context.Context // the life of the server, not of a call
}

// open takes a place, which the caller gives back with done. The context ends
// with the server.
func (s *streams) open(ctx context.Context) (_ context.Context, done func(), refused *refusal) {
	if !s.places.TryAcquire(1) {
		return ctx, nil, tooBusy()
	}
	ctx, cancel := context.WithCancel(ctx)
	forget := context.AfterFunc(s.stop, cancel)
	return ctx, func() {
		forget()
		cancel()
		s.places.Release(1)
	}, nil
}
