package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"nutgraph/db"
	"nutgraph/graph"
	"nutgraph/server/web"
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
			slog.Float64("milliseconds", float64(time.Since(start).Microseconds())/1000))
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
		h.Set("Content-Security-Policy", web.DefaultPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		next.ServeHTTP(w, r)
	})
}

// wellFormed passes on what is a GraphQL request over HTTP, and answers the rest
// itself, in words: the engine would read a body without limit, and repeat one
// that is not JSON in its error.
func wellFormed(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodOptions:
		case http.MethodPost:
			if mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || mediaType != "application/json" {
				refuse(w, http.StatusUnsupportedMediaType, "send the request as Content-Type: application/json")
				return
			}
			if !readBody(w, r, limit) {
				return
			}
		default:
			w.Header().Set("Allow", "GET, POST, OPTIONS")
			refuse(w, http.StatusMethodNotAllowed, "send the request by POST, or a query by GET")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readBody reads the whole body into memory, or answers why it cannot be taken.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) bool {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the request is longer than %d bytes; send less at once", limit))
		return false
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "the request did not arrive whole; send it again")
		return false
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); !json.Valid(body) || trimmed[0] != '{' {
		refuse(w, http.StatusBadRequest, `the body is not a JSON object; send {"query": "…", "variables": {…}}`)
		return false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return true
}

// refuse answers a request that is not well-formed as GraphQL errors are answered.
func refuse(w http.ResponseWriter, status int, message string) {
	refuseAs(w, status, "BAD_REQUEST", message)
}

// refuseAs is refuse with a code of its own.
func refuseAs(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, map[string]any{"errors": []any{map[string]any{
		"message": message, "extensions": map[string]any{"code": code},
	}}})
}
