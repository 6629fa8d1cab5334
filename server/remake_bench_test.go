package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"nutgraph/db/dbtest"
)

// BenchmarkRemake asks for the front page a hundred times a second, of a server
// with nothing to do and of one that makes the summaries and edges of the whole
// archive again, as after an upgrade, in turn. It reports how long half of the
// answers and all but one of a hundred take, and how many articles are made
// again in a second meanwhile.
//
//	go test ./server -run '^$' -bench Remake -benchtime 3x
func BenchmarkRemake(b *testing.B) {
	const articles = 3000
	folder := b.TempDir()
	source, current, outdated := filepath.Join(folder, "orange.jsonl"), filepath.Join(folder, "current.db"), filepath.Join(folder, "outdated.db")
	convertOrange(b, source, articles)
	if out, err := exec.CommandContext(b.Context(), "nutgraph", "import", "--db", current, source).CombinedOutput(); err != nil {
		b.Fatalf("import: %v\n%s", err, out)
	}
	dbtest.Exec(b, current, `UPDATE article SET saved_at = 0`)
	dbtest.Exec(b, current, `VACUUM INTO $1`, outdated)
	var quiet, remaking []time.Duration
	var remade int
	var took time.Duration
	for b.Loop() {
		quiet = append(quiet, askedSteadily(b, current)...)
		dbtest.Exec(b, outdated, `UPDATE analysis SET version = 'older'`)
		start := time.Now()
		remaking = append(remaking, askedSteadily(b, outdated)...)
		took += time.Since(start)
		n, err := strconv.Atoi(dbtest.Rows(b, outdated, `SELECT COUNT(*) FROM analysis WHERE version <> 'older'`)[0])
		if err != nil || n == 0 {
			b.Fatalf("%d articles were made again (%v), want some", n, err)
		}
		remade += n
	}
	for name, d := range map[string][]time.Duration{"quiet": quiet, "remaking": remaking} {
		slices.Sort(d)
		b.ReportMetric(float64(d[len(d)/2].Microseconds())/1000, name+"-p50-ms")
		b.ReportMetric(float64(d[len(d)*99/100].Microseconds())/1000, name+"-p99-ms")
	}
	b.ReportMetric(float64(remade)/took.Seconds(), "remade/s")
}

// askedSteadily serves an archive, asks for the front page at a steady pace and
// tells how long each answer took, from when it was due.
func askedSteadily(b *testing.B, archive string) []time.Duration {
	b.Helper()
	const every, requests = 10 * time.Millisecond, 1000
	home, err := os.ReadFile("../graph/testdata/contract/home.graphql")
	if err != nil {
		b.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"query": string(home)})
	if err != nil {
		b.Fatal(err)
	}
	s := serve(b, "--db", archive)
	defer s.stop(b, syscall.SIGTERM)
	took := make([]time.Duration, requests)
	var all sync.WaitGroup
	pace := time.NewTicker(every)
	defer pace.Stop()
	for i := range requests {
		due := <-pace.C
		all.Go(func() {
			if err := s.ask(b.Context(), string(body)); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	all.Wait()
	return took
}

// ask sends one request and reads its answer.
func (s *served) ask(ctx context.Context, body string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/graphql", strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
