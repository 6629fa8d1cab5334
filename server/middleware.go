package main

import (
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
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
// observe is told of its statements.
func logged(log *slog.Logger, observe statementObserver, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		request := &graph.Request{ID: r.Header.Get("X-Request-Id")}
		if !requestID.MatchString(request.ID) {
			request.ID = uuid.NewString()
		}
		w.Header().Set("X-Request-Id", request.ID)
		ctx, tally := db.WithTally(graph.WithRequest(r.Context(), request))
		tally.Observe = observe
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

// conditional answers 304 when the client has the answer already.
func conditional(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost || r.Header.Get("If-None-Match") == "" {
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(&revalidator{ResponseWriter: w, known: r.Header.Get("If-None-Match")}, r)
	})
}

// revalidator leaves out the body of an answer that the client knows.
type revalidator struct {
	http.ResponseWriter
	known string // If-None-Match
	same  bool
}

// WriteHeader implements http.ResponseWriter.
func (v *revalidator) WriteHeader(status int) {
	tag := v.Header().Get("ETag")
	v.same = status == http.StatusOK && tag != "" && matches(v.known, tag)
	if v.same {
		v.Header().Del("Content-Type")
		status = http.StatusNotModified
	}
	v.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (v *revalidator) Write(p []byte) (int, error) {
	if v.same {
		return len(p), nil
	}
	return v.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (v *revalidator) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// matches tells whether a tag is one of those in If-None-Match, weak or not.
func matches(known, tag string) bool {
	for candidate := range strings.SplitSeq(known, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
