package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// siege is how a client may try to keep others out.
type siege struct {
	name   string
	attack func(ctx context.Context, addr string)
}

var sieges = []siege{
	{"aliases", posting("{" + strings.Repeat(" a: __typename", 4_000) + " }")},
	{"introspection", posting("{ __schema { types { fields { args { type { name ofType { name } } } type { name ofType { name } } } } } }")},
	{"dear_queries", posting("{ articles(first: 100) { nodes { title related(first: 10) { nodes { title } } } } }")},
	{"half-sent_bodies", dialling(200, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{")},
	{"half-sent_headers", dialling(200, "POST /graphql HTTP/1.1\r\nHost: x\r\nX-")},
	{"slow_readers", dialling(200, "GET /graphql?query={articles(first:100){nodes{title,body}}} HTTP/1.1\r\nHost: x\r\n\r\n")},
	{"silent_connections", dialling(16_000, "")},
}

// posting sends a query again and again, from another machine as a proxy says.
func posting(query string) func(context.Context, string) {
	return func(ctx context.Context, addr string) {
		for ctx.Err() == nil {
			request(ctx, http.DefaultClient, "http://"+addr+"/graphql", query, "X-Forwarded-For", "203.0.113.7")
		}
	}
}

// dialling opens connections on which nothing more is said.
func dialling(n int, said string) func(context.Context, string) {
	return func(ctx context.Context, addr string) {
		var conns []net.Conn
		for range n {
			conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
			if err != nil {
				break // as many as the system lets us
			}
			_, _ = io.WriteString(conn, said)
			conns = append(conns, conn)
		}
		<-ctx.Done()
		for _, conn := range conns {
			_ = conn.Close()
		}
	}
}

func request(ctx context.Context, client *http.Client, url, query string, header ...string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(fmt.Sprintf(`{"query": %q}`, query)))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := client.Do(r)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err == nil && response.StatusCode == http.StatusOK
}

// readers counts what 16 ordinary readers get in a time.
func readers(ctx context.Context, url string, during time.Duration) (answers float64) {
	ctx, cancel := context.WithTimeout(ctx, during)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	defer client.CloseIdleConnections()
	var served atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for ctx.Err() == nil {
				if request(ctx, client, url+"/graphql", `{ articles(first: 5) { nodes { title summary { text } authors { name } } } }`) {
					served.Add(1)
				}
			}
		})
	}
	all.Wait()
	return float64(served.Load()) / during.Seconds()
}

// BenchmarkSiege tells how many answers a second 16 readers get while the server is
// attacked, in proportion to what they get in peace, and the server's memory. Both
// share the machine with the attacker.
func BenchmarkSiege(b *testing.B) {
	s := serve(b, "--sample", "--db", filepath.Join(b.TempDir(), "nutgraph.db"))
	addr := strings.TrimPrefix(s.url, "http://")
	for _, siege := range sieges {
		b.Run(siege.name, func(b *testing.B) {
			const during = 3 * time.Second
			for b.Loop() {
				peace := readers(b.Context(), s.url, during)
				ctx, cancel := context.WithCancel(b.Context())
				var attack sync.WaitGroup
				attack.Go(func() { siege.attack(ctx, addr) })
				under := readers(b.Context(), s.url, during)
				b.ReportMetric(under/peace, "of-peace")
				b.ReportMetric(memory(b, s.command), "MB")
				cancel()
				attack.Wait()
			}
			b.ReportMetric(0, "ns/op")
		})
	}
	s.stop(b, syscall.SIGTERM)
}

// memory is what a process holds now, in megabytes.
func memory(b *testing.B, command *exec.Cmd) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", command.Process.Pid))
	if err != nil {
		b.Skip("memory can be read on Linux only")
	}
	var size, resident float64
	if _, err := fmt.Sscan(string(status), &size, &resident); err != nil {
		b.Fatal(err)
	}
	return resident * float64(os.Getpagesize()) / 1e6
}
