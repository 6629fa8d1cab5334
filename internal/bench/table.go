package main

import (
	"fmt"
	"os"
	"slices"
	"time"
)

// table is the CPU for a request of one page, one figure of each server for
// each round.
type table struct {
	name                         string
	kept, warm, byhand, uncached []time.Duration
}

// print writes the medians. A ratio is taken within each round, where both
// servers met the same machine.
func (t *table) print() {
	fmt.Fprintf(os.Stdout, "%s: CPU of the server for a request, median of %d rounds\n", t.name, len(t.kept))
	for _, row := range []struct {
		name    string
		figures []time.Duration
		against []time.Duration
	}{
		{"kept bytes", t.kept, nil},
		{"nutgraph, warm", t.warm, t.kept},
		{"written by hand", t.byhand, nil},
		{"nutgraph, caches off", t.uncached, t.byhand},
	} {
		ratio := ""
		if row.against != nil {
			ratio = fmt.Sprintf("%6.2f times the line above", median(ratios(row.figures, row.against)))
		}
		fmt.Fprintf(os.Stdout, "  %-22s %6d µs  %s\n", row.name, median(row.figures).Microseconds(), ratio)
	}
}

func ratios(figures, against []time.Duration) []float64 {
	all := make([]float64, len(figures))
	for i := range figures {
		all[i] = float64(figures[i]) / float64(against[i])
	}
	return all
}

func median[T float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// printMemory tells how much memory the servers took at most.
func (f *field) printMemory() error {
	for _, server := range []struct {
		name string
		p    *process
	}{{"written by hand", f.byhand}, {"nutgraph, caches off", f.uncached}, {"nutgraph, warm", f.warm}} {
		bytes, err := server.p.peak()
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stdout, "%-24s %4d MB resident at most\n", server.name, bytes>>20)
	}
	return nil
}
