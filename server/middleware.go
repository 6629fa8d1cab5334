package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"nutgraph/db"
	"nutgraph/graph"
)

// requestID is the form of an id that a proxy may hand in.
var requestID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// logged writes one line for each request, and gives each an id, which is in
// the answer's X-Request-Id and in the errors of GraphQL answers.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		request := &graph.Request{ID: r.Header.Get("X-Request-Id")}
		if !requestID.MatchString(request.ID) {
			request.ID = uuid.NewString()
		}
		w.Header().Set("X-Request-Id", request.ID)
		ctx, tally := db.WithTally(graph.WithRequest(r.Context(), request))
		recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r.WithContext(ctx))
		log.LogAttrs(ctx, slog.LevelInfo, "request",
			slog.String("id", request.ID),
			slog.String("method", r.Method),
			slog.String("path", r.URL.Path),
			slog.String("operation", request.Operation),
			slog.Int("status", recorder.status),
			slog.Int("errors", request.Errors),
			slog.Int64("statements", tally.Statements()),
			slog.Duration("duration", time.Since(start)))
	})
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// recovered answers 500 when a handler panics, and logs why.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			http.Error(w, "internal error", http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// secured sets the headers that keep browsers from doing more than they are
// asked to. Nothing is loaded from another host.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		next.ServeHTTP(w, r)
	})
}

// bounded reads at most limit bytes of a request's body, and answers 413 to a
// longer one before the GraphQL engine sees any of it.
func bounded(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
		var tooLong *http.MaxBytesError
		switch {
		case errors.As(err, &tooLong):
			refuse(w, http.StatusRequestEntityTooLarge, "the request is too long; send less at once")
			return
		case err != nil:
			refuse(w, http.StatusBadRequest, "the request did not arrive whole; send it again")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// refuse answers a request that is not well-formed as GraphQL errors are answered.
func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]any{"errors": []any{map[string]any{
		"message": message, "extensions": map[string]any{"code": "BAD_REQUEST"},
	}}})
}
