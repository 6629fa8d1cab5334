// Package reader is the newspaper at /: the front page, articles, sections,
// tags, authors and search, with feeds and sitemaps.
//
// It is a front end like any other. It knows the archive through the GraphQL
// documents in document/ alone, which it sends to the same handler that serves
// /graphql, without the network between; whatever it shows, another front end
// can ask for in the same words. Pages are whole without JavaScript; main.ts
// adds what needs it.
//
//	mux.Handle("/", reader.New(graphql, reader.Options{Name: "The Signal"}))
//
// It stores nothing, and never sees what the public API hides.
package reader

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/maypok86/otter/v2"

	"nutgraph/server/web"
)

// Options say how the newspaper presents itself.
type Options struct {
	Name      string           // of the publication, in the masthead, titles and feeds
	PublicURL string           // where readers reach it, without a slash at the end; what they asked for when empty
	Now       func() time.Time // the clock
	Log       *slog.Logger
}

// Reader serves the newspaper.
type Reader struct {
	Options
	archive *archive
	assets  web.Entry
	pages   *otter.Cache[made, []byte]
	mux     *http.ServeMux

	maxSitemap int // how many addresses a sitemap has; tests have few
}

// New makes a newspaper of what graphql serves. The handler takes GraphQL over
// HTTP by POST; it is asked without credentials.
func New(graphql http.Handler, o Options) *Reader {
	rd := &Reader{Options: o, archive: newArchive(graphql), assets: web.Reader(), pages: newPages(), mux: http.NewServeMux(), maxSitemap: maxSitemap}
	for pattern, p := range map[string]page{
		"GET /{$}":                {askHome, rd.home},
		"GET /articles/{slug}":    {askArticle, rd.article},
		"GET /sections/{slug...}": {askList("section"), rd.section},
		"GET /tags/{slug}":        {askList("tag"), rd.tag},
		"GET /authors/{slug}":     {askList("author"), rd.author},
		"GET /search":             {askSearch, rd.search},
	} {
		rd.mux.Handle(pattern, rd.html(p))
	}
	rd.mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { rd.fail(w, r, errMissing) })
	rd.mux.Handle("GET /feed.atom", rd.feed(atomFeed))
	rd.mux.Handle("GET /feed.json", rd.feed(jsonFeed))
	rd.mux.Handle("GET /rss.xml", rd.feed(rssFeed))
	rd.mux.HandleFunc("GET /sitemap.xml", rd.sitemap)
	rd.mux.HandleFunc("GET /sitemap/{stretch}", rd.sitemapPart)
	rd.mux.HandleFunc("GET /news-sitemap.xml", rd.newsSitemap)
	rd.mux.HandleFunc("GET /robots.txt", rd.robots)
	return rd
}

// ServeHTTP implements http.Handler.
func (rd *Reader) ServeHTTP(w http.ResponseWriter, r *http.Request) { rd.mux.ServeHTTP(w, r) }

// base is the address before every path.
func (rd *Reader) base(r *http.Request) string {
	if rd.PublicURL != "" {
		return rd.PublicURL
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
