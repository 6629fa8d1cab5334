package graph_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
)

// rightsFile says for each field of the schema that is not for everybody, and for
// every mutation and subscription, which role it takes.
const rightsFile = "testdata/rights.txt"

// rights reads the file: a field and a role on each line.
func rights(t *testing.T) map[string]content.Role {
	t.Helper()
	all := map[string]content.Role{}
	for line := range strings.Lines(read(t, rightsFile)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		field, role, _ := strings.Cut(line, " ")
		all[field] = content.Role(strings.TrimSpace(role))
	}
	return all
}

// TestRightsAreThoseOfTheFile holds every field of the schema against the file: a
// new one without a line fails, and so does one whose role is another.
func TestRightsAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	want := rights(t)
	got := map[string]content.Role{}
	for name, definition := range graph.ParsedSchema().Types {
		if definition.BuiltIn || definition.Kind != ast.Object {
			continue
		}
		for _, f := range definition.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			role := content.RoleReader
			if auth := f.Directives.ForName("auth"); auth != nil {
				role = content.Role(auth.Arguments.ForName("role").Value.Raw)
			}
			got[name+"."+f.Name] = role
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-) and the schema (+) differ; a field that is new needs a line:\n%s", rightsFile, diff)
	}
}

// argument makes a value of a type that the engine takes and no object has.
func argument(schema *ast.Schema, t *ast.Type) string {
	if t.Elem != nil {
		return "[" + argument(schema, t.Elem) + "]"
	}
	definition := schema.Types[t.NamedType]
	switch definition.Kind {
	case ast.Enum:
		return definition.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, f := range definition.Fields {
			if f.Type.NonNull && f.DefaultValue == nil || len(fields) == 0 && definition.Directives.ForName("oneOf") != nil {
				fields = append(fields, f.Name+": "+argument(schema, f.Type))
			}
		}
		return "{" + strings.Join(fields, " ") + "}"
	}
	switch t.NamedType {
	case "Int", "Float":
		return "1"
	case "Boolean":
		return "true"
	case "URL":
		return `"https://example.org/none"`
	case "DateTime":
		return `"2030-01-01T00:00:00.000Z"`
	}
	return `"none"`
}

// asked writes a field with one field of what it returns.
func asked(schema *ast.Schema, f *ast.FieldDefinition) string {
	if schema.Types[f.Type.Name()].IsCompositeType() {
		return called(schema, f) + " { __typename }"
	}
	return called(schema, f)
}

// called writes a field with what arguments it needs, and lists of one item.
func called(schema *ast.Schema, f *ast.FieldDefinition) string {
	var arguments []string
	for _, a := range f.Arguments {
		switch {
		case a.Name == "first":
			arguments = append(arguments, "first: 1")
		case a.Type.NonNull && a.DefaultValue == nil:
			arguments = append(arguments, a.Name+": "+argument(schema, a.Type))
		}
	}
	if len(arguments) == 0 {
		return f.Name
	}
	return f.Name + "(" + strings.Join(arguments, " ") + ")"
}

// route is how to come to the objects of a type: what stands before and behind
// their fields, the role that it takes, and how long it is.
type route struct {
	before, behind string
	role           content.Role
	length         int
}

// routes leads from the query to every type of object that one leads to, by as few
// fields as can be, and around those that need to be told a name.
func routes(schema *ast.Schema, want map[string]content.Role) map[string]route {
	const name = 10 // fields that one with a name counts as: there is nothing of the name
	all := map[string]route{"Query": {role: content.RoleReader}}
	for again := true; again; {
		again = false
		for from, r := range all {
			for _, f := range schema.Types[from].Fields {
				to, needed := f.Type.Name(), want[from+"."+f.Name]
				next := route{r.before + " { " + called(schema, f), " }" + r.behind, r.role, r.length + 1}
				if hasRequired(f) {
					next.length += name
				}
				if needed.Includes(r.role) {
					next.role = needed
				}
				known, is := all[to]
				if schema.Types[to].Kind == ast.Object && !strings.HasPrefix(to, "__") && (!is || next.length < known.length) {
					all[to], again = next, true
				}
			}
		}
	}
	return all
}

// operation asks for something, and takes a role.
type operation struct {
	text string
	role content.Role
}

// operations are one for each mutation, for each field that not everybody may ask
// for, and for all others of each object that is not the payload of a mutation.
func operations(schema *ast.Schema, want map[string]content.Role) map[string]operation {
	all := map[string]operation{}
	for _, f := range schema.Mutation.Fields {
		all["Mutation."+f.Name] = operation{"mutation { " + asked(schema, f) + " }", want["Mutation."+f.Name]}
	}
	for name, r := range routes(schema, want) {
		public := ""
		for _, f := range schema.Types[name].Fields {
			needed := want[name+"."+f.Name]
			switch {
			case strings.HasPrefix(f.Name, "__"):
			case needed == content.RoleReader:
				public += " " + asked(schema, f)
			default:
				all[name+"."+f.Name] = operation{r.before + " { " + asked(schema, f) + " }" + r.behind, needed}
			}
		}
		all[name] = operation{r.before + " {" + public + " }" + r.behind, r.role}
	}
	return all
}

// TestRightsOnEveryTransport asks for everything under every role by POST, over
// WebSocket and as server-sent events. All three must agree with the file.
func TestRightsOnEveryTransport(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	server := httptest.NewServer(bearers(store, newClient(store).handler))
	t.Cleanup(server.Close)
	all := operations(graph.ParsedSchema(), rights(t))
	for role, token := range tokens(t, store) {
		socket := dial(t, server.URL, token)
		for name, o := range all {
			expected := ""
			switch {
			case role == "" && o.role != content.RoleReader:
				expected = "UNAUTHENTICATED"
			case role != "" && !role.Includes(o.role):
				expected = "FORBIDDEN"
			}
			for transport, answer := range map[string]string{
				"HTTP":      post(t, server.URL, token, "application/json", o.text),
				"SSE":       post(t, server.URL, token, "text/event-stream", o.text),
				"WebSocket": socket(o.text),
			} {
				got := ""
				for _, code := range []string{"UNAUTHENTICATED", "FORBIDDEN"} {
					if strings.Contains(answer, `"code":"`+code+`"`) {
						got = code
					}
				}
				if got != expected || !strings.Contains(answer, `"data"`) || strings.Contains(answer, "INTERNAL") {
					t.Errorf("%s as %q over %s: %q, want %q: %s", name, role, transport, got, expected, answer)
				}
			}
		}
	}
}
