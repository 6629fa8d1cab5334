package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/pipeline"
)

// TestViewsAnswerLikeTheEngine sends random queries to a handler that answers
// articles beside the engine, and to one that leaves everything to it. The
// answers must be the same, byte for byte.
func TestViewsAnswerLikeTheEngine(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	c := newClient(store)
	engine := &client{handler: graph.NewHandler(store, pipeline.New(store).Linker(), slog.New(slog.DiscardHandler), graph.EngineOnly(graph.Options{Limits: limits})), log: &bytes.Buffer{}}
	schema := graph.ParsedSchema()
	answered, refused := 0, 0
	for seed := range uint64(350) {
		g := &queries{rand.New(rand.NewPCG(seed, 1)), schema, 0}
		query := g.query()
		got, want := c.raw(t, query), engine.raw(t, query)
		if got != want {
			t.Fatalf("seed %d: %s\ngot  %s\nwant %s", seed, query, got, want)
		}
		if strings.HasPrefix(got, "errors") {
			refused++
		} else {
			answered++
		}
	}
	if answered < 100 || refused < 20 {
		t.Errorf("%d queries were answered and %d refused; they are not what they should be", answered, refused)
	}
}

func (c *client) raw(t *testing.T, query string) string {
	t.Helper()
	body := fmt.Sprintf(`{"query": %q, "variables": {"yes": true, "no": false, "n": 3, "length": "LONG"}}`, query)
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return sortedErrors(t, w.Body.Bytes())
}

// sortedErrors puts the errors of an answer into an order: the engine resolves
// the items of a list at the same time.
func sortedErrors(t *testing.T, answer []byte) string {
	t.Helper()
	var parts struct{ Errors, Data json.RawMessage }
	var errors []json.RawMessage
	if err := json.Unmarshal(answer, &parts); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	if len(parts.Errors) == 0 {
		return string(answer)
	}
	if err := json.Unmarshal(parts.Errors, &errors); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	slices.SortFunc(errors, func(a, b json.RawMessage) int { return bytes.Compare(a, b) })
	return fmt.Sprintf("errors %s data %s", errors, parts.Data)
}

// queries makes queries at random.
type queries struct {
	*rand.Rand
	schema  *ast.Schema
	aliases int
}

func (g *queries) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g *queries) query() string {
	const variables = "query ($yes: Boolean! = true, $no: Boolean! = false, $n: Int, $length: SummaryLength! = SHORT) "
	const uses = "__typename @include(if: $yes) @skip(if: $no) all: articles(first: $n) { nodes { summary(length: $length) { length } } } "
	return variables + "{ " + uses + g.pick(
		`article(by: {slug: "the-wall-is-shut"}) `+g.selection("Article", 3),
		`article(by: {slug: "gull-lane-closed"}) `+g.selection("Article", 3),
		`article(by: {slug: "there-is-none"}) `+g.selection("Article", 2),
		`article(by: {`+g.pick("", `id: "art_none"`, `url: "https://example.com/"`)+`}) `+g.selection("Article", 1),
		`articles(`+g.paging()+g.pick(``, `, where: {language: {eq: "en"}}`, `, where: {tag: {eq: "harbour"}}`, `, orderBy: [{field: TITLE}]`, `, orderBy: [{field: TITLE}, {field: TITLE}]`)+`) `+g.selection("ArticleConnection", 3),
		`sections(`+g.paging()+`) `+g.selection("SectionConnection", 3),
		`sections(`+g.paging()+`) { nodes { name articles(first: `+g.pick("2", "0", "$n", "-1")+`) { nodes `+g.selection("Article", 1)+` pageInfo { hasNextPage endCursor } } } pageInfo { startCursor hasPreviousPage } }`,
	) + " }"
}

func (g *queries) paging() string {
	return g.pick("first: 3", "first: $n", "last: 4", "first: 0", "first: 101", "first: 2, last: 2", `first: 2, after: "nonsense"`)
}

// selection selects some fields of a type, the same way a person might, or one
// who looks for mistakes.
func (g *queries) selection(name string, depth int) string {
	var b strings.Builder
	b.WriteString("{ ")
	written := 0
	for _, f := range g.schema.Types[name].Fields {
		object := g.schema.Types[f.Type.Name()].Kind == ast.Object
		if strings.HasPrefix(f.Name, "__") || object && depth == 0 || g.IntN(100) < 55 {
			continue
		}
		written++
		field := g.field(f, depth)
		switch g.IntN(12) {
		case 0:
			g.aliases++
			field = fmt.Sprintf("a%d: %s", g.aliases, field)
		case 1:
			field = fmt.Sprintf("... on %s { %s }", name, field)
		case 2:
			field = fmt.Sprintf("... @%s(if: $%s) { %s }", g.pick("include", "skip"), g.pick("yes", "no"), field)
		case 3:
			field += " __typename"
		}
		b.WriteString(field + " ")
	}
	if written == 0 {
		b.WriteString("__typename ")
	}
	return b.String() + "}"
}

func (g *queries) field(f *ast.FieldDefinition, depth int) string {
	text := f.Name
	switch f.Name {
	case "summary":
		text += g.pick("", "(length: BRIEF)", "(length: $length)", "(length: BULLETS)")
	case "body":
		text += g.pick("", "(format: TEXT)", "(format: MARKDOWN)")
	case "related", "articles":
		text += g.pick("", "(first: 2)", "(first: $n)", "(last: 2)", `(first: 2, where: {language: {eq: "en"}})`)
		if g.IntN(20) == 0 {
			text = f.Name + "(first: -1)"
		}
	case "previous", "next":
		text += g.pick("", "", `(where: {tag: {eq: "harbour"}})`)
	}
	if g.schema.Types[f.Type.Name()].Kind == ast.Object {
		text += " " + g.selection(f.Type.Name(), depth-1)
	}
	return text
}
