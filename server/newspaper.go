package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"nutgraph/internal/content"
	"nutgraph/internal/sample"
	"nutgraph/server/web/reader"
)

// readerFlags say how the pages for readers present themselves.
type readerFlags struct {
	Name      string `env:"NUTGRAPH_NAME" placeholder:"NAME" help:"What the publication is called, on the pages for readers and in feeds."`
	PublicURL string `name:"public-url" env:"NUTGRAPH_PUBLIC_URL" placeholder:"URL" help:"The address at which readers reach the server, for feeds, sitemaps and canonical links (default: the one that each request asks for)."`
}

// Validate refuses what is no address. Kong calls it.
func (f *readerFlags) Validate() error {
	if f.PublicURL == "" {
		return nil
	}
	if u, err := url.Parse(f.PublicURL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return fmt.Errorf("--public-url %q is not an address like https://news.example.com", f.PublicURL)
	}
	return nil
}

// newspaper serves the pages for readers.
func (f *readerFlags) newspaper(api http.Handler, isSample bool, log *slog.Logger) http.Handler {
	name := f.Name
	switch {
	case name != "":
	case isSample:
		name = sample.Name
	default:
		name = "Nutgraph"
	}
	return anonymous(reader.New(api, reader.Options{Name: name, PublicURL: strings.TrimSuffix(f.PublicURL, "/"), Now: time.Now, Log: log}))
}

// anonymous forgets who asks: the pages are the same for everybody, also for an
// editor's token, so that what one was shown can be kept for all.
func anonymous(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(content.WithPrincipal(r.Context(), nil)))
	})
}
