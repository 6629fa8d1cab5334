package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"nutgraph/db/dbtest"
)

// leak is what no answer may show: SQL, a path of the file system, a stack.
var leak = regexp.MustCompile(`SELECT |SQL logic|constraint failed|goroutine |\.go:\d|/root/|/home/|/tmp/`)

// FuzzHTTP sends requests by POST and GET, as bytes and as a query with variables,
// to the handler with a database behind it. Whatever comes, the answer is JSON, no
// failure of ours, and shows nothing from the inside.
func FuzzHTTP(f *testing.F) {
	for _, seed := range []struct{ body, query, variables string }{
		{`{"query": "{ __typename }"}`, "{ articles(first: 2) { nodes { slug title } } }", `{}`},
		{`{"query": "query A { a: __typename }", "operationName": "A"}`, "query ($v: ArticleBy!) { article(by: $v) { slug } }", `{"v": {"slug": "the-wall-is-shut"}}`},
		{`[`, "query ($v: ArticleWhere) { articles(where: $v, first: 1) { totalCount nodes { related(first: 1) { nodes { slug } } } } }", `{"v": {"or": [{"title": {"contains": "a"}}, {"wordCount": {"in": [1]}}]}}`},
		{``, "{ search(query: \"har* -wall\", first: 1) { edges { highlight { title body } } } }", `null`},
		{`{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}`, "fragment F on Query { ...F } { ...F }", `{"a": [[[1]]]}`},
		{`{"query": 1}`, "{ __schema { types { fields { type { name } } } } }", `{"v": null}`},
		{`{"query": "\u0000"}`, "query ($id: ID!) { node(id: $id) { ... on Article { body(format: TEXT) } } }", `{"id": "art_00000000-0000-7000-8000-000000000000"}`},
		{`{"variables": {}}`, "{ articles(after: \"x\", orderBy: [{field: TITLE}]) { nodes { id } } }", `{"v": 1e400}`},
	} {
		f.Add(seed.body, seed.query, seed.variables)
	}
	c := newClient(dbtest.Sample(f))
	f.Fuzz(func(t *testing.T, body, query, variables string) {
		raw, err := json.Marshal(map[string]any{"query": query})
		if err != nil {
			t.Skip("no text")
		}
		whole := strings.TrimSuffix(string(raw), "}") + `,"variables":` + variables + "}"
		for _, body := range []string{body, whole} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			check(t, c, r, body)
		}
		target := "/graphql?" + url.Values{"query": {query}, "variables": {variables}}.Encode()
		check(t, c, httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil), target)
	})
}

func check(t *testing.T, c *client, r *http.Request, sent string) {
	t.Helper()
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	if !json.Valid(w.Body.Bytes()) || w.Code >= 500 {
		t.Errorf("%q is answered %d %s\n%s", sent, w.Code, w.Body, c.log)
	}
	var got answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Errorf("%q is answered %s: %v", sent, w.Body, err)
	}
	for _, e := range got.Errors {
		if e.Extensions["code"] == nil || e.Extensions["code"] == "INTERNAL_SERVER_ERROR" {
			t.Errorf("%q fails with %+v\n%s", sent, e, c.log)
		}
		if found := leak.FindString(e.Message); found != "" && !strings.Contains(sent, found) {
			t.Errorf("%q is answered %q, which shows %q", sent, e.Message, found)
		}
	}
}
