package graph_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// BenchmarkPages runs the operations of the contract that readers send most.
// NUTGRAPH_BENCH names an archive; without it they run on the sample.
func BenchmarkPages(b *testing.B) {
	store := dbtest.OpenFile(b, benchFile(b), time.Now)
	handler := graph.NewHandler(store, pipeline.New(store).Linker(), slog.New(slog.DiscardHandler), graph.Options{Limits: limits})
	slug := newestSlug(b, store)
	for _, page := range []struct {
		name, file string
		variables  map[string]any
	}{
		{"ArticlePage", "article-page", map[string]any{"slug": slug}},
		{"Home", "home", map[string]any{}},
		{"Search", "search", map[string]any{"query": "harbour"}},
	} {
		b.Run(page.name, func(b *testing.B) {
			query, err := os.ReadFile(filepath.Join("testdata", "contract", page.file+".graphql"))
			if err != nil {
				b.Fatal(err)
			}
			body, err := json.Marshal(map[string]any{"query": string(query), "variables": page.variables})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d %s", page.name, w.Code, w.Body)
				}
			}
		})
	}
}

func benchFile(b *testing.B) string {
	b.Helper()
	if path := os.Getenv("NUTGRAPH_BENCH"); path != "" {
		return path
	}
	return dbtest.SampleFile(b)
}

func newestSlug(b *testing.B, store *db.DB) string {
	b.Helper()
	page, err := store.Articles(b.Context(), db.ArticleList{}, content.Window{Limit: 8})
	if err != nil {
		b.Fatal(err)
	}
	return page.Edges[len(page.Edges)-1].Node.Slug
}
