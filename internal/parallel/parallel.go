// Package parallel spreads work that needs no order over the processors, and
// returns its results in order.
package parallel

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Map applies f to each item, on as many goroutines as there are processors,
// and returns the results in the order of the items.
func Map[T, R any](items []T, f func(T) R) []R {
	results := make([]R, len(items))
	Each(len(items), func(i int) { results[i] = f(items[i]) })
	return results
}

// Each calls f with the numbers below n, on as many goroutines as there are
// processors.
func Each(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// Batches makes something of each batch and saves it while the next one is being
// made. It ends at the first error.
func Batches[T, R any](ctx context.Context, batches iter.Seq[T], do func(context.Context, T) (R, error), save func(context.Context, R) error) error {
	group, ctx := errgroup.WithContext(ctx)
	ready := make(chan R, 1)
	group.Go(func() error {
		defer close(ready)
		for batch := range batches {
			result, err := do(ctx, batch)
			if err != nil {
				return err
			}
			select {
			case ready <- result:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	group.Go(func() error {
		for result := range ready {
			if err := save(ctx, result); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}
