package search_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// queries are what is measured: words that stand in a fifth to a half of all
// articles, words that stand in few, and so on.
var queries = []struct {
	kind  string
	typed []string
}{
	{"common word", []string{"said", "police", "people", "time", "france", "président"}},
	{"common words", []string{"police court", "people said", "new year", "premier ministre"}},
	{"rare word", []string{"zeppelin", "lighthouse", "bûcheron", "marmalade"}},
	{"phrase", []string{`"prime minister"`, `"premier ministre"`, `"in the"`, `"court heard"`}},
	{"prefix", []string{"polic*", "gouv*", "pre*", "s*"}},
	{"ten words", []string{
		"police said court government people report murder minister london week",
		"président france gouvernement ministre paris ville personnes nouvelle année pays",
		"a man has been found dead in a flat in london",
	}},
	{"exclusion", []string{"police -court", `said -"prime minister"`}},
	{"misspelt", []string{"polce", "journalistt", "présidnt"}},
}

// BenchmarkSearch tells the median and the 99th percentile of searches in real
// articles, a page of ten each, and of what is asked with them.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			store := scale(b, n)
			page := func(ctx context.Context, typed string, where *content.ArticleWhere) (*search.Found, error) {
				return search.Find(ctx, store, search.Parse(typed), where, content.Window{Limit: 10})
			}
			for _, q := range queries {
				b.Run(strings.ReplaceAll(q.kind, " ", "-"), func(b *testing.B) {
					measure(b, q.typed, func(ctx context.Context, typed string) error {
						_, err := page(ctx, typed, nil)
						return err
					})
				})
			}
			for name, where := range filters {
				b.Run("counted-"+name, func(b *testing.B) {
					measure(b, queries[0].typed, func(ctx context.Context, typed string) error {
						found, err := page(ctx, typed, where)
						if err == nil {
							_, err = found.Count(ctx)
						}
						return err
					})
				})
			}
			for name, by := range map[string]db.FacetBy{"section": db.BySection, "year": db.ByYear} {
				b.Run("facets-by-"+name, func(b *testing.B) {
					measure(b, queries[0].typed, func(ctx context.Context, typed string) error {
						found, err := page(ctx, typed, nil)
						if err == nil {
							_, err = found.Facet(ctx, by, 10)
						}
						return err
					})
				})
			}
			b.Run("suggest", func(b *testing.B) {
				measure(b, []string{"p", "po", "pol", "police", "the ", "le gou", "new y"}, func(ctx context.Context, typed string) error {
					_, err := search.Suggest(ctx, store, typed, 10)
					return err
				})
			})
		})
	}
}

// filters select a third of all articles, a hundredth, and a few.
var filters = map[string]*content.ArticleWhere{
	"no-filter":   nil,
	"language":    {Language: &content.StringFilter{Eq: new("fr")}},
	"section":     {Section: &content.SlugFilter{Eq: new("politique")}},
	"few":         {Section: &content.SlugFilter{Eq: new("societe/insolite")}, PublishedAt: &content.TimeFilter{Lt: new(time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC))}},
	"no-tag":      {Tag: &content.SlugFilter{Eq: new("nothing-has-it")}},
	"wordy-title": {Title: &content.StringFilter{Contains: new("zzz")}},
}

func measure(b *testing.B, typed []string, ask func(context.Context, string) error) {
	var took, worked []time.Duration
	for b.Loop() {
		for _, s := range typed {
			start, before := time.Now(), cpuTime(b)
			if err := ask(b.Context(), s); err != nil {
				b.Fatal(err)
			}
			took, worked = append(took, time.Since(start)), append(worked, cpuTime(b)-before)
		}
	}
	for name, times := range map[string][]time.Duration{"": took, "cpu-": worked} {
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2])/1e6, name+"p50-ms")
		b.ReportMetric(float64(times[len(times)*99/100])/1e6, name+"p99-ms")
	}
}

// cpuTime is what the process has used of the processors: on a shared machine
// the clock tells of others as well.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

var kept = flag.String("kept", "", "folder to keep the archives of BenchmarkSearch in, so that they need not be made again")

// scale is an archive of some number of real articles.
func scale(b *testing.B, n int) *db.DB {
	b.Helper()
	folder := *kept
	if folder == "" {
		folder = b.TempDir()
	}
	path := filepath.Join(folder, fmt.Sprintf("articles-%d.db", n))
	if _, err := os.Stat(path); err == nil {
		return dbtest.OpenFile(b, path, func() time.Time { return dbtest.Now })
	}
	var texts []text
	add := func(x text) bool { texts = append(texts, x); return len(texts) < n }
	lines(b, "shared/orange_docs.jsonl.gz", func(x text) bool {
		return len(texts) < n*32/100 && add(x)
	})
	lines(b, "shared/scale_guardian.jsonl.gz", add)
	// There are 76,000. The second halves of long ones are the rest.
	for _, x := range slices.Clone(texts) {
		if half := len(x.Text) / 2; len(texts) < n && len(x.Text) > 2500 {
			x.ID += "-2"
			x.Text = x.Text[half+strings.IndexByte(x.Text[half:], ' ')+1:]
			texts = append(texts, x)
		}
	}
	start := time.Now()
	store := indexed(b, path, texts)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles were saved and indexed in %v, %d MB", len(texts), time.Since(start).Round(time.Second), info.Size()>>20)
	return store
}
