package graph_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

// The operations that front ends send must run word for word. They live beside
// the project; a copy of those that the schema serves is in testdata/contract,
// and must stay the same.
const sharedContract = "../../shared/contract"

func contract(t *testing.T, name string) string {
	t.Helper()
	return read(t, filepath.Join("testdata", "contract", name))
}

func TestContractIsUnchanged(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(sharedContract); err != nil {
		t.Skipf("the contract is not at %s", sharedContract)
	}
	for _, name := range []string{"article-page.graphql", "editing.graphql", "editing.variables.json", "home.graphql", "live.graphql", "node.graphql", "related.graphql", "search.graphql"} {
		if read(t, filepath.Join(sharedContract, name)) != contract(t, name) {
			t.Errorf("testdata/contract/%s is not the contract's; copy it", name)
		}
	}
}

func TestSchemaServesContract(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "schema.graphqls", Input: graph.Schema()})
	files, err := filepath.Glob("testdata/contract/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no contract operations: %v", err)
	}
	for _, file := range files {
		if _, errs := gqlparser.LoadQueryWithRules(schema, read(t, file), rules.NewDefaultRules()); len(errs) > 0 {
			t.Errorf("%s does not validate: %v", file, errs)
		}
	}
}

func TestContractRuns(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))

	page := c.data(t, contract(t, "article-page.graphql"), map[string]any{"slug": "the-wall-is-shut"})
	if n := len(at(t, page, "article", "related", "edges").([]any)); n != 6 {
		t.Errorf("ArticlePage has %d related articles, want 6", n)
	}
	for _, path := range [][]any{
		{"article", "summary", "text"},
		{"article", "related", "edges", 0, "reasons", 0, "value"},
		{"article", "related", "edges", 0, "node", "summary", "text"},
		{"article", "previous", "slug"},
	} {
		if text, _ := at(t, page, path...).(string); text == "" {
			t.Errorf("ArticlePage has nothing at %v", path)
		}
	}

	home := c.data(t, contract(t, "home.graphql"), nil)
	if n := len(at(t, home, "articles", "edges").([]any)); n != 20 {
		t.Errorf("Home has %d articles, want 20", n)
	}
	more := c.data(t, contract(t, "home.graphql"), map[string]any{
		"after": at(t, home, "articles", "pageInfo", "endCursor"),
		"where": map[string]any{"language": map[string]any{"eq": "fr"}},
	})
	for _, e := range at(t, more, "articles", "edges").([]any) {
		if at(t, e, "node", "publishedAt").(string) >= at(t, home, "articles", "edges", 19, "node", "publishedAt").(string) {
			t.Errorf("page 2 has %v, which does not come after page 1", e)
		}
	}

	related := c.data(t, contract(t, "related.graphql"), map[string]any{"slug": "the-wall-is-shut", "before": "2026-06-01T00:00:00Z"})
	if n := len(at(t, related, "article", "related", "edges").([]any)); n == 0 {
		t.Error("RelatedBefore finds nothing before June 2026")
	}

	found := c.data(t, contract(t, "search.graphql"), map[string]any{"query": "harbour"})
	if n := at(t, found, "search", "totalCount").(float64); n < 10 {
		t.Errorf("a search for harbour finds %v articles, want at least 10", n)
	}
}

func TestNodeLeadsBack(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	ids := c.data(t, `{ article(by: {slug: "the-wall-is-shut"}) { id section { id } authors { id } tags { id } } }`, nil)
	for kind, id := range map[string]any{
		"Article": at(t, ids, "article", "id"),
		"Author":  at(t, ids, "article", "authors", 0, "id"),
		"Tag":     at(t, ids, "article", "tags", 0, "id"),
		"Section": at(t, ids, "article", "section", "id"),
	} {
		node := c.data(t, contract(t, "node.graphql"), map[string]any{"id": id})
		if got := at(t, node, "node", "__typename"); got != kind {
			t.Errorf("node(id: %v) is a %v, want %s", id, got, kind)
		}
		if got := at(t, node, "node", "id"); got != id {
			t.Errorf("node(id: %v) has id %v", id, got)
		}
	}
	for _, id := range []string{"art_00000000-0000-7000-8000-000000000000", "nothing", "", "art_", "xyz_1"} {
		if node := c.data(t, contract(t, "node.graphql"), map[string]any{"id": id}); node["node"] != nil {
			t.Errorf("node(id: %q) = %v, want null", id, node["node"])
		}
	}
}

