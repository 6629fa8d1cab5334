package pipeline_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

// corpora lie beside the project and are no part of it.
const corpora = "../../../shared/corpora"

// BenchmarkGrowth imports 10,000 and then 100,000 real articles and tells what
// an import, a publish, a list and a rebuild cost in each, in time of the
// processors of this process where the name ends in cpu. The garbage collector is
// set as it is by the import command.
//
//	go test ./internal/pipeline -run '^$' -bench Growth -benchtime 1x -timeout 2h
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			source := filepath.Join(b.TempDir(), "early.jsonl")
			late := writeArticles(b, source, n)
			for b.Loop() {
				path := filepath.Join(b.TempDir(), "growth.db")
				store := dbtest.OpenFile(b, path, time.Now)
				g := growth{B: b, archive: &archive{store, pipeline.New(store), path}}
				g.load(source, n)
				g.publish(late)
				g.read()
				g.rebuild(n)
			}
		})
	}
}

// grownBy is how many articles are published one by one, and how many lists
// are read.
const grownBy = 300

// growth measures one archive.
type growth struct {
	*testing.B
	*archive
}

// load imports the articles, and tells what it takes for each, also for the first
// and the last tenth in each stage.
func (g *growth) load(source string, n int) {
	defer collectSeldom()()
	items, err := ingest.Open(g.Context(), source, ingest.Options{})
	if err != nil {
		g.Fatal(err)
	}
	start, cpu := time.Now(), processorTime(g.B)
	paces := map[string][]pace{}
	note := func(stage string, done int) { paces[stage] = append(paces[stage], pace{done, processorTime(g.B)}) }
	note("reading", 0)
	report, err := publish.Import(g.Context(), g.DB, items, publish.Options{SkipRefused: true, Progress: func(read int) { note("reading", read) }})
	if err == nil {
		err = g.CatchUp(g.Context(), func(stage pipeline.Stage, done, _ int) { note(string(stage), done) })
	}
	const most = 1000 // of which one may be refused, or stand there twice
	if err != nil || report.Created < n-n/most {
		g.Fatalf("imported %+v, %v; want %d articles", report, err, n)
	}
	g.ReportMetric((processorTime(g.B)-cpu).Seconds()*1000/float64(n), "import-ms-cpu/article")
	g.ReportMetric(float64(n)/time.Since(start).Seconds(), "import-articles/s")
	for stage, p := range paces {
		i, _ := slices.BinarySearchFunc(p, n/10, func(p pace, done int) int { return p.done - done })
		k, _ := slices.BinarySearchFunc(p, n-n/10, func(p pace, done int) int { return p.done - done })
		g.ReportMetric(p[i].since(p[0]), stage+"-first-ms-cpu/article")
		g.ReportMetric(p[len(p)-1].since(p[k]), stage+"-last-ms-cpu/article")
	}
}

// collectSeldom sets the garbage collector as the import command does, until what
// it returns is called.
func collectSeldom() (end func()) {
	percent, limit := debug.SetGCPercent(400), debug.SetMemoryLimit(1000<<20)
	return func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) }
}

// pace is how far a stage is, after how much time of the processors.
type pace struct {
	done int
	cpu  time.Duration
}

// since is the time of each article since another moment, in milliseconds.
func (p pace) since(q pace) float64 { return (p.cpu - q.cpu).Seconds() * 1000 / float64(p.done-q.done) }

// publish writes articles one by one, and measures the work of their jobs.
func (g *growth) publish(drafts []content.Draft) {
	var took, cpu []time.Duration
	for i := range drafts {
		filing, err := publish.File(drafts[i])
		if err != nil {
			g.Fatal(err)
		}
		outcomes, err := g.Save(g.Context(), []db.Filing{filing})
		if err != nil {
			g.Fatal(err)
		}
		t, c := g.time(func() error { return g.Process(g.Context(), outcomes[0].ID) })
		took, cpu = append(took, t), append(cpu, c)
	}
	g.report("publish", took, cpu)
}

