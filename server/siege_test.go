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
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// siege is how clients may try to keep others out.
type siege struct {
	name   string
	attack func(ctx context.Context, addr string)
}

var aliases = "{" + strings.Repeat(" a: __typename", 4_000) + " }"

const introspection = "{ __schema { types { fields { args { type { name ofType { name } } } type { name ofType { name } } } } } }"

var sieges = []siege{
	{"aliases", posting(func(int64) string { return aliases })},
	{"new_mistakes", posting(func(n int64) string {
		return "{ articles { nodes {" + strings.Repeat(fmt.Sprintf(" titel%d", n), 900) + " } } }"
	})},
	{"introspection", posting(func(int64) string { return introspection })},
	{"new_introspection", posting(func(n int64) string { return fmt.Sprintf("query Q%d %s", n, introspection) })},
	{"dear_queries", posting(func(n int64) string {
		return fmt.Sprintf("query Q%d { articles(first: 100) { nodes { title related(first: 10) { nodes { title } } } } }", n)
	})},
	{"searches", posting(func(n int64) string {
		return fmt.Sprintf(`{ search(query: \\"the wall %d\\", first: 100) { totalCount nodes { title } } }`, n)
	})},
	{"half-sent_bodies", dialling(200, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{")},
	{"half-sent_headers", dialling(200, "POST /graphql HTTP/1.1\r\nHost: x\r\nX-")},
	{"slow_readers", dialling(200, "GET /graphql?query={articles(first:100){nodes{title,body}}} HTTP/1.1\r\nHost: x\r\n\r\n")},
	{"silent_connections", dialling(20_000, "")},
}

// From how many addresses an attack comes, and over how many connections from each.
const (
	attackers           = 4
	attackerConnections = 4
)

// posting sends queries without a pause, from other machines as a proxy says.
func posting(query func(n int64) string) func(context.Context, string) {
	return func(ctx context.Context, addr string) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: attackers * attackerConnections}}
		defer client.CloseIdleConnections()
		var sent atomic.Int64
		var all sync.WaitGroup
		for i := range attackers * attackerConnections {
			all.Go(func() {
				for ctx.Err() == nil {
					request(ctx, client, "http://"+addr+"/graphql", query(sent.Add(1)), "X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i%attackers))
				}
			})
		}
		all.Wait()
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

// request sends a query without quotes or line breaks.
func request(ctx context.Context, client *http.Client, url, query string, header ...string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(`{"query": "`+query+`"}`))
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
func readers(ctx context.Context, client *http.Client, url string, during time.Duration) (answers float64) {
	end := time.Now().Add(during)
	var served atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for time.Now().Before(end) {
				if request(ctx, client, url+"/graphql", `{ articles(first: 5) { nodes { title summary { text } authors { name } } } }`) && time.Now().Before(end) {
					served.Add(1)
				}
			}
		})
	}
	all.Wait()
	return float64(served.Load()) / during.Seconds()
}

// BenchmarkSiege tells how many answers a second 16 readers get while the server is
// attacked, in proportion to what they get in peace, and the server's memory. Readers
// and attackers share the machine with the server. Peace and siege take turns, so that
// other work on the machine meets both; the figures are those of the median second and of
// the worst, which is mostly the first.
func BenchmarkSiege(b *testing.B) {
	for _, cache := range []string{"64000000", "0"} {
		for _, siege := range sieges {
			b.Run("cache="+cache+"/"+siege.name, func(b *testing.B) {
				s := serve(b, "--sample", "--db", filepath.Join(b.TempDir(), "nutgraph.db"), "--cache", cache)
				for b.Loop() {
					besiege(b, s, siege)
				}
				b.ReportMetric(0, "ns/op")
				s.stop(b, syscall.SIGTERM)
			})
		}
	}
}

// besiege takes turns of peace and siege.
func besiege(b *testing.B, s *served, siege siege) {
	b.Helper()
	const turns, seconds = 3, 3
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	defer client.CloseIdleConnections()
	var held []float64
	for range turns {
		peace := readers(b.Context(), client, s.url, time.Second)
		ctx, cancel := context.WithCancel(b.Context())
		var attack sync.WaitGroup
		attack.Go(func() { siege.attack(ctx, strings.TrimPrefix(s.url, "http://")) })
		for range seconds {
			held = append(held, readers(b.Context(), client, s.url, time.Second)/peace)
		}
		cancel()
		attack.Wait()
	}
	slices.Sort(held)
	b.ReportMetric(held[len(held)/2], "of-peace")
	b.ReportMetric(held[0], "worst-second")
	b.ReportMetric(memory(b, s.command), "MB")
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
