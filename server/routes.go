package main

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"nutgraph/db"
	"nutgraph/graph"
	"nutgraph/internal/sample"
	"nutgraph/server/web"
	"nutgraph/server/web/reader"
)

// maxTokens is the most tokens a query text may have.
const maxTokens = 5_000

// routes is everything the server answers.
func (c *serveCommand) routes(store *db.DB, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	limits := graph.Limits{Cost: c.CostLimit, Tokens: maxTokens, Time: c.Timeout}
	answers := graph.NewHandler(store, log, limits)
	mux.Handle("/graphql", wellFormed(c.BodyLimit, answers))
	mux.Handle("GET /playground", web.Playground())
	mux.Handle("GET /assets/", web.Assets())
	mux.Handle("GET /icon.svg", web.Icon())
	mux.Handle("/", reader.New(answers, reader.Options{
		Name: c.name(), PublicURL: strings.TrimSuffix(c.PublicURL, "/"), Now: time.Now, Log: log,
	}))
	mux.HandleFunc("GET /schema.graphqls", schema)
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(store))
	return logged(log, recovered(log, secured(mux)))
}

// name is what the publication is called.
func (c *serveCommand) name() string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Sample:
		return sample.Name
	default:
		return "Nutgraph"
	}
}
