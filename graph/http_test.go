package graph_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// reply is an answer as it came over HTTP.
type reply struct {
	status int
	header http.Header
	text   string
	answer
}

// send sends one request. Headers are names and values in turn.
func (c *client) send(t *testing.T, method, target, body string, header ...string) reply {
	t.Helper()
	ctx := graph.WithRequest(t.Context(), &graph.Request{ID: "request-1"})
	r := httptest.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	got := reply{status: w.Code, header: w.Header(), text: w.Body.String()}
	if strings.Contains(got.header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &got.answer); err != nil {
			t.Fatalf("the answer is not JSON: %v\n%s", err, got.text)
		}
	}
	return got
}

// code is the code of the first error.
func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func get(query string, more ...string) string {
	values := url.Values{"query": {query}}
	for i := 0; i < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	return "/graphql?" + values.Encode()
}

func body(t *testing.T, query string, variables map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestStatus holds what each mistake is answered with, by both media types.
func TestStatus(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	json := []string{"Content-Type", "application/json"}
	for name, test := range map[string]struct {
		method, target, body string
		header               []string
		status, old          int // of the new media type and of application/json
		code                 string
		message              string // a part of it
	}{
		"a query":             {http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, json, 200, 200, "", ""},
		"a field that fails":  {http.MethodPost, "/graphql", `{"query": "{ articles(first: 101) { nodes { slug } } }"}`, json, 200, 200, "BAD_USER_INPUT", "first"},
		"no parse":            {http.MethodPost, "/graphql", `{"query": "{"}`, json, 400, 200, "GRAPHQL_PARSE_FAILED", "Expected Name"},
		"an unknown field":    {http.MethodPost, "/graphql", `{"query": "{ nothing }"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", "nothing"},
		"a missing variable":  {http.MethodPost, "/graphql", `{"query": "query ($i: ID!) { node(id: $i) { id } }"}`, json, 400, 200, "BAD_USER_INPUT", "$i: must be defined"},
		"an unknown name":     {http.MethodPost, "/graphql", `{"query": "query A { __typename }", "operationName": "B"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", "B not found"},
		"a fragment cycle":    {http.MethodPost, "/graphql", `{"query": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", "within itself"},
		"a mutation":          {http.MethodPost, "/graphql", `{"query": "mutation { nothing }"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", ""},
		"@defer":              {http.MethodPost, "/graphql", `{"query": "{ ... @defer { __typename } }"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", "defer"},
		"too dear":            {http.MethodPost, "/graphql", `{"query": "{ articles(first: 100) { nodes { related(first: 100) { nodes { title slug body } } } } }"}`, json, 400, 200, "COST_LIMIT_EXCEEDED", "the limit is 30000"},
		"no JSON":             {http.MethodPost, "/graphql", `{"query":`, json, 400, 400, "BAD_REQUEST", "not a JSON object"},
		"a list":              {http.MethodPost, "/graphql", `[{"query": "{ __typename }"}]`, json, 400, 400, "BAD_REQUEST", "not a JSON object"},
		"two objects":         {http.MethodPost, "/graphql", `{"query": "{ __typename }"}{}`, json, 400, 400, "BAD_REQUEST", "not a JSON object"},
		"nothing":             {http.MethodPost, "/graphql", ``, json, 400, 400, "BAD_REQUEST", "not a JSON object"},
		"no query":            {http.MethodPost, "/graphql", `{"variables": {}}`, json, 400, 400, "BAD_REQUEST", "there is no query"},
		"variables as a text": {http.MethodPost, "/graphql", `{"query": "{ __typename }", "variables": "{}"}`, json, 400, 400, "BAD_REQUEST", "variables"},
		"a long body":         {http.MethodPost, "/graphql", `{"query": "{ __typename }", "extensions": {"x": "` + strings.Repeat("x", 1_000_000) + `"}}`, json, 413, 413, "BAD_REQUEST", "1000000 bytes"},
		"text/plain":          {http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, []string{"Content-Type", "text/plain"}, 415, 415, "BAD_REQUEST", "application/json"},
		"a form":              {http.MethodPost, "/graphql", `query=x`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, 415, "BAD_REQUEST", "application/json"},
		"no content type":     {http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, nil, 415, 415, "BAD_REQUEST", "application/json"},
		"nulls":               {http.MethodPost, "/graphql", `{"query": "{ __typename }", "variables": null, "operationName": null, "extensions": null}`, json, 200, 200, "", ""},
		"a query of null":     {http.MethodPost, "/graphql", `{"query": null}`, json, 400, 400, "BAD_REQUEST", "there is no query"},
		"a query of numbers":  {http.MethodPost, "/graphql", `{"query": 1}`, json, 400, 400, "BAD_REQUEST", "query"},
		"a list of variables": {http.MethodPost, "/graphql", `{"query": "{ __typename }", "variables": []}`, json, 400, 400, "BAD_REQUEST", "variables"},
		"a list of nothing":   {http.MethodPost, "/graphql", `{"query": "{ __typename }", "extensions": []}`, json, 400, 400, "BAD_REQUEST", "extensions"},
		"unknown members":     {http.MethodPost, "/graphql", `{"query": "{ __typename }", "id": 1}`, json, 200, 200, "", ""},
		"capitals":            {http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, []string{"Content-Type", "Application/JSON; Charset=UTF-8"}, 200, 200, "", ""},
		"two operations":      {http.MethodPost, "/graphql", `{"query": "query A { __typename } query B { __typename }"}`, json, 400, 200, "GRAPHQL_VALIDATION_FAILED", "operation"},
		"a subscription":      {http.MethodPost, "/graphql", `{"query": "subscription { articlePublished { slug } }"}`, json, 406, 406, "BAD_REQUEST", "text/event-stream"},
		"a mutation by GET":   {http.MethodGet, get(`mutation { deleteTag(input: {id: "tag_a"}) { id } }`), "", nil, 405, 405, "BAD_REQUEST", "by POST"},
		"PUT":                 {http.MethodPut, "/graphql", `{"query": "{ __typename }"}`, json, 405, 405, "BAD_REQUEST", "by POST"},
		"GET":                 {http.MethodGet, get("{ __typename }"), "", nil, 200, 200, "", ""},
		"GET with all": {
			http.MethodGet, get("query A($n: Int) { articles(first: $n) { nodes { slug } } } query B { __typename }", "operationName", "A", "variables", `{"n": 1}`, "extensions", "{}"), "", nil, 200, 200, "", "",
		},
		"GET, bad variables": {http.MethodGet, get("{ __typename }", "variables", "[]"), "", nil, 400, 400, "BAD_REQUEST", "variables"},
		"GET, bad escape":    {http.MethodGet, "/graphql?query=%zz", "", nil, 400, 400, "BAD_REQUEST", "URL-encoded"},
		"GET without query":  {http.MethodGet, "/graphql", "", nil, 400, 400, "BAD_REQUEST", "there is no query"},
		"GET with a cookie":  {http.MethodGet, get("{ __typename }"), "", []string{"Cookie", "a=b"}, 403, 403, "BAD_REQUEST", "another site"},
		"GET with a cookie across sites": {
			http.MethodGet, get("{ __typename }"), "", []string{"Cookie", "a=b", "Sec-Fetch-Site", "cross-site"}, 403, 403, "BAD_REQUEST", "another site",
		},
		"GET with a cookie of the same site": {http.MethodGet, get("{ __typename }"), "", []string{"Cookie", "a=b", "Sec-Fetch-Site", "same-origin"}, 200, 200, "", ""},
		"GET with a cookie after a preflight": {
			http.MethodGet, get("{ __typename }"), "", []string{"Cookie", "a=b", "GraphQL-Preflight", "1"}, 200, 200, "", "",
		},
		"an unknown hash": {
			http.MethodGet, "/graphql?" + url.Values{"extensions": {`{"persistedQuery": {"version": 1, "sha256Hash": "00"}}`}}.Encode(), "", nil, 400, 200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound",
		},
		"an unknown version": {
			http.MethodGet, "/graphql?" + url.Values{"extensions": {`{"persistedQuery": {"version": 2, "sha256Hash": "00"}}`}}.Encode(), "", nil, 400, 200, "BAD_REQUEST", "version",
		},
	} {
		for media, want := range map[string]int{mediaGraphQL: test.status, mediaJSON: test.old} {
			got := c.send(t, test.method, test.target, test.body, append(test.header, "Accept", media)...)
			if got.status != want || got.header.Get("Content-Type") != media+"; charset=utf-8" || got.code() != test.code {
				t.Errorf("%s as %s: %d %s %s\n%.300s\nwant %d %s", name, media, got.status, got.header.Get("Content-Type"), got.code(), got.text, want, test.code)
			}
			if test.code == "" {
				continue
			}
			if got.Errors[0].Extensions["requestId"] != "request-1" || !strings.Contains(got.Errors[0].Message, test.message) {
				t.Errorf("%s: the error is %+v, want a requestId and a message with %q", name, got.Errors[0], test.message)
			}
			if got.header.Get("Cache-Control") != "no-store" || got.header.Get("ETag") != "" {
				t.Errorf("%s: an error may be kept: %v", name, got.header)
			}
			if want != 200 && strings.Contains(got.text, `"data"`) {
				t.Errorf("%s: a refusal has data: %s", name, got.text)
			}
		}
	}
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	for accept, want := range map[string]string{
		"":                     mediaGraphQL,
		"*/*":                  mediaJSON,
		"application/*":        mediaJSON,
		mediaGraphQL:           mediaGraphQL,
		mediaJSON:              mediaJSON,
		"text/event-stream":    "text/event-stream",
		"image/png":            "",
		mediaGraphQL + ";q=0":  "",
		"image/png, */*;q=0.1": mediaJSON,
		mediaGraphQL + "," + mediaJSON + ";q=0.9":   mediaGraphQL,
		mediaJSON + ";q=0.5, " + mediaGraphQL:       mediaGraphQL,
		mediaJSON + "," + mediaGraphQL:              mediaJSON,
		"text/html,application/xhtml+xml,*/*;q=0.8": mediaJSON,
	} {
		got := c.send(t, http.MethodGet, get("{ __typename }"), "", "Accept", accept)
		status := http.StatusOK
		if want == "" {
			want, status = mediaJSON, http.StatusNotAcceptable
		}
		if got.status != status || got.header.Get("Content-Type") != want+"; charset=utf-8" {
			t.Errorf("Accept %q: %d %s, want %d %s", accept, got.status, got.header.Get("Content-Type"), status, want)
		}
		if !strings.Contains(got.header.Get("Vary"), "Accept") {
			t.Errorf("Accept %q: Vary is %q", accept, got.header.Get("Vary"))
		}
	}
}

// TestKeepable holds what caches on the way are told.
func TestKeepable(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	query := get(`{ article(by: {slug: "nothing-here"}) { title } }`)
	first := c.send(t, http.MethodGet, query, "")
	if first.header.Get("Cache-Control") != "public, no-cache" || first.header.Get("ETag") == "" {
		t.Errorf("an answer by GET has %v, want one that may be kept and asked for again", first.header)
	}
	if again := c.send(t, http.MethodGet, query, ""); again.header.Get("ETag") != first.header.Get("ETag") {
		t.Errorf("the same answer has the tags %s and %s", first.header.Get("ETag"), again.header.Get("ETag"))
	}
	if other := c.send(t, http.MethodGet, get("{ articles(first: 1) { nodes { slug } } }"), ""); other.header.Get("ETag") == first.header.Get("ETag") {
		t.Error("two answers have one tag")
	}
	if mine := c.send(t, http.MethodGet, query, "", "Authorization", "Bearer x"); mine.header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("an answer to somebody has %v", mine.header)
	}
	if post := c.send(t, http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, "Content-Type", "application/json"); post.header.Get("Cache-Control") != "no-store" {
		t.Errorf("an answer by POST has %v", post.header)
	}
}
