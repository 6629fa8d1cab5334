package graph

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// How long a client may take to receive one event before it is dropped, and how
// often a silent stream shows that it lives.
const (
	eventTime   = 10 * time.Second
	eventsAlive = 12 * time.Second
)

// events is a stream of server-sent events, one operation long: the distinct
// connections mode of graphql-sse.
type events struct {
	controller *http.ResponseController

	mu sync.Mutex // held while writing
	w  http.ResponseWriter
}

// openEvents sends the header of a stream.
func openEvents(w http.ResponseWriter) *events {
	h := w.Header()
	h.Set("Content-Type", mediaEvents+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies must not gather events
	return &events{controller: http.NewResponseController(w), w: w}
}

// stream sends answers until there are no more, the client is gone or too slow,
// or ctx ends.
func (e *events) stream(ctx context.Context, next graphql.ResponseHandler) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if e.write(": open\n\n") != nil {
		return
	}
	go e.keepAlive(ctx, cancel)
	for answer := next(ctx); answer != nil; answer = next(ctx) {
		if e.send(ctx, answer) != nil {
			return
		}
	}
	_ = e.write("event: complete\ndata:\n\n") // the client has gone
}

// send sends one answer. JSON has no line breaks outside of texts, and none in them.
func (e *events) send(ctx context.Context, answer *graphql.Response) error {
	var b bytes.Buffer
	b.WriteString("event: next\ndata: ")
	b.Write(RequestOf(ctx).withRate(encode(answer)))
	b.WriteString("\n\n")
	return e.write(b.String())
}

func (e *events) write(s string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = e.controller.SetWriteDeadline(time.Now().Add(eventTime)) // not every writer has one
	if _, err := e.w.Write([]byte(s)); err != nil {
		return err
	}
	return e.controller.Flush()
}

// keepAlive ends the stream when the client does not receive.
func (e *events) keepAlive(ctx context.Context, gone context.CancelFunc) {
	ticker := time.NewTicker(eventsAlive)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if e.write(":\n\n") != nil {
				gone()
				return
			}
		}
	}
}
