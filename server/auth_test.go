package main

import (
	"bytes"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// newToken makes a token on the command line, which prints it as its last word.
func newToken(t testing.TB, archive, role string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "nutgraph", "token", "create", "--db", archive, "--role", role, "test").Output()
	if err != nil {
		t.Fatalf("token create: %v", err)
	}
	words := strings.Fields(string(out))
	return words[len(words)-1]
}

func TestTokensAreAskedForOnEveryRoute(t *testing.T) {
	t.Parallel()
	archive := filepath.Join(t.TempDir(), "test.db")
	token := newToken(t, archive, "ADMIN")
	s := serve(t, "--db", archive)
	ask := func(header, path string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+path, strings.NewReader(`{"query": "{ viewer { name role } tokens { nodes { id lastUsedAt } } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		if path != "/graphql" {
			r.Method, r.Body, r.ContentLength = http.MethodGet, nil, 0
		}
		r.Header.Set("Content-Type", "application/json")
		if header != "" {
			r.Header.Set("Authorization", header)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var body bytes.Buffer
		if _, err := body.ReadFrom(response.Body); err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, body.String()
	}
	if status, body := ask("bearer "+token, "/graphql"); status != http.StatusOK || !strings.Contains(body, `"viewer":{"name":"test","role":"ADMIN"}`) {
		t.Errorf("with a token: %d %s, want the viewer", status, body)
	}
	for _, header := range []string{"Bearer " + token + "x", "Bearer", "Basic " + token, token} {
		for _, path := range []string{"/graphql", "/", "/playground", "/schema.graphqls", "/readyz"} {
			if status, body := ask(header, path); status != http.StatusUnauthorized || !strings.Contains(body, `"UNAUTHENTICATED"`) {
				t.Errorf("Authorization: %s for %s: %d %s, want 401", header, path, status, body)
			}
		}
	}
	if status, body := ask("", "/graphql"); status != http.StatusUnauthorized || !strings.Contains(body, `this needs a token with the role ADMIN`) {
		t.Errorf("without a token: %d %s, want the role it needs", status, body)
	}
}
