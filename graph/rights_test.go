package graph_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/db"
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

// asked writes a field with what arguments it needs and one field of what it
// returns.
func asked(schema *ast.Schema, f *ast.FieldDefinition) string {
	var arguments []string
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			arguments = append(arguments, a.Name+": "+argument(schema, a.Type))
		}
	}
	query := f.Name
	if len(arguments) > 0 {
		query += "(" + strings.Join(arguments, " ") + ")"
	}
	if schema.Types[f.Type.Name()].IsCompositeType() {
		query += " { __typename }"
	}
	return query
}

// operations are one for each root field, and for each field of an article that
// not everybody may ask for.
func operations(schema *ast.Schema) map[string]string {
	all := map[string]string{}
	for kind, root := range map[string]*ast.Definition{"query": schema.Query, "mutation": schema.Mutation} {
		for _, f := range root.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				all[root.Name+"."+f.Name] = kind + " { " + asked(schema, f) + " }"
			}
		}
	}
	for _, f := range schema.Types["Article"].Fields {
		if f.Directives.ForName("auth") != nil {
			all["Article."+f.Name] = `{ article(by: {slug: "the-wall-is-shut"}) { ` + asked(schema, f) + " } }"
		}
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
	want, all := rights(t), operations(graph.ParsedSchema())
	for role, token := range tokens(t, store) {
		socket := dial(t, server.URL, token)
		for field, query := range all {
			expected := ""
			switch needed := want[field]; {
			case role == "" && needed != content.RoleReader:
				expected = "UNAUTHENTICATED"
			case role != "" && !role.Includes(needed):
				expected = "FORBIDDEN"
			}
			for transport, answer := range map[string]string{
				"HTTP":      post(t, server.URL, token, "application/json", query),
				"SSE":       post(t, server.URL, token, "text/event-stream", query),
				"WebSocket": socket(query),
			} {
				got := ""
				for _, code := range []string{"UNAUTHENTICATED", "FORBIDDEN"} {
					if strings.Contains(answer, `"code":"`+code+`"`) {
						got = code
					}
				}
				if got != expected || !strings.Contains(answer, `"data"`) || strings.Contains(answer, "INTERNAL") {
					t.Errorf("%s as %q over %s: %q, want %q: %s", field, role, transport, got, expected, answer)
				}
			}
		}
	}
}

// TestBadTokensAreRefusedOverWebSocket is about tokens that are handed over in
// connection_init; for HTTP and SSE, see the server.
func TestBadTokensAreRefusedOverWebSocket(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	server := httptest.NewServer(newClient(store).handler)
	t.Cleanup(server.Close)
	conn := connect(t, server.URL, "ng_none")
	if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != 4401 {
		t.Errorf("with a token that is none: %v, want it closed with 4401", err)
	}
	made, secret, err := store.CreateToken(t.Context(), content.NewToken{Name: "x", Role: content.RoleReader})
	if err != nil {
		t.Fatal(err)
	}
	socket := dial(t, server.URL, secret)
	if got := socket("{ viewer { name } }"); !strings.Contains(got, `"name":"x"`) {
		t.Errorf("the viewer is %s", got)
	}
	if _, err := store.RevokeToken(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if got := socket("{ viewer { name } }"); !strings.Contains(got, "4401") {
		t.Errorf("with a token that was revoked meanwhile: %s, want it closed with 4401", got)
	}
}

// tokens makes one for each role, and none for nobody.
func tokens(t *testing.T, store *db.DB) map[content.Role]string {
	t.Helper()
	all := map[content.Role]string{"": ""}
	for _, role := range content.Roles {
		_, secret, err := store.CreateToken(t.Context(), content.NewToken{Name: string(role), Role: role})
		if err != nil {
			t.Fatal(err)
		}
		all[role] = secret
	}
	return all
}

// bearers does what the server does with tokens in headers.
func bearers(store *db.DB, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if header := r.Header.Get("Authorization"); header != "" {
			p, err := store.Authenticate(r.Context(), graph.Bearer(header))
			if err != nil {
				http.Error(w, err.Error(), http.StatusUnauthorized)
				return
			}
			r = r.WithContext(content.WithPrincipal(r.Context(), p))
		}
		next.ServeHTTP(w, r)
	})
}

func post(t *testing.T, url, token, accept, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text strings.Builder
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		text.WriteString(lines.Text())
	}
	return text.String()
}

// connect opens a WebSocket and hands over a token, if any.
func connect(t *testing.T, url, token string) *websocket.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	conn, response, err := websocket.Dial(ctx, url, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // the connection owns it
	if err != nil {
		t.Fatal(err)
	}
	_ = response
	t.Cleanup(func() { _ = conn.CloseNow() })
	init := `{"type":"connection_init"}`
	if token != "" {
		init = fmt.Sprintf(`{"type":"connection_init","payload":{"Authorization":"Bearer %s"}}`, token)
	}
	if err := conn.Write(ctx, websocket.MessageText, []byte(init)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// dial returns a function that sends an operation over one WebSocket and returns
// what comes back, or why nothing does.
func dial(t *testing.T, url, token string) func(query string) string {
	t.Helper()
	conn := connect(t, url, token)
	if _, _, err := conn.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	n := 0
	return func(query string) string {
		n++
		raw, err := json.Marshal(map[string]any{"id": fmt.Sprint(n), "type": "subscribe", "payload": map[string]string{"query": query}})
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Write(t.Context(), websocket.MessageText, raw); err != nil {
			return err.Error()
		}
		var answers []string
		for {
			_, raw, err := conn.Read(t.Context())
			if err != nil {
				return err.Error()
			}
			var m struct{ Type string }
			if err := json.Unmarshal(raw, &m); err != nil {
				t.Fatal(err)
			}
			answers = append(answers, string(raw))
			if slices.Contains([]string{"complete", "error"}, m.Type) {
				return strings.Join(answers, "\n")
			}
		}
	}
}
