package main

import (
	"net/http"

	"nutgraph/db"
	"nutgraph/server/web"
)

// routes is everything the server answers.
func (c *serveCommand) routes(store *db.DB, api, newspaper http.Handler, o *observers) http.Handler {
	mux := http.NewServeMux()
	meter := newMeter(c.RateLimit, c.TrustedProxy)
	mux.Handle("/graphql", shared(c.CORSOrigin, o.metrics.measured(o.tracing.traced(compressed(conditional(meter.metered(api)))))))
	if c.Playground != playgroundOff {
		mux.Handle("GET /playground", web.Playground(web.PlaygroundOptions{ReadOnly: c.Playground == playgroundReadOnly, Secret: !c.Introspection, CostLimit: c.CostLimit}))
	}
	mux.Handle("GET /assets/", compressed(web.Assets()))
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("/", compressed(meter.metered(newspaper)))
	if c.Introspection {
		mux.Handle("GET /schema.graphqls", shared(c.CORSOrigin, compressed(http.HandlerFunc(schema))))
	}
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	mux.Handle("GET /metrics", o.metrics.handler())
	return logged(o.log, o.statement, recovered(o.log, secured(authenticated(store, mux))))
}
