package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestGuards runs the server with guards that are easily met.
func TestGuards(t *testing.T) {
	t.Parallel()
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"),
		"--rate-limit", "100", "--cost-limit", "50", "--depth-limit", "4", "--connection-limit", "10",
		"--cors-origin", "https://example.com", "--stream-limit", "1")
	query := func(q string) string { return `{"query": "` + q + `"}` }
	contentType := []string{"Content-Type", "application/json"}

	// From elsewhere, as a proxy on this machine says.
	far := []string{"Content-Type", "application/json", "X-Forwarded-For", "203.0.113.7"}
	for i := range 3 {
		status, header, body := s.do(t, http.MethodPost, "/graphql", query("{ articles(first: 20) { nodes { slug } } }"), far...)
		if i < 2 && (status != http.StatusOK || header.Get("RateLimit-Limit") != "100") {
			t.Errorf("request %d = %d %v %s, want 200 and the state of the allowance", i, status, header, body)
		}
		if i == 2 && (status != http.StatusOK || header.Get("RateLimit-Remaining") != "0") && status != http.StatusTooManyRequests {
			t.Errorf("request %d = %d %v %s", i, status, header, body)
		}
	}
	status, header, body := s.do(t, http.MethodPost, "/graphql", query("{ __typename }"), far...)
	if status != http.StatusTooManyRequests || header.Get("Retry-After") == "" || !strings.Contains(body, `"code":"RATE_LIMITED"`) || !strings.Contains(body, `"requestId":`) {
		t.Errorf("past the rate limit: %d %v %s", status, header, body)
	}
	if status, _, body := s.do(t, http.MethodPost, "/graphql", query("{ __typename }"), contentType...); status != http.StatusOK {
		t.Errorf("from here: %d %s, want 200: this machine is not metered", status, body)
	}
	if status, _, body := s.do(t, http.MethodPost, "/graphql", query("{ articles(first: 25) { nodes { slug } } }"), contentType...); !strings.Contains(body, `COST_LIMIT_EXCEEDED`) {
		t.Errorf("past --cost-limit: %d %s", status, body)
	}
	if status, _, body := s.do(t, http.MethodPost, "/graphql", query("{ articles(first: 1) { nodes { section { parent { slug } } } } }"), contentType...); !strings.Contains(body, `more than 4 levels`) {
		t.Errorf("past --depth-limit: %d %s", status, body)
	}

	// Streams past their limit are told to come again.
	url := strings.Replace(s.url, "http", "ws", 1) + "/graphql"
	dial := func() (*websocket.Conn, error) {
		conn, response, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // Dial closes it
		if err != nil && response != nil && (response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Retry-After") == "") {
			t.Errorf("a stream too many is answered %d %v, want 503 with Retry-After", response.StatusCode, response.Header)
		}
		return conn, err
	}
	first, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dial(); err == nil {
		t.Error("a second stream is let in with --stream-limit 1")
	}
	_ = first.CloseNow()

	// Connections that say nothing make room.
	var silent []net.Conn
	for range 12 {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		silent = append(silent, conn)
	}
	http.DefaultClient.CloseIdleConnections() // those are silent, too, and closed at any moment
	if status, _, body := s.do(t, http.MethodPost, "/graphql", query("{ __typename }"), contentType...); status != http.StatusOK {
		t.Errorf("beside silent connections: %d %s", status, body)
	}
	_ = silent[0].SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := bufio.NewReader(silent[0]).ReadByte(); err != io.EOF && err == nil {
		t.Errorf("the connection that was silent longest reads %v, want it closed", err)
	}
	s.stop(t, syscall.SIGTERM)
}

// TestWebSocketSubprotocol turns away clients of another protocol, and pages of
// other origins.
func TestWebSocketDoors(t *testing.T) {
	t.Parallel()
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"), "--cors-origin", "https://example.com")
	url := strings.Replace(s.url, "http", "ws", 1) + "/graphql"
	conn, _, err := websocket.Dial(t.Context(), url, nil) //nolint:bodyclose // Dial closes it
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != 4406 {
		t.Errorf("without a subprotocol the connection ends with %v, want 4406", err)
	}
	for origin, want := range map[string]int{s.url: 101, "https://example.com": 101, "https://example.org": 403, "null": 403} {
		conn, response, _ := websocket.Dial(t.Context(), url, &websocket.DialOptions{ //nolint:bodyclose // Dial closes it
			Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: http.Header{"Origin": {origin}},
		})
		if response == nil || response.StatusCode != want {
			t.Errorf("from %s: %v, want %d", origin, response, want)
		}
		if conn != nil {
			_ = conn.CloseNow()
		}
	}
	s.stop(t, syscall.SIGTERM)
}

