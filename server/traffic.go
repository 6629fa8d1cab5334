package main

import (
	"net/http"
	"sync/atomic"
	"time"
)

// traffic knows whether readers are being served, so that background work can
// yield to them.
type traffic struct {
	last atomic.Int64 // when a request came or went, in nanoseconds
}

// lull is how long it must be quiet for background work to start.
const lull = 20 * time.Millisecond

func (t *traffic) note() { t.last.Store(time.Now().UnixNano()) }

// busy tells whether a request has come or gone just now. A stream that is open
// for hours does not count.
func (t *traffic) busy() bool { return time.Since(time.Unix(0, t.last.Load())) < lull }

// watch notes every request to a handler.
func (t *traffic) watch(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.note()
		defer t.note()
		h.ServeHTTP(w, r)
	})
}
