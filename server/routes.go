package main

import (
	"log/slog"
	"net/http"

	"nutgraph/db"
	"nutgraph/server/web"
)

// routes is everything the server answers.
func (c *serveCommand) routes(store *db.DB, api, newspaper http.Handler, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", conditional(api))
	if c.Playground != playgroundOff {
		mux.Handle("GET /playground", web.Playground(web.PlaygroundOptions{ReadOnly: c.Playground == playgroundReadOnly, CostLimit: c.CostLimit}))
	}
	mux.Handle("GET /assets/", web.Assets())
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("/", newspaper)
	mux.HandleFunc("GET /schema.graphqls", schema)
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	return logged(log, recovered(log, secured(authenticated(store, mux))))
}
