package graph

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// gate lets a bounded number of operations run at once. The others wait a
// moment, and are then asked to come again. Those of clients who have asked for much
// of late take half of the processors at most, and as long as others are served half
// of the time, so that these hardly notice.
type gate struct {
	running, heavy *semaphore.Weighted
	light          atomic.Int64 // when somebody else was served, in nanoseconds
}

// gateWait is how long an operation waits before it is refused.
const gateWait = time.Second

// gateLull is how long nobody else must have come for heavy clients to have no rest.
const gateLull = 20 * time.Millisecond

func newGate(operations int) *gate {
	return &gate{running: semaphore.NewWeighted(int64(operations)), heavy: semaphore.NewWeighted(int64(max(1, runtime.GOMAXPROCS(0)/2)))}
}

// enter waits for a place, which the caller gives back with done.
func (g *gate) enter(ctx context.Context) (done func(), refused *refusal) {
	leave, refused := g.pass(ctx)
	if refused != nil {
		return nil, refused
	}
	if !waited(ctx, g.running) {
		leave()
		return nil, tooBusy()
	}
	return func() { g.running.Release(1); leave() }, nil
}

// pass lets those wait who have asked for much, and nobody else.
func (g *gate) pass(ctx context.Context) (done func(), refused *refusal) {
	if !RequestOf(ctx).rate.Heavy() {
		g.light.Store(time.Now().UnixNano())
		return func() {}, nil
	}
	if !waited(ctx, g.heavy) {
		return nil, tooBusy()
	}
	start := time.Now()
	return func() { g.rest(time.Since(start)) }, nil
}

// rest gives back the place of a heavy client, after a time when there are others.
func (g *gate) rest(long time.Duration) {
	if time.Since(time.Unix(0, g.light.Load())) > gateLull {
		g.heavy.Release(1)
		return
	}
	time.AfterFunc(long, func() { g.heavy.Release(1) })
}

// waited tells whether there is a place, at once or in a moment.
func waited(ctx context.Context, places *semaphore.Weighted) bool {
	if places.TryAcquire(1) {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, gateWait)
	defer cancel()
	return places.Acquire(ctx, 1) == nil
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