// TestHeaders holds what browsers, caches and proxies are told.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
	page := "/graphql?query=" + strings.ReplaceAll(`{articles(first:20){nodes{slug,title,body}}}`, "\"", "%22")

	_, plain, _ := s.do(t, http.MethodGet, page, "", "Accept-Encoding", "identity")
	tag := plain.Get("ETag")
	for _, known := range []string{tag, strings.TrimPrefix(tag, "W/"), `"other", ` + tag, "*"} {
		status, header, body := s.do(t, http.MethodGet, page, "", "If-None-Match", known)
		if status != http.StatusNotModified || body != "" || header.Get("ETag") != tag || header.Get("Cache-Control") == "" || header.Get("Vary") == "" {
			t.Errorf("If-None-Match %s: %d %v %.100s, want 304 with ETag, Cache-Control and Vary", known, status, header, body)
		}
	}
	if status, _, _ := s.do(t, http.MethodGet, page, "", "If-None-Match", `"other"`); status != http.StatusOK {
		t.Errorf("If-None-Match of another answer: %d, want 200", status)
	}
	if status, header, body := s.do(t, http.MethodHead, page, ""); status != http.StatusOK || body != "" || header.Get("ETag") != tag {
		t.Errorf("HEAD: %d %v %q", status, header, body)
	}
	for accept, want := range map[string]string{
		"gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "zstd", "br": "", "identity": "", "gzip;q=0": "",
	} {
		_, header, _ := s.do(t, http.MethodGet, page, "", "Accept-Encoding", accept)
		if got := header.Get("Content-Encoding"); got != want || !strings.Contains(strings.Join(header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("Accept-Encoding %s: %q, Vary %q; want %q", accept, got, header.Values("Vary"), want)
		}
	}

	// Any page may read what is public, and none may send a token.
	preflight := func(headers string) http.Header {
		_, h, _ := s.do(t, http.MethodOptions, "/graphql", "", "Origin", "https://example.org", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", headers)
		return h
	}
	if h := preflight("content-type"); h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("a preflight for a read: %v", h)
	}
	if h := preflight("authorization,content-type"); h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("a preflight with a token: %v", h)
	}
	if status, h, _ := s.do(t, http.MethodOptions, "/graphql", ""); status != http.StatusNoContent || h.Get("Allow") == "" {
		t.Errorf("OPTIONS: %d %v", status, h)
	}
	s.stop(t, syscall.SIGTERM)
}

// TestCORS lets named origins in with a token, and others not at all.
func TestCORS(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]string{"https://example.com": "https://example.com", "none": ""} {
		s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"), "--cors-origin", setting)
		for origin, want := range map[string]string{"https://example.com": want, "https://example.org": ""} {
			_, h, _ := s.do(t, http.MethodOptions, "/graphql", "", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
			if got := h.Get("Access-Control-Allow-Origin"); got != want {
				t.Errorf("--cors-origin %s: a preflight from %s allows %q, want %q", setting, origin, got, want)
			}
			_, h, _ = s.do(t, http.MethodPost, "/graphql", `{"query": "{ __typename }"}`, "Content-Type", "application/json", "Origin", origin)
			if got := h.Get("Access-Control-Allow-Origin"); got != want {
				t.Errorf("--cors-origin %s: an answer to %s allows %q, want %q", setting, origin, got, want)
			}
		}
		s.stop(t, syscall.SIGTERM)
	}
}

// TestSettings refuses guards under which nothing would be answered.
func TestSettings(t *testing.T) {
	for _, flag := range []string{
		"body-limit", "text-limit", "token-limit", "depth-limit", "root-limit", "cost-limit", "operation-limit", "connection-limit",
	} {
		if got := run([]string{"serve", "--db", filepath.Join(t.TempDir(), "x.db"), fmt.Sprintf("--%s=0", flag)}); got != exitUsage {
			t.Errorf("--%s=0 ends with %d, want %d", flag, got, exitUsage)
		}
	}
}