// read reads what is related, from stored edges and under a filter that leaves
// none of them, and tells what is kept in memory afterwards.
func (g *growth) read() {
	ids := dbtest.Rows(g.B, g.path, `SELECT id FROM article WHERE status = 'PUBLISHED' ORDER BY RANDOM() LIMIT `+fmt.Sprint(grownBy))
	for name, where := range map[string]*content.ArticleWhere{
		"related": nil, "filtered": {WordCount: &content.IntFilter{Gt: new(700)}, PublishedAt: &content.TimeFilter{Lt: new(time.Now().AddDate(-8, 0, 0))}},
	} {
		var took, cpu []time.Duration
		w, err := (&content.PageArgs{First: new(10)}).Window()
		if err != nil {
			g.Fatal(err)
		}
		for _, id := range ids {
			t, c := g.time(func() error {
				_, err := g.Linker().Related(g.Context(), []content.ID{content.ID(id)}, where, w)
				return err
			})
			took, cpu = append(took, t), append(cpu, c)
		}
		g.report(name, took, cpu)
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g.ReportMetric(float64(m.HeapAlloc)/(1<<20), "kept-MiB")
}

// rebuild learns a new model and draws all edges anew.
func (g *growth) rebuild(n int) {
	dbtest.Exec(g.B, g.path, `UPDATE model SET articles = 1`)
	defer collectSeldom()()
	t, c := g.time(func() error { return g.CatchUp(g.Context(), nil) })
	g.ReportMetric(t.Seconds(), "rebuild-s")
	g.ReportMetric(c.Seconds()*1000/float64(n), "rebuild-ms-cpu/article")
}

// time measures the time and the processor time of do.
func (g *growth) time(do func() error) (took, cpu time.Duration) {
	start, before := time.Now(), processorTime(g.B)
	if err := do(); err != nil {
		g.Fatal(err)
	}
	return time.Since(start), processorTime(g.B) - before
}

func (g *growth) report(name string, took, cpu []time.Duration) {
	for unit, times := range map[string][]time.Duration{"ms": took, "ms-cpu": cpu} {
		slices.Sort(times)
		for _, percent := range []int{50, 99} {
			g.ReportMetric(times[len(times)*percent/100].Seconds()*1000, fmt.Sprintf("%s-p%d-%s", name, percent, unit))
		}
	}
}

// processorTime is what this process has used so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// writeArticles writes n real articles to a file, and returns others from among
// them.
func writeArticles(b *testing.B, file string, n int) (late []content.Draft) {
	b.Helper()
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	random := rand.New(rand.NewPCG(1, 2))
	all := realArticles(b, n+grownBy)
	chosen := random.Perm(len(all))[:grownBy]
	buffer := bufio.NewWriter(out)
	for i, d := range all {
		if slices.Contains(chosen, i) {
			late = append(late, d)
		} else if err := ingest.WriteLine(buffer, d); err != nil {
			b.Fatal(err)
		}
	}
	if err := buffer.Flush(); err != nil {
		b.Fatal(err)
	}
	return late
}

// realArticles are n articles, spread evenly over all there are. To make up a
// hundred thousand, the second halves of long ones count as articles.
func realArticles(b *testing.B, n int) []content.Draft {
	b.Helper()
	var all, halves []content.Draft
	for _, file := range []string{
		"shared/orange_docs", "shared/scale_guardian", "dev/rel_reuters", "dev/rel_agnews_test", "dev/rel_multinews", "dev/rel_ecbplus", "dev/rel_fnc",
		"dev/sum_bbc_extractive", "dev/sum_xsum", "dev/sum_inshorts", "dev/sum_newts", "dev/sum_cnndm", "shared/lee_background",
	} {
		for _, d := range documents(b, filepath.Join(corpora, file+".jsonl.gz")) {
			all = append(all, d)
			if half := len(d.Body) / 2; half > 2500 {
				d.ExternalID += "-2"
				d.Body = strings.ToValidUTF8(d.Body[half:], "")
				halves = append(halves, d)
			}
		}
	}
	if all = append(all, halves...); len(all) < n {
		b.Skipf("there are %d articles in %s, not %d", len(all), corpora, n)
	}
	some := make([]content.Draft, n)
	for i := range some {
		some[i] = all[i*min(len(all), 100_000+grownBy)/n]
		if some[i].PublishedAt == nil { // the sets without dates fill up twelve years
			some[i].PublishedAt = new(time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 12 * 365 * 24 * time.Hour / time.Duration(n)))
		}
	}
	return some
}

// documents reads a file of the corpora, and skips the benchmark when it is not
// there.
func documents(b testing.TB, file string) []content.Draft {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Skipf("the corpora are not here: %v", err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var all []content.Draft
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d struct {
			ID, Lang, Title, Heading, Text string
			Published                      string `json:"published_at"`
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			b.Fatal(err)
		}
		if content.Blank(d.Text) {
			continue
		}
		if content.Blank(d.Title) || len(d.Title) > content.MaxTitle {
			d.Title = strings.Join(strings.Fields(d.Text[:min(len(d.Text), 60)]), " ")
		}
		draft := content.Draft{
			Title: strings.ToValidUTF8(d.Title, ""), Standfirst: d.Heading, Body: d.Text, BodyFormat: content.Text, Language: d.Lang,
			Source: filepath.Base(file), ExternalID: d.ID, Status: content.StatusPublished,
		}
		for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05"} {
			if at, err := time.Parse(layout, d.Published); err == nil {
				draft.PublishedAt = &at
			}
		}
		all = append(all, draft)
	}
	return all
}
