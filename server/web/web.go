// Package web holds the pages that the server shows to people, and what they
// load: built by Vite from the folders playground and reader into dist, which is
// committed and embedded, so that building the server needs no Node. The pages
// load nothing from another host.
//
//	npm ci && npm run build
package web

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
)

//go:embed dist page
var files embed.FS

// Reader is what the pages of the newspaper load.
func Reader() Entry { return entry("reader/main.ts") }

// PlaygroundOptions are what the server tells the playground of itself.
type PlaygroundOptions struct {
	ReadOnly  bool // whether it offers nothing but reading
	Secret    bool // whether the server tells nothing of its schema
	CostLimit int  // the most an operation may cost
}

// Playground is a page that sends queries and shows the answers.
func Playground(o PlaygroundOptions) http.Handler {
	return page("playground.html", playgroundPolicy, struct {
		Entry
		PlaygroundOptions
	}{entry("playground/main.tsx"), o})
}

// Icon is the small picture that browsers show beside the title of a page.
func Icon() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		w.Header().Set("Cache-Control", "public, max-age=86400")
		http.ServeFileFS(w, r, files, "page/icon.svg")
	})
}

// page serves a template of the folder page.
func page(name, policy string, data any) http.Handler {
	parsed := template.Must(template.ParseFS(files, "page/"+name))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		if err := parsed.Execute(w, data); err != nil {
			slog.ErrorContext(r.Context(), "a page was not written", slog.String("page", name), slog.Any("error", err))
		}
	})
}
