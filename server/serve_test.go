package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// served is a server process.
type served struct {
	command *exec.Cmd
	url     string
	stderr  *bytes.Buffer
}

var readyLine = regexp.MustCompile(`^Nutgraph serves (http://[0-9.:]+)/ \(playground \S+, GraphQL \S+\)\n$`)

// serve starts the command and waits for the line that says it is ready.
func serve(t testing.TB, args ...string) *served {
	t.Helper()
	s := &served{command: exec.CommandContext(t.Context(), "nutgraph", append([]string{"serve", "--addr", "127.0.0.1:0", "--timeout", "1m"}, args...)...), stderr: &bytes.Buffer{}}
	s.command.Stderr = s.stderr
	out, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	match := readyLine.FindStringSubmatch(line)
	if err != nil || match == nil {
		t.Fatalf("the server says %q (%v), want a line with its URLs; it logs:\n%s", line, err, s.stderr)
	}
	s.url = match[1]
	return s
}

// stop sends a signal and wants the server to end well.
func (s *served) stop(t testing.TB, signal syscall.Signal) {
	t.Helper()
	if err := s.command.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	if err := s.command.Wait(); err != nil {
		t.Errorf("after %v the server ends with %v, want exit code 0; it logs:\n%s", signal, err, s.stderr)
	}
}

func (s *served) do(t testing.TB, method, path, body string, header ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(raw)
}

func TestServe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "nutgraph.db")
	s := serve(t, "--sample", "--db", file)

	for path, want := range map[string]struct {
		contentType string
		text        string
	}{
		"/":                {"text/html", "Eddermouth Signal"},
		"/playground":      {"text/html", "/assets/playground-"},
		"/schema.graphqls": {"text/plain", "type Query"},
		"/healthz":         {"application/json", "alive"},
		"/readyz":          {"application/json", "ready"},
	} {
		status, header, body := s.do(t, http.MethodGet, path, "")
		if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), want.contentType) || !strings.Contains(body, want.text) {
			t.Errorf("GET %s = %d, %s, %.80q; want 200, %s, with %q", path, status, header.Get("Content-Type"), body, want.contentType, want.text)
		}
		if header.Get("X-Request-Id") == "" || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Content-Security-Policy") == "" {
			t.Errorf("GET %s lacks headers: %v", path, header)
		}
	}
	for _, path := range []string{"/nothing", "/assets/", "/assets/manifest.json", "/assets/../go.mod"} {
		if status, _, _ := s.do(t, http.MethodGet, path, ""); status != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, status)
		}
	}

	query := `{"query": "query Newest { articles(first: 1) { nodes { slug summary { text } related(first: 1) { totalCount } } } }"}`
	status, header, body := s.do(t, http.MethodPost, "/graphql", query, "Content-Type", "application/json", "X-Request-Id", "my-request-1")
	var answer struct {
		Data struct {
			Articles struct {
				Nodes []struct {
					Slug    string
					Summary struct{ Text string }
					Related struct{ TotalCount int }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK || len(answer.Data.Articles.Nodes) != 1 {
		t.Fatalf("POST /graphql = %d, %s (%v)", status, body, err)
	}
	if a := answer.Data.Articles.Nodes[0]; a.Slug == "" || a.Summary.Text == "" || a.Related.TotalCount < 3 {
		t.Errorf("the newest article is %+v, want one with a summary and related articles", a)
	}
	if got := header.Get("X-Request-Id"); got != "my-request-1" {
		t.Errorf("X-Request-Id = %q, want the one that was sent", got)
	}
	for _, test := range []struct {
		method, contentType, body string
		want                      int
	}{
		{http.MethodPost, "application/json", strings.Repeat(" ", 1_000_001), http.StatusRequestEntityTooLarge},
		{http.MethodPost, "application/json", `{"query":`, http.StatusBadRequest},
		{http.MethodPost, "application/json", `[]`, http.StatusBadRequest},
		{http.MethodPost, "application/json", ``, http.StatusBadRequest},
		{http.MethodPost, "text/plain", `{"query": "{__typename}"}`, http.StatusUnsupportedMediaType},
		{http.MethodPost, "", `{"query": "{__typename}"}`, http.StatusUnsupportedMediaType},
		{http.MethodPut, "application/json", `{"query": "{__typename}"}`, http.StatusMethodNotAllowed},
	} {
		status, _, body := s.do(t, test.method, "/graphql", test.body, "Content-Type", test.contentType)
		if status != test.want || !strings.Contains(body, `"code":"BAD_REQUEST"`) {
			t.Errorf("%s of %.30q as %q = %d %s, want %d BAD_REQUEST", test.method, test.body, test.contentType, status, body, test.want)
		}
	}
	if status, _, body := s.do(t, http.MethodGet, "/graphql?query={__typename}", ""); status != http.StatusOK {
		t.Errorf("a query by GET = %d %s, want 200", status, body)
	}
	s.stop(t, syscall.SIGTERM)
	if log := s.stderr.String(); !strings.Contains(log, `"operation":"Newest","status":200,"errors":0,"statements":5`) || !strings.Contains(log, `"id":"my-request-1"`) {
		t.Errorf("the log has no line of the request:\n%s", log)
	}

	// The sample is loaded into an empty archive only.
	again := serve(t, "--sample", "--db", file)
	again.stop(t, syscall.SIGINT)
	if !strings.Contains(again.stderr.String(), "the sample is not loaded again") {
		t.Errorf("the second start logs:\n%s", again.stderr)
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	addr := listener.Addr().String()
	out, err := exec.CommandContext(t.Context(), "nutgraph", "--addr", addr, "--db", filepath.Join(t.TempDir(), "x.db")).CombinedOutput()
	want := fmt.Sprintf("nutgraph: %s is in use by another program; stop it, or choose another address with --addr\n", addr)
	if err == nil || string(out) != want {
		t.Errorf("on a port in use: %v, %q; want %q", err, out, want)
	}
}
