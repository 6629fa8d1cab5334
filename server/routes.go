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
	meter := newMeter(c.RateLimit, c.TrustedProxy)
	mux.Handle("/graphql", shared(c.CORSOrigin, compressed(conditional(meter.metered(api)))))
	mux.Handle("GET /playground", web.Playground())
	mux.Handle("GET /assets/", compressed(web.Assets()))
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("/", compressed(meter.metered(newspaper)))
	mux.Handle("GET /schema.graphqls", shared(c.CORSOrigin, compressed(http.HandlerFunc(schema))))
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	return logged(log, recovered(log, secured(mux)))
}
