package graph_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

// TestSubscriptionsUnderEveryRole follows the archive as everybody, as server-sent
// events and over WebSocket: all are sent what becomes public and how it changes,
// and nobody a word of a draft.
func TestSubscriptionsUnderEveryRole(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	c := newClient(store)
	editor := c.as(content.RoleEditor)
	server := httptest.NewServer(bearers(store, c.handler))
	t.Cleanup(server.Close)
	known := editor.makes(t, "Known", "")
	editor.edit(t, "publishArticle", fmt.Sprintf("id: %q", known), "article { id }")
	published, changed := map[string]<-chan string{}, map[string]<-chan string{}
	for role, token := range tokens(t, store) {
		for transport, follow := range map[string]func(*testing.T, string, string, string) <-chan string{"SSE": followEvents, "WebSocket": followSocket} {
			name := fmt.Sprintf("%q over %s", role, transport)
			published[name] = follow(t, server.URL, token, "subscription { articlePublished { title standfirst } }")
			changed[name] = follow(t, server.URL, token, fmt.Sprintf("subscription { articleChanged(id: %q) { title standfirst } }", known))
		}
	}
	// A subscription is not acknowledged: events are sent until each has one.
	for round, waiting := 0, 1; waiting > 0; round++ {
		editor.edit(t, "publishArticle", fmt.Sprintf("id: %q", editor.makes(t, fmt.Sprint("Round ", round), "")), "article { id }")
		editor.edit(t, "updateArticle", fmt.Sprintf(`id: %q set: {title: "Known %d"}`, known, round), "article { id }")
		waiting = 0
		for _, streams := range []map[string]<-chan string{published, changed} {
			for _, s := range streams {
				if len(s) == 0 {
					waiting++
				}
			}
		}
	}
	draft := editor.makes(t, secret, fmt.Sprintf("standfirst: %q", secret))
	editor.edit(t, "updateArticle", fmt.Sprintf("id: %q set: {standfirst: %q}", draft, secret+secret), "article { id }")
	editor.edit(t, "withdrawArticle", fmt.Sprintf("id: %q reason: %q", known, secret), "article { id }")
	editor.edit(t, "publishArticle", fmt.Sprintf("id: %q", editor.makes(t, "The last", "")), "article { id }")
	for name, s := range published {
		upTo(t, name, s, `"title":"The last"`)
	}
	for name, s := range changed {
		upTo(t, name, s, `"articleChanged":null`)
	}
}

// upTo reads a stream up to an event, and wants no word of what is secret in it.
func upTo(t *testing.T, name string, events <-chan string, last string) {
	t.Helper()
	for e := range events {
		if strings.Contains(e, secret) || strings.Contains(e, `"errors"`) {
			t.Errorf("%s is sent %s", name, e)
		}
		if strings.Contains(e, last) {
			return
		}
	}
	t.Errorf("%s: the stream ends before %s", name, last)
}

// room is for more events than a test sends.
const room = 10_000

// followEvents subscribes by POST and returns the events as they come.
func followEvents(t *testing.T, url, token, query string) <-chan string {
	t.Helper()
	response := request(t, url, token, "text/event-stream", map[string]any{"query": query}) //nolint:bodyclose // the reader below closes it
	events := make(chan string, room)
	go func() {
		defer close(events)
		defer response.Body.Close()
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
				events <- data
			}
		}
	}()
	return events
}

// followSocket subscribes over a WebSocket and returns the messages as they come.
func followSocket(t *testing.T, url, token, query string) <-chan string {
	t.Helper()
	conn := connect(t, url, token)
	raw, err := json.Marshal(map[string]any{"id": "1", "type": "subscribe", "payload": map[string]string{"query": query}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := conn.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := conn.Write(t.Context(), websocket.MessageText, raw); err != nil {
		t.Fatal(err)
	}
	events := make(chan string, room)
	go func() {
		defer close(events)
		for {
			_, raw, err := conn.Read(t.Context())
			if err != nil {
				return
			}
			if strings.Contains(string(raw), `"next"`) {
				events <- string(raw)
			}
		}
	}()
	return events
}
