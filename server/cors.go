package main

import (
	"net/http"

	"github.com/rs/cors"
)

// What browsers may do for pages of other origins: anybody's may read what is
// public, and those that are named may do so with a token, too.
var (
	sharedHeaders  = []string{"Accept", "Content-Type", "If-None-Match", "X-Request-Id", "X-Apollo-Operation-Name", "Apollo-Require-Preflight", "GraphQL-Preflight"}
	exposedHeaders = []string{"ETag", "Retry-After", "X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}
)

// noOrigin as an origin means that pages of other origins may do nothing.
const noOrigin = "none"

// shared lets pages of other origins in: of those named, or, when none is named,
// of any without a token.
func shared(origins []string, next http.Handler) http.Handler {
	o := cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: append([]string{"Authorization"}, sharedHeaders...),
		ExposedHeaders: exposedHeaders,
		MaxAge:         600,
	}
	switch {
	case len(origins) == 1 && origins[0] == noOrigin:
		return next
	case len(origins) == 0:
		o.AllowedOrigins, o.AllowedHeaders = []string{"*"}, sharedHeaders
	}
	return cors.New(o).Handler(next)
}
