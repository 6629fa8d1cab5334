package graph_test

import (
	"strings"
	"testing"

	"nutgraph/graph"
)

// TestEverythingIsDescribed wants a description of each type, field, argument, value
// and directive.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	schema := graph.ParsedSchema()
	described := 0
	want := func(name, description string) {
		described++
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", name)
		}
	}
	for name, definition := range schema.Types {
		if definition.BuiltIn {
			continue
		}
		want(name, definition.Description)
		for _, f := range definition.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			want(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				want(name+"."+f.Name+"("+a.Name+":)", a.Description)
			}
		}
		for _, v := range definition.EnumValues {
			want(name+"."+v.Name, v.Description)
		}
	}
	for name, directive := range schema.Directives {
		if directive.Position.Src.BuiltIn {
			continue
		}
		want("@"+name, directive.Description)
		for _, a := range directive.Arguments {
			want("@"+name+"("+a.Name+":)", a.Description)
		}
	}
	if described < 500 {
		t.Errorf("only %d things were looked at", described)
	}
}
