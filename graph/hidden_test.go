package graph_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// secret is a word that stands in every text of an article nobody may see, and
// nowhere else.
const secret = "zyxwordium"

// loose is a query that no article answers as a whole. Its hits are put in order
// with the help of the edges of the best (see stories in internal/search), of which
// an article that is to come, or is just gone, can have pushed out the weakest. So
// their order may differ, and nothing else.
const loose = "harbour " + secret

var inOrder = regexp.MustCompile(loose + `.*(edges|nodes|pageInfo)`)

// hide are the mutations that bring a draft into each state in which readers do
// not see an article.
var hide = map[string][][2]string{
	"draft":        {},
	"scheduled":    {{"publishArticle", ` at: "2099-01-01T00:00:00Z"`}},
	"restored":     {{"deleteArticle", ""}, {"restoreArticle", ""}},
	"withdrawn":    {{"publishArticle", ""}, {"withdrawArticle", ` reason: "` + secret + `"`}},
	"unpublished":  {{"publishArticle", ""}, {"unpublishArticle", ""}},
	"in the trash": {{"publishArticle", ""}, {"deleteArticle", ""}},
}

// wasPublic are the states before which an article was public: readers are told
// that it was, and that it is no more.
var wasPublic = map[string]bool{"withdrawn": true, "unpublished": true, "in the trash": true}

// TestNothingHiddenIsMet puts an article into every state in which readers do not
// see it, and asks every root field for it, by the names, the id and the words of
// it, for all fields that come back, before and after it is summarised and linked.
// Every answer, its tag included, is that of an archive without the article, also
// when answers are kept.
func TestNothingHiddenIsMet(t *testing.T) {
	t.Parallel()
	queries := readersQueries(graph.ParsedSchema())
	without := newClient(dbtest.Sample(t))
	before := map[string]reply{}
	for _, q := range queries {
		before[q] = without.send(t, "GET", get(q), "")
	}
	for state, mutations := range hide {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			store := dbtest.Sample(t)
			c := newClientOf(store, graph.Options{Limits: limits, Cache: 100_000_000})
			for _, q := range queries {
				c.send(t, "GET", get(q), "") // and kept
			}
			editor := c.as(content.RoleEditor)
			events := lastEvent(t, store)
			id := editor.makes(t, secret, fmt.Sprintf(`standfirst: %[1]q body: "The harbour wall and the %[1]s." slug: %[1]q url: "https://example.org/%[1]s" section: %[1]q
				authors: [%[1]q] tags: [%[1]q, "harbour"] external: {source: %[1]q id: %[1]q}`, secret))
			for _, m := range mutations {
				if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
				editor.edit(t, m[0], fmt.Sprintf("id: %q", id)+m[1], "article { id }")
			}
			// Subscriptions, feeds and webhooks tell of events, and of nothing else.
			if n := lastEvent(t, store); n != events && !wasPublic[state] {
				t.Errorf("there are events up to %d, want none after %d", n, events)
			}
			for _, when := range []string{"at once", "linked"} {
				for _, q := range queries {
					want, got := before[q], c.send(t, "GET", get(q), "")
					if inOrder.MatchString(q) && !strings.Contains(got.text, secret) {
						continue
					}
					if got.status != want.status || got.text != want.text || got.header.Get("ETag") != want.header.Get("ETag") {
						there, elsewhere := difference(got.text, want.text)
						t.Errorf("%s, %s\nanswers %d …%s\nwithout it %d …%s", when, q, got.status, there, want.status, elsewhere)
					}
				}
				byID := c.send(t, "GET", get(fmt.Sprintf(`{ node(id: %[1]q) { id } nodes(ids: [%[1]q]) { id } article(by: {id: %[1]q}) { id } articles(where: {id: {eq: %[1]q}}) { totalCount } }`, id)), "").text
				if want := `{"data":{"node":null,"nodes":[null],"article":null,"articles":{"totalCount":0}}`; !strings.HasPrefix(byID, want) {
					t.Errorf("%s, by its id: %s, want %s", when, byID, want)
				}
				if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func lastEvent(t *testing.T, store *db.DB) int64 {
	t.Helper()
	n, err := store.LastEvent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// difference cuts two texts to what follows where they part, and a little before.
func difference(a, b string) (string, string) {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	n = max(0, n-80)
	return fmt.Sprintf("%.300s", a[n:]), fmt.Sprintf("%.300s", b[n:])
}

// ways are the arguments with which each root field is asked: the word, part of
// it and a misspelling of it as query, name and filter, and words that public
// articles share with the hidden one.
func ways(f *ast.FieldDefinition) []string {
	switch {
	case f.Arguments.ForName("by") != nil && f.Name == "article":
		return filled(`(by: {slug: "the-wall-is-shut"})`, `(by: {slug: %q})`, `(by: {url: "https://example.org/%s"})`, `(by: {external: {source: %[1]q id: %[1]q}})`)
	case f.Arguments.ForName("by") != nil:
		return filled(`(by: {slug: "harbour"})`, `(by: {slug: %q})`)
	case f.Arguments.ForName("query") != nil:
		return filled(`(query: "harbour wall")`, `(query: "\"harbour wall\" -ferry")`, `(query: %q)`, `(query: "zyxwordiun")`, `(query: "zyxw*")`, `(query: "`+loose+`")`)
	case f.Arguments.ForName("prefix") != nil:
		return filled(`(prefix: "har")`, `(prefix: %q)`, `(prefix: "zyx")`)
	case f.Name == "articles":
		return filled(``, `(where: {title: {contains: %q}})`, `(where: {not: {slug: {eq: %q}}})`, `(where: {or: [{tag: {eq: %[1]q}}, {author: {eq: %[1]q}}, {section: {eq: %[1]q}}]})`)
	case f.Arguments.ForName("where") != nil:
		return filled(``, `(where: {name: {contains: %q}})`)
	}
	return []string{""}
}

// filled writes the word into arguments.
func filled(formats ...string) []string {
	all := make([]string, len(formats))
	for i, f := range formats {
		if all[i] = f; strings.Contains(f, "%") {
			all[i] = fmt.Sprintf(f, secret)
		}
	}
	return all
}

// readersQueries ask each root field in all ways for all that can be asked
// without a right, two levels deep.
func readersQueries(schema *ast.Schema) []string {
	const depth = 2
	var all []string
	for _, f := range schema.Query.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Directives.ForName("auth") != nil || f.Name == "node" || f.Name == "nodes" {
			continue
		}
		for _, way := range ways(f) {
			for _, selection := range selections(schema, f.Type.Name(), depth) {
				all = append(all, "{ "+f.Name+way+" "+selection+" }")
			}
		}
	}
	return all
}

// selections are all fields of a type that need no argument and no right: its
// plain ones in one selection, each of the others in one of its own.
func selections(schema *ast.Schema, name string, depth int) []string {
	definition := schema.Types[name]
	if !definition.IsCompositeType() {
		return []string{""}
	}
	plain := []string{"__typename"}
	var all []string
	for _, f := range definition.Fields {
		if strings.HasPrefix(f.Name, "__") || f.Directives.ForName("auth") != nil || hasRequired(f) {
			continue
		}
		if !schema.Types[f.Type.Name()].IsCompositeType() {
			plain = append(plain, f.Name)
		} else if depth > 0 {
			for _, s := range selections(schema, f.Type.Name(), depth-1) {
				all = append(all, "{ "+f.Name+" "+s+" }")
			}
		}
	}
	return append(all, "{ "+strings.Join(plain, " ")+" }")
}

func hasRequired(f *ast.FieldDefinition) bool {
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			return true
		}
	}
	return false
}
