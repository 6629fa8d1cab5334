package main

import (
	"log/slog"
	"net/http"

	"nutgraph/db"
	"nutgraph/graph"
	"nutgraph/server/web"
)

// maxTokens is the most tokens a query text may have.
const maxTokens = 5_000

// routes is everything the server answers.
func (c *serveCommand) routes(store *db.DB, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	limits := graph.Limits{Cost: c.CostLimit, Tokens: maxTokens, Time: c.Timeout}
	mux.Handle("/graphql", wellFormed(c.BodyLimit, graph.NewHandler(store, log, limits)))
	mux.Handle("GET /playground", web.Playground())
	mux.Handle("GET /assets/", web.Assets())
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("GET /{$}", web.Index())
	mux.HandleFunc("GET /schema.graphqls", schema)
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	return logged(log, recovered(log, secured(authenticated(store, mux))))
}
