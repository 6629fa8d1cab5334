package main

import (
	"runtime/debug"
	gometrics "runtime/metrics"
	"time"
)

// What an import lets the garbage grow to: most of it is short-lived, and
// collecting it as often as a server does takes a tenth of the time. The limit is
// on what Go allocates; SQLite takes up to 150 MB beside.
const (
	importGarbage = 400        // percent of what is in use
	importMemory  = 1000 << 20 // bytes, from which garbage is collected as often as it takes
)

// collectSeldom sets the garbage collector for an import, until end is called. An
// archive that needs more than the limit gets half as much again as it needs:
// below that, collecting would take half of the processors.
func collectSeldom() (end func()) {
	percent, limit := debug.SetGCPercent(importGarbage), debug.SetMemoryLimit(importMemory)
	const look = time.Second
	ticker, done := time.NewTicker(look), make(chan struct{})
	go func() {
		live := []gometrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for {
			select {
			case <-ticker.C:
				gometrics.Read(live)
				inUse := int64(live[0].Value.Uint64()) //nolint:gosec // bytes of this machine
				debug.SetMemoryLimit(max(importMemory, inUse+inUse/2))
			case <-done:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