// TestStatementsDoNotGrow counts the statements of the pages that are asked for
// most, for short and for long lists.
func TestStatementsDoNotGrow(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	for _, test := range []struct {
		name      string
		operation string
		variables map[string]any
		want      int64
	}{
		// article with its section, body, authors, tags, summary, related, their
		// authors, their summaries, previous, next
		{"article page", "article-page.graphql", map[string]any{"slug": "the-wall-is-shut"}, 10},
		// articles, authors, tags, summaries
		{"home of 1", "home.graphql", map[string]any{"first": 1}, 4},
		{"home of 20", "home.graphql", map[string]any{"first": 20}, 4},
		{"home of 70", "home.graphql", map[string]any{"first": 70}, 4},
		// segments, what is hidden, dictionaries, postings, articles,
		// summaries, bodies
		{"search for 1", "search.graphql", map[string]any{"query": "harbour", "first": 1}, 7},
		{"search for 30", "search.graphql", map[string]any{"query": "harbour", "first": 30}, 7},
	} {
		a := c.post(t, contract(t, test.operation), test.variables)
		if a.statements != test.want || len(a.Errors) > 0 {
			t.Errorf("%s runs %d statements, want %d; errors %v", test.name, a.statements, test.want, a.Errors)
		}
	}
	deep := `query ($n: Int) { tags(first: $n) { nodes { articles(first: $n) { totalCount nodes {
		title summary { text } section { name parent { name } children { name } } authors { name articles(first: $n) { totalCount nodes { slug } } }
		related(first: $n) { nodes { tags { name } body next { slug tags { slug } } } } } } } } }`
	few := c.post(t, deep, map[string]any{"n": 2})
	many := c.post(t, deep, map[string]any{"n": 5})
	if len(few.Errors)+len(many.Errors) > 0 {
		t.Fatalf("errors %v %v", few.Errors, many.Errors)
	}
	if few.statements != many.statements {
		t.Errorf("lists of 2 run %d statements, lists of 5 run %d; want the same", few.statements, many.statements)
	}
}

// TestOffsets holds the promise that a browser can slice the text of a body by
// the offsets of the sentences of its summaries.
func TestOffsets(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	data := c.data(t, `{ articles(first: 100) { nodes { slug text: body(format: TEXT)
		BRIEF: summary(length: BRIEF) { ...s } SHORT: summary(length: SHORT) { ...s }
		LONG: summary(length: LONG) { ...s } BULLETS: summary(length: BULLETS) { ...s } } } }
		fragment s on Summary { sentences { text start end isTrimmed } }`, nil)
	checked := 0
	for _, a := range at(t, data, "articles", "nodes").([]any) {
		text := utf16Of(at(t, a, "text").(string))
		for _, length := range []string{"BRIEF", "SHORT", "LONG", "BULLETS"} {
			summary, _ := at(t, a, length).(map[string]any)
			if summary == nil {
				continue
			}
			for _, s := range summary["sentences"].([]any) {
				start, end := int(at(t, s, "start").(float64)), int(at(t, s, "end").(float64))
				if start < 0 || end > len(text) || start >= end {
					t.Fatalf("%v %s: span %d to %d of %d", at(t, a, "slug"), length, start, end, len(text))
				}
				if got, want := stringOf(text[start:end]), at(t, s, "text"); got != want && !at(t, s, "isTrimmed").(bool) {
					t.Errorf("%v %s: the text from %d to %d is %q, the sentence is %q", at(t, a, "slug"), length, start, end, got, want)
				}
				checked++
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d sentences were checked, want at least 500", checked)
	}
}

func BenchmarkHome(b *testing.B) { benchmark(b, "home.graphql", nil) }
func BenchmarkArticlePage(b *testing.B) {
	benchmark(b, "article-page.graphql", map[string]any{"slug": "the-wall-is-shut"})
}

func benchmark(b *testing.B, name string, variables map[string]any) {
	store := dbtest.Sample(b)
	raw, err := os.ReadFile(filepath.Join("testdata", "contract", name))
	if err != nil {
		b.Fatal(err)
	}
	send := sender(b, newClient(store).handler, string(raw), variables)
	b.ReportAllocs()
	for b.Loop() {
		if status := send(); status != 200 {
			b.Fatal(fmt.Sprint("status ", status))
		}
	}
}

// TestOneFragmentInTwoPlaces asks the same articles for the same field by two
// ways at once: what is read for the group is shared, what is answered is not.
func TestOneFragmentInTwoPlaces(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	data := c.data(t, `{ articles(first: 60) { edges { node { ...f } } nodes { ...f } } }
		fragment f on Article { slug related(first: 2) { totalCount nodes { slug } } section { articles(first: 1) { totalCount } } }`, nil)
	for i, node := range at(t, data, "articles", "nodes").([]any) {
		if diff := cmp.Diff(at(t, data, "articles", "edges", i, "node"), node); diff != "" {
			t.Errorf("article %d differs between edges and nodes (-edges +nodes):\n%s", i, diff)
		}
	}
}
