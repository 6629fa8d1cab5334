package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// policyRow is a row of the table in ARCHITECTURE.md: routes, and their policy.
var policyRow = regexp.MustCompile("(?m)^\\| (`/[^|]*) \\| `(default-src [^|`]*)` \\|$")

var scriptSource = regexp.MustCompile(`script-src[^;]*`)

// TestPolicies wants the Content-Security-Policy of each route to be the one that
// ARCHITECTURE.md says.
func TestPolicies(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := policyRow.FindAllStringSubmatch(string(text), -1)
	if len(rows) < 4 {
		t.Fatalf("ARCHITECTURE.md has %d rows of policies, want more", len(rows))
	}
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
	_, _, page := s.do(t, http.MethodGet, "/playground", "")
	asset := regexp.MustCompile(`/assets/[^"]+\.js`).FindString(page)
	for _, row := range rows {
		for route := range strings.FieldsSeq(row[1]) {
			path := strings.Replace(strings.Trim(route, "`"), "/assets/…", asset, 1)
			_, header, _ := s.do(t, http.MethodGet, path, "")
			if got := header.Get("Content-Security-Policy"); got != row[2] {
				t.Errorf("GET %s has the policy\n%s, want\n%s", path, got, row[2])
			}
			if scripts := scriptSource.FindString(row[2]); scripts != "" && scripts != "script-src 'self'" {
				t.Errorf("the policy of %s allows %s", path, scripts)
			}
		}
	}
	s.stop(t, syscall.SIGTERM)
}

// TestPlaygroundOff wants no playground where it is switched off, and what is on
// the page to depend on the flag.
func TestPlaygroundOff(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{"on": `data-read-only="false"`, "read-only": `data-read-only="true"`, "off": ""} {
		s := serve(t, "--playground", flag, "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
		status, _, body := s.do(t, http.MethodGet, "/playground", "")
		if found := status == http.StatusOK; found != (flag != "off") || !strings.Contains(body, want) {
			t.Errorf("with --playground %s it answers %d and %.300q", flag, status, body)
		}
		s.stop(t, syscall.SIGTERM)
	}
}

// TestSecret wants a server that is to tell nothing of its schema to tell nothing,
// at any door.
func TestSecret(t *testing.T) {
	t.Parallel()
	s := serve(t, "--no-introspection", "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
	for _, query := range []string{
		`{ __schema { types { name } } }`, `{ __type(name: \"Article\") { name } }`,
		`query Q { ...f } fragment f on Query { hidden: __schema { types { name } } }`, `{ artikle { id } }`,
	} {
		status, _, body := s.do(t, http.MethodPost, "/graphql", `{"query": "`+query+`"}`, "Content-Type", "application/json", "Accept", "application/graphql-response+json")
		if status != http.StatusBadRequest || strings.Contains(body, `"data"`) || strings.Contains(body, "Did you mean") {
			t.Errorf("%s = %d %s, want a refusal that tells nothing", query, status, body)
		}
	}
	if status, _, body := s.do(t, http.MethodGet, "/graphql?query={__schema{types{name}}}", ""); !strings.Contains(body, "introspection is off on this server") {
		t.Errorf("introspection by GET = %d %s", status, body)
	}
	if status, _, _ := s.do(t, http.MethodGet, "/schema.graphqls", ""); status != http.StatusNotFound {
		t.Errorf("GET /schema.graphqls = %d, want 404", status)
	}
	if status, _, body := s.do(t, http.MethodPost, "/graphql", `{"query": "{ articles { totalCount } }"}`, "Content-Type", "application/json"); status != http.StatusOK {
		t.Errorf("a query = %d %s, want 200", status, body)
	}
	s.stop(t, syscall.SIGTERM)
}
