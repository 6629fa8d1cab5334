package pipeline

import (
	"context"
	"time"
)

// How work that nobody waits for keeps out of the way of readers: it starts
// when none has asked for anything for a moment, or after it has waited for
// long, and rests twice as long as it worked.
const (
	pollEvery = 5 * time.Millisecond
	patience  = 250 * time.Millisecond
	restShare = 2
)

// pacer lets one piece of such work run at a time.
type pacer struct {
	turn chan struct{}
	busy func() bool // readers are being served
}

// YieldTo makes the remaking of what an older version or model has made yield
// to readers: busy tells whether any are being served. Without it, as in an
// import, nothing waits. It must be called before any work starts.
func (p *Pipeline) YieldTo(busy func() bool) {
	p.pacer = &pacer{turn: make(chan struct{}, 1), busy: busy}
}

// do runs a piece of work when it is its turn, and rests afterwards. A nil
// pacer runs it at once.
func (c *pacer) do(ctx context.Context, work func(context.Context) error) error {
	if c == nil {
		return work(ctx)
	}
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-c.turn }()
	if err := quiet(ctx, c.busy); err != nil {
		return err
	}
	start := time.Now()
	if err := work(ctx); err != nil {
		return err
	}
	_ = pause(ctx, restShare*time.Since(start)) // the work is done, whatever ends the rest
	return nil
}

// quiet waits until nobody is busy, but not for ever.
func quiet(ctx context.Context, busy func() bool) error {
	for waited := time.Duration(0); busy() && waited < patience; waited += pollEvery {
		if err := pause(ctx, pollEvery); err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
