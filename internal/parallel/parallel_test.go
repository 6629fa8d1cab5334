package parallel_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/parallel"
)

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestMapKeepsTheOrder(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 1000} {
		var calls atomic.Int64
		got := parallel.Map(numbers(n), func(i int) int {
			calls.Add(1)
			return 2 * i
		})
		want := numbers(n)
		for i := range want {
			want[i] *= 2
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Map of %d items (-want +got):\n%s", n, diff)
		}
		if int(calls.Load()) != n {
			t.Errorf("Map of %d items made %d calls", n, calls.Load())
		}
	}
}

func TestBatchesAreSavedInOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		items, size int
		want        []int // sizes of the batches
	}{{0, 3, nil}, {1, 3, []int{1}}, {3, 3, []int{3}}, {7, 3, []int{3, 3, 1}}} {
		var saved, sizes []int
		err := parallel.Batches(t.Context(), slices.Chunk(numbers(tt.items), tt.size),
			func(_ context.Context, batch []int) ([]int, error) { return slices.Clone(batch), nil },
			func(_ context.Context, results []int) error {
				saved, sizes = append(saved, results...), append(sizes, len(results))
				return nil
			})
		if err != nil {
			t.Errorf("Batches of %d items failed: %v", tt.items, err)
		}
		if diff := cmp.Diff(tt.want, sizes); diff != "" {
			t.Errorf("%d items by %d: sizes (-want +got):\n%s", tt.items, tt.size, diff)
		}
		if diff := cmp.Diff(numbers(tt.items), append([]int{}, saved...)); diff != "" {
			t.Errorf("%d items by %d: saved (-want +got):\n%s", tt.items, tt.size, diff)
		}
	}
}

// TestBatchesSaveWhileTheNextIsMade would never end if they waited for each
// other; synctest notices that.
func TestBatchesSaveWhileTheNextIsMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		making := make(chan struct{})
		err := parallel.Batches(t.Context(), slices.Chunk(numbers(2), 1),
			func(_ context.Context, batch []int) ([]int, error) {
				if batch[0] == 1 {
					close(making)
				}
				return batch, nil
			},
			func(_ context.Context, results []int) error {
				if results[0] == 0 {
					<-making
				}
				return nil
			})
		if err != nil {
			t.Errorf("Batches failed: %v", err)
		}
	})
}

func TestBatchesEndAtTheFirstError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, fail := range map[string]struct{ do, save int }{
		"making":     {do: 3, save: -1},
		"saving":     {do: -1, save: 3},
		"first made": {do: 0, save: -1},
		"last saved": {do: -1, save: 99},
	} {
		synctest.Test(t, func(t *testing.T) {
			var saved []int
			err := parallel.Batches(t.Context(), slices.Chunk(numbers(100), 1),
				func(_ context.Context, batch []int) ([]int, error) {
					if batch[0] == fail.do {
						return nil, broken
					}
					return batch, nil
				},
				func(_ context.Context, results []int) error {
					if results[0] == fail.save {
						return broken
					}
					saved = append(saved, results...)
					return nil
				})
			if !errors.Is(err, broken) {
				t.Errorf("%s: Batches = %v, want %v", name, err, broken)
			}
			if most := max(fail.do, fail.save); len(saved) > most || !slices.Equal(saved, numbers(len(saved))) {
				t.Errorf("%s: saved %v, want at most the first %d", name, saved, most)
			}
		})
	}
}

func TestBatchesStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		made := 0
		err := parallel.Batches(ctx, slices.Chunk(numbers(100), 1),
			func(_ context.Context, batch []int) ([]int, error) { made++; return batch, nil },
			func(ctx context.Context, _ []int) error { cancel(); return ctx.Err() })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Batches, stopped = %v, want %v", err, context.Canceled)
		}
		if made > 5 {
			t.Errorf("%d batches were made after the first was stopped", made)
		}
	})
}
