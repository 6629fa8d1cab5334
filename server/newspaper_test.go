package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNewspaperIsTheSameForAll reads it with an editor's token, for which the API
// has drafts.
func TestNewspaperIsTheSameForAll(t *testing.T) {
	t.Parallel()
	archive := filepath.Join(t.TempDir(), "test.db")
	s := serve(t, "--db", archive)
	bearer := "Bearer " + newToken(t, archive, "ADMIN")
	create := `{"query": "mutation { createArticle(input: {title: \"Secret plan\", body: \"x\"}) { article { slug } userErrors { message } } }"}`
	if _, _, body := s.do(t, http.MethodPost, "/graphql", create, "Content-Type", "application/json", "Authorization", bearer); !strings.Contains(body, `"slug":"secret-plan"`) {
		t.Fatalf("the draft was not made: %s", body)
	}
	query := `{"query": "{ article(by: {slug: \"secret-plan\"}) { title } }"}`
	if _, _, body := s.do(t, http.MethodPost, "/graphql", query, "Content-Type", "application/json", "Authorization", bearer); !strings.Contains(body, "Secret plan") {
		t.Fatalf("the API hides the draft from its editor: %s", body)
	}
	for path, want := range map[string]int{
		"/articles/secret-plan": http.StatusNotFound, "/": http.StatusOK, "/search?q=secret": http.StatusOK, "/feed.atom": http.StatusOK, "/feed.json": http.StatusOK,
		"/rss.xml": http.StatusOK, "/sitemap.xml": http.StatusOK, "/news-sitemap.xml": http.StatusOK, "/metrics": http.StatusOK,
	} {
		status, _, body := s.do(t, http.MethodGet, path, "", "Authorization", bearer)
		if status != want || strings.Contains(body, "Secret plan") || strings.Contains(body, "secret-plan") {
			t.Errorf("GET %s with a token = %d, want %d and no draft: %s", path, status, want, body)
		}
	}
	s.stop(t, syscall.SIGTERM)
}
