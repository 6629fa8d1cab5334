package web_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"

	"nutgraph/graph"
)

// names are what the playground looks up in the archive; see archive.ts.
var names = map[string]string{
	"$slug": "a-slug", "$id": "art_1", "$other": "art_2", "$draft": "art_3", "$section": "harbour", "$author": "aut_1", "$cursor": "AA", "$words": "harbour ferry",
}

// TestExamples validates the examples of the playground, with their variables.
func TestExamples(t *testing.T) {
	t.Parallel()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: graph.Schema()})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("playground/examples/*.graphql")
	if err != nil || len(files) < 7 {
		t.Fatalf("there are %d examples (%v), want more", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		query, errs := gqlparser.LoadQueryWithRules(schema, string(text), nil)
		if len(errs) > 0 {
			t.Errorf("%s: %v", file, errs)
			continue
		}
		if len(query.Operations) != 1 || query.Operations[0].Name == "" || !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s has not one named operation below a comment, which the panel shows", file)
		}
		if _, err := validator.VariableValues(schema, query.Operations[0], variables(t, file)); err != nil {
			t.Errorf("the variables of %s: %v", file, err)
		}
	}
}

// variables reads the variables of an example, as they are with names of an archive.
func variables(t *testing.T, file string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(strings.TrimSuffix(file, ".graphql") + ".json")
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, value := range names {
		text = strings.ReplaceAll(text, `"`+name+`"`, `"`+value+`"`)
	}
	if strings.Contains(text, `"$`) {
		t.Errorf("%s names what archive.ts does not look up: %s", file, text)
	}
	var values map[string]any
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return values
}
