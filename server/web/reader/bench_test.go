package reader_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/server/web/reader"
)

// BenchmarkPage makes a page, and for comparison runs the GraphQL operation
// behind it alone.
func BenchmarkPage(b *testing.B) {
	n := open(dbtest.Sample(b))
	for name, page := range map[string]struct {
		path, document string
		variables      map[string]any
	}{
		"front":   {"/", "home", map[string]any{}},
		"article": {"/articles/the-wall-is-shut", "article", map[string]any{"slug": "the-wall-is-shut"}},
	} {
		b.Run(name+"/page", func(b *testing.B) { requests(b, n.handler, http.MethodGet, page.path, nil) })
		b.Run(name+"/operation", func(b *testing.B) {
			body, err := json.Marshal(map[string]any{"query": n.handler.(*reader.Reader).Document(page.document), "variables": page.variables})
			if err != nil {
				b.Fatal(err)
			}
			requests(b, n.graphql, http.MethodPost, "/graphql", body)
		})
	}
}

func requests(b *testing.B, handler http.Handler, method, path string, body []byte) {
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), method, path, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("%s %s = %d %s", method, path, w.Code, w.Body)
		}
	}
}
