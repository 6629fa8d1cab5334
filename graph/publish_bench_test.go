package graph_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

var benchBody = strings.Repeat("The harbour wall is shut, and nobody on the quay knows for how long. ", 30) // 2 kB

// BenchmarkWrites reports how many articles a second the desk creates, by one
// editor and by eight at once, beside bare inserts of the same text on the same
// driver. All are durable when they return.
//
//	go test ./graph -run '^$' -bench Writes -benchtime 2000x
func BenchmarkWrites(b *testing.B) {
	for _, writers := range []int{1, 8} {
		b.Run(fmt.Sprint("bare/", writers), func(b *testing.B) {
			bare, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
			if err != nil {
				b.Fatal(err)
			}
			defer bare.Close()
			bare.SetMaxOpenConns(1)
			if _, err := bare.ExecContext(b.Context(), `CREATE TABLE article (key INTEGER PRIMARY KEY, title TEXT, body TEXT)`); err != nil {
				b.Fatal(err)
			}
			share(b, writers, func(i int64) error {
				_, err := bare.ExecContext(b.Context(), `INSERT INTO article (title, body) VALUES ($1, $2)`, fmt.Sprint("Wall ", i), benchBody)
				return err
			})
		})
		b.Run(fmt.Sprint("desk/", writers), func(b *testing.B) {
			desk, ctx := publish.NewDesk(dbtest.Open(b)), dbtest.As(b.Context(), content.RoleEditor)
			share(b, writers, func(i int64) error {
				_, err := desk.CreateArticle(ctx, content.Changes{Title: new(fmt.Sprint("Wall ", i)), Body: &benchBody}, nil)
				return err
			})
		})
	}
}

// share lets so many at once do b.N things, and reports how many a second.
func share(b *testing.B, writers int, do func(i int64) error) {
	b.Helper()
	b.ResetTimer()
	var next atomic.Int64
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

// BenchmarkPublishAndRead has 16 editors publish without a pause while 16 readers
// ask for the front page twenty times a second each, with nothing kept for them.
// It reports how long a publish takes, and an answer before and meanwhile; with
// the background jobs of the publications running beside, and without.
//
//	go test ./graph -run '^$' -bench PublishAndRead -benchtime 2000x
func BenchmarkPublishAndRead(b *testing.B) {
	for _, workers := range []int{0, 2} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) { publishAndRead(b, workers) })
	}
}

func publishAndRead(b *testing.B, workers int) {
	const writers, before = 16, 3 * time.Second
	store := dbtest.OpenFile(b, dbtest.SampleFile(b), time.Now)
	desk, ctx := publish.NewDesk(store), dbtest.As(b.Context(), content.RoleEditor)
	drafts := make([]content.ID, b.N)
	for i := range drafts {
		a, err := desk.CreateArticle(ctx, content.Changes{Title: new(fmt.Sprint("Wall ", i)), Body: &benchBody}, nil)
		if err != nil {
			b.Fatal(err)
		}
		drafts[i] = a.ID
	}
	query, err := os.ReadFile(filepath.Join("testdata", "contract", "home.graphql"))
	if err != nil {
		b.Fatal(err)
	}
	home := sender(b, newClient(store).handler, string(query), nil) // this client's handler keeps no answers
	quiet := readers(b.Context(), b, home, before)
	if workers > 0 {
		jobs, err := store.Work(b.Context(), workers, slog.New(slog.DiscardHandler), pipeline.New(store).Process)
		if err != nil {
			b.Fatal(err)
		}
		defer jobs.Stop(context.Background())
	}
	reading, stop := context.WithCancel(b.Context())
	var busy []time.Duration
	var all sync.WaitGroup
	all.Go(func() { busy = readers(reading, b, home, time.Hour) })
	took := make([]time.Duration, b.N)
	share(b, writers, func(i int64) error {
		start := time.Now()
		_, err := desk.PublishArticle(ctx, publish.Base{ID: drafts[i-1]}, nil)
		took[i-1] = time.Since(start)
		return err
	})
	stop()
	all.Wait()
	for _, m := range []struct {
		times []time.Duration
		part  float64
		unit  string
	}{{took, 0.5, "publish-p50-ms"}, {took, 0.99, "publish-p99-ms"}, {quiet, 0.5, "quiet-read-p50-ms"}, {busy, 0.5, "read-p50-ms"}, {busy, 0.99, "read-p99-ms"}} {
		slices.Sort(m.times)
		if len(m.times) > 0 {
			b.ReportMetric(float64(m.times[int(m.part*float64(len(m.times)-1))].Microseconds())/1000, m.unit)
		}
	}
}

// readers have 16 readers ask, until the time is over or ctx ends, and return how
// long each answer took.
func readers(ctx context.Context, b *testing.B, ask func() int, during time.Duration) []time.Duration {
	b.Helper()
	const pause = 50 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, during)
	defer cancel()
	took := make([][]time.Duration, 16)
	var all sync.WaitGroup
	for i := range took {
		all.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-time.After(pause):
				}
				start := time.Now()
				if status := ask(); status != http.StatusOK {
					b.Error("status ", status)
					return
				}
				took[i] = append(took[i], time.Since(start))
			}
		})
	}
	all.Wait()
	return slices.Concat(took...)
}
