package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
)

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
	response := request(t, url, token, accept, map[string]any{"query": query})
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// request sends an operation; the caller closes the body of what comes back.
func request(t *testing.T, url, token, accept string, operation map[string]any) *http.Response {
	t.Helper()
	body, err := json.Marshal(operation)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
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
	return response
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
	conn.SetReadLimit(1 << 20)
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

// dial returns a function that sends a query over one WebSocket and returns what
// comes back, or why nothing does.
func dial(t *testing.T, url, token string) func(query string) string {
	t.Helper()
	send := dialed(t, url, token)
	return func(query string) string { return send(map[string]any{"query": query}) }
}

func dialed(t *testing.T, url, token string) func(operation map[string]any) string {
	t.Helper()
	conn := connect(t, url, token)
	if _, _, err := conn.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	n := 0
	return func(operation map[string]any) string {
		n++
		raw, err := json.Marshal(map[string]any{"id": fmt.Sprint(n), "type": "subscribe", "payload": operation})
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

// TestLongArticles sends the longest body there may be, each letter of it escaped,
// over every transport, and as somebody who may not write.
func TestLongArticles(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	server := httptest.NewServer(bearers(store, newClient(store).handler))
	t.Cleanup(server.Close)
	long := map[string]any{
		"query":     `mutation ($body: String!) { createArticle(input: {title: "Long", body: $body}) { article { wordCount } userErrors { message } } }`,
		"variables": map[string]any{"body": json.RawMessage(`"` + strings.Repeat(`\u00e9`, content.MaxTypedBody/len("é")) + `"`)},
	}
	send := func(role content.Role, accept string) string {
		_, secret, err := store.CreateToken(t.Context(), content.NewToken{Name: "x", Role: role})
		if err != nil {
			t.Fatal(err)
		}
		if accept == "" {
			return dialed(t, server.URL, secret)(long)
		}
		response := request(t, server.URL, secret, accept, long)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, accept := range []string{"application/json", "text/event-stream", ""} {
		if got := send(content.RoleAuthor, accept); !strings.Contains(got, `"article":{"wordCount":1}`) {
			t.Errorf("from an author, accepting %q: %.300s", accept, got)
		}
		got := send(content.RoleReader, accept)
		if isRefused := strings.Contains(got, "longer than 1000000 bytes"); strings.Contains(got, "FORBIDDEN") || accept != "" && !isRefused { // a socket is closed
			t.Errorf("from a reader, accepting %q: %.300s", accept, got)
		}
	}
}
