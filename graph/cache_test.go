package graph_test

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

// newsroom is an archive that two programs write into, and that is read with a
// cache and without.
type newsroom struct {
	*rand.Rand
	path           string
	clock          atomic.Int64
	stores         [2]*db.DB
	cached, direct http.Handler
	drafts         int
}

func openNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{Rand: rand.New(rand.NewPCG(5, 8)), path: filepath.Join(t.TempDir(), "test.db")}
	n.clock.Store(dbtest.Now.UnixMilli())
	for i := range n.stores {
		n.stores[i] = dbtest.OpenFile(t, n.path, func() time.Time { return time.UnixMilli(n.clock.Load()) })
	}
	log := slog.New(slog.DiscardHandler)
	links := pipeline.New(n.stores[0]).Linker()
	n.cached = graph.NewHandler(n.stores[0], links, log, graph.Options{Limits: limits, Cache: 10_000_000})
	n.direct = graph.NewHandler(n.stores[0], links, log, graph.Options{Limits: limits})
	return n
}

const stories = 6

func slugOf(i int) string { return fmt.Sprintf("story-%d", i) }

// write imports a story, by one of the two programs: new, changed, scheduled or
// a draft.
func (n *newsroom) write(t *testing.T, by *db.DB, slug string) {
	t.Helper()
	n.drafts++
	at := time.UnixMilli(n.clock.Load()).Add(time.Duration(n.IntN(7200)-3600) * time.Second)
	d := content.Draft{
		Slug: slug, Title: fmt.Sprintf("Version %d", n.drafts), PublishedAt: &at, Tags: []string{fmt.Sprintf("tag %d", n.IntN(3))},
		Body: strings.Repeat(fmt.Sprintf("The harbour board met on day %d and heard what the keeper of the wall had to say. ", n.drafts), 12),
	}
	save(t, by, d)
}

func save(t *testing.T, by *db.DB, d content.Draft) {
	t.Helper()
	filing, err := publish.File(d)
	if err != nil {
		t.Fatal(err)
	}
	outcomes, err := by.Save(t.Context(), []db.Filing{filing})
	if err != nil || outcomes[0].Err != nil {
		t.Fatalf("save %s: %v %v", d.Slug, err, outcomes)
	}
}

// change does one of the things that change what readers see.
func (n *newsroom) change(t *testing.T) string {
	t.Helper()
	slug := slugOf(n.IntN(stories))
	switch n.IntN(6) {
	case 0, 1:
		n.write(t, n.stores[0], slug)
		return "write " + slug
	case 2:
		n.write(t, n.stores[1], slug)
		return "another program writes " + slug
	case 3:
		dbtest.Exec(t, n.path, `UPDATE article SET status = 'WITHDRAWN' WHERE slug = $1`, slug)
		return "withdraw " + slug
	case 4:
		n.clock.Add(int64(n.IntN(3600)) * 1000)
		return "time passes"
	default:
		if err := pipeline.New(n.stores[n.IntN(2)]).CatchUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		return "summarise and link"
	}
}

func (n *newsroom) question() string {
	slug := slugOf(n.IntN(stories))
	return []string{
		fmt.Sprintf(`{ article(by: {slug: %q}) { title publishedAt tags { name } summary(length: BRIEF) { text isStale } previous { slug } next { slug } related(first: 3) { nodes { title } } } }`, slug),
		`{ articles(first: 4) { totalCount nodes { slug title } pageInfo { hasNextPage } } }`,
		`{ tags { nodes { slug articles(first: 2) { totalCount nodes { title } } } } }`,
		`{ tag(by: {slug: "tag-1"}) { name } }`,
		`{ search(query: "harbour") { totalCount nodes { title } } }`,
	}[n.IntN(5)]
}

