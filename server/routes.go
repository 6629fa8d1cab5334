package main

import (
	"log/slog"
	"net/http"

	"nutgraph/db"
	"nutgraph/server/web"
)

// routes is everything the server answers.
func routes(store *db.DB, api, newspaper http.Handler, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", conditional(api))
	mux.Handle("GET /playground", web.Playground())
	mux.Handle("GET /assets/", web.Assets())
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("/", newspaper)
	mux.HandleFunc("GET /schema.graphqls", schema)
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	return logged(log, recovered(log, secured(mux)))
}
