package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// limits are those of the server.
var limits = graph.Limits{
	Body: 1_000_000, AuthorBody: 8_000_000, Text: 64_000, Tokens: 5_000, Depth: 12, Aliases: 30, RootFields: 20, Directives: 50,
	Cost: 30_000, Time: time.Minute, Operations: 64, Streams: 100,
}

// client sends operations to a handler.
type client struct {
	handler http.Handler
	log     *bytes.Buffer
	role    content.Role // of whoever asks; nobody when empty
}

// as is the client in the hands of somebody with a role.
func (c *client) as(role content.Role) *client {
	return &client{c.handler, c.log, role}
}

func newClient(store *db.DB) *client { return newClientWith(store, limits) }

func newClientWith(store *db.DB, limits graph.Limits) *client {
	return newClientOf(store, graph.Options{Limits: limits})
}

func newClientOf(store *db.DB, o graph.Options) *client {
	log := &bytes.Buffer{}
	return &client{handler: graph.NewHandler(store, pipeline.New(store).Linker(), slog.New(slog.NewTextHandler(log, nil)), o), log: log}
}

// answer is what a GraphQL server answers.
type answer struct {
	Data   map[string]any `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`

	status     int
	statements int64
}

func (c *client) post(t *testing.T, query string, variables map[string]any) answer {
	t.Helper()
	return c.ask(t, map[string]any{"query": query, "variables": variables})
}

// operation sends one of several operations of a document, which must succeed.
func (c *client) operation(t *testing.T, query, name string, variables map[string]any) map[string]any {
	t.Helper()
	a := c.ask(t, map[string]any{"query": query, "operationName": name, "variables": variables})
	if len(a.Errors) > 0 || a.status != http.StatusOK {
		t.Fatalf("%s: status %d, errors %+v; want none\n%s", name, a.status, a.Errors, c.log)
	}
	return a.Data
}

func (c *client) ask(t *testing.T, request map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	ctx, tally := db.WithTally(t.Context())
	ctx = graph.WithRequest(ctx, &graph.Request{ID: "request-1"})
	if c.role != "" {
		ctx = dbtest.As(ctx, c.role)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	a := answer{status: w.Code, statements: tally.Statements()}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, w.Body)
	}
	return a
}

// data sends an operation that must succeed.
func (c *client) data(t *testing.T, query string, variables map[string]any) map[string]any {
	t.Helper()
	a := c.post(t, query, variables)
	if len(a.Errors) > 0 || a.status != http.StatusOK {
		t.Fatalf("status %d, errors %+v; want none\n%s", a.status, a.Errors, c.log)
	}
	return a.Data
}

// at walks down an answer by the names of fields and the numbers of items.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v: no object at %q in %v", path, step, v)
			}
			v = object[step]
		case int:
			list, ok := v.([]any)
			if !ok || len(list) <= step {
				t.Fatalf("%v: no item %d in %v", path, step, v)
			}
			v = list[step]
		}
	}
	return v
}

// TestGolden runs each testdata/NAME.graphql on the sample archive and compares
// the answer with NAME.json. A comment "# variables: {…}" gives variables.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden operations: %v", err)
	}
	c := newClient(dbtest.Sample(t))
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			query := read(t, file)
			got := stable(t, c.post(t, query, variablesOf(t, query)))
			golden := strings.TrimSuffix(file, ".graphql") + ".json"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(read(t, golden), got); diff != "" {
				t.Errorf("%s answers otherwise than %s (-want +got); rewrite it with -update if that is right:\n%s", file, golden, diff)
			}
		})
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func variablesOf(t *testing.T, query string) map[string]any {
	t.Helper()
	_, raw, found := strings.Cut(query, "# variables: ")
	if !found {
		return nil
	}
	raw, _, _ = strings.Cut(raw, "\n")
	var variables map[string]any
	if err := json.Unmarshal([]byte(raw), &variables); err != nil {
		t.Fatalf("the variables are not JSON: %v", err)
	}
	return variables
}

// An id is different in each archive; what kind it is of is not.
var anyID = regexp.MustCompile(`"(art|aut|tag|sec)_[0-9a-f-]{36}"`)

// stable writes an answer in a form that is the same in every run.
func stable(t *testing.T, a answer) string {
	t.Helper()
	raw, err := json.MarshalIndent(map[string]any{"status": a.status, "data": a.Data, "errors": a.Errors}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.NewBufferString(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw))).Bytes()
	return anyID.ReplaceAllString(string(raw), `"${1}_…"`) + "\n"
}

func utf16Of(s string) []uint16 { return utf16.Encode([]rune(s)) }

func stringOf(units []uint16) string { return string(utf16.Decode(units)) }

// sender returns a function that sends an operation and returns the status.
func sender(tb testing.TB, handler http.Handler, query string, variables map[string]any) func() int {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		tb.Fatal(err)
	}
	return func() int {
		r := httptest.NewRequestWithContext(tb.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Code
	}
}

// TestReadme runs the first query of the README, whose answer stands below it.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme := read(t, "../README.md")
	block := func(language string) string {
		_, rest, _ := strings.Cut(readme, "```"+language+"\n")
		text, _, _ := strings.Cut(rest, "```")
		return text
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(block("json")), &want); err != nil {
		t.Fatalf("the answer in the README is not JSON: %v", err)
	}
	got := newClient(dbtest.Sample(t)).data(t, block("graphql"), nil)
	if diff := cmp.Diff(want["data"], any(got)); diff != "" {
		t.Errorf("the README shows another answer (-README +got):\n%s", diff)
	}
}