// TestAnswersFromTheCacheAreFresh changes the archive at random, by this program
// and by another, and lets time pass. Each answer is compared with one that was
// made for it, those that say "there is none" among them.
func TestAnswersFromTheCacheAreFresh(t *testing.T) {
	t.Parallel()
	n := openNewsroom(t)
	hits, history := 0, []string{}
	for range 400 {
		if n.IntN(3) == 0 {
			history = append(history, n.change(t))
		}
		question := n.question()
		got, hit := read1(n.cached, question)
		want, _ := read1(n.direct, question)
		if got != want {
			t.Fatalf("after %q\n%s\ngot  %s\nwant %s", history, question, got, want)
		}
		if hit {
			hits++
		}
	}
	if hits < 50 {
		t.Errorf("%d answers came from the cache; want more", hits)
	}
}

// read1 sends a query and tells whether the answer was there already.
func read1(h http.Handler, query string) (string, bool) {
	request := &graph.Request{}
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(fmt.Sprintf(`{"query": %q}`, query)))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(graph.WithRequest(r.Context(), request)))
	return w.Body.String(), request.Cache == "hit"
}

// TestAcknowledgedWritesAreSeen reads while an article is written again and
// again. No answer may be older than what was acknowledged when it was asked for.
func TestAcknowledgedWritesAreSeen(t *testing.T) {
	t.Parallel()
	n := openNewsroom(t)
	var acknowledged atomic.Int64
	dbtest.Exec(t, n.path, `DELETE FROM article`)
	at := dbtest.Now.Add(-time.Hour)
	write := func(version int) {
		d := content.Draft{Slug: "story", Title: fmt.Sprintf("Version %d", version), PublishedAt: &at}
		save(t, n.stores[version%2], d)
		acknowledged.Store(int64(version))
	}
	write(1)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				known := acknowledged.Load()
				answer, _ := read1(n.cached, `{ article(by: {slug: "story"}) { title } }`)
				var version int64
				_, title, _ := strings.Cut(answer, "Version ")
				if _, err := fmt.Sscanf(title, "%d", &version); err != nil || version < known {
					t.Errorf("version %d was acknowledged, the answer is %s", known, answer)
					return
				}
			}
		})
	}
	for version := 2; version < 60; version++ {
		write(version)
	}
	close(done)
	readers.Wait()
}

// TestWhatIsNotKept: errors, mutations and what is asked with a name.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	n := openNewsroom(t)
	for name, test := range map[string]struct {
		query  string
		header http.Header
		want   bool
	}{
		"a query":      {`{ articles { nodes { slug } } }`, nil, true},
		"with a token": {`{ articles { totalCount } }`, http.Header{"Authorization": {"Bearer x"}}, false},
		"a mistake":    {`{ articles(first: 1000) { totalCount } }`, nil, false},
		"nonsense":     {`{ nothing }`, nil, false},
	} {
		var cached bool
		for range 2 {
			request := &graph.Request{}
			r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(fmt.Sprintf(`{"query": %q}`, test.query)))
			r.Header = http.Header{"Content-Type": {"application/json"}}
			maps.Copy(r.Header, test.header)
			n.cached.ServeHTTP(httptest.NewRecorder(), r.WithContext(graph.WithRequest(r.Context(), request)))
			cached = request.Cache == "hit"
		}
		if cached != test.want {
			t.Errorf("%s: kept is %t, want %t", name, cached, test.want)
		}
	}
}

// TestKeptAnswersAreCharged: what an answer cost to make is what it costs to get.
func TestKeptAnswersAreCharged(t *testing.T) {
	t.Parallel()
	n := openNewsroom(t)
	charged := make([]int, 3)
	for i := range charged {
		allowed := i < 2
		request := &graph.Request{Charge: func(cost int) (graph.Rate, bool) {
			charged[i] += cost
			return graph.Rate{}, allowed
		}}
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ articles { totalCount } }"}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		n.cached.ServeHTTP(w, r.WithContext(graph.WithRequest(r.Context(), request)))
		if refused := strings.Contains(w.Body.String(), "RATE_LIMITED"); refused == allowed {
			t.Fatalf("allowed %t: %s", allowed, w.Body)
		}
	}
	if charged[1] < 20 || charged[0] < charged[1] {
		t.Errorf("the same answer was charged %d; want as much when it is kept, but for the reading of the query", charged)
	}
}
