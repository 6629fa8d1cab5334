package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// orange are 31,644 real articles, which live beside the project and are not
// part of it.
const orange = "../../shared/corpora/shared/orange_docs.jsonl.gz"

// BenchmarkImport imports real articles with summaries and edges, and then the
// same again. It tells articles a second and the peak of memory of each.
func BenchmarkImport(b *testing.B) {
	source := filepath.Join(b.TempDir(), "orange.jsonl")
	n := convertOrange(b, source, math.MaxInt)
	for b.Loop() {
		file := filepath.Join(b.TempDir(), "orange.db")
		for _, pass := range []string{"first", "again"} {
			command := exec.CommandContext(b.Context(), "nutgraph", "import", "--db", file, source)
			start := b.Elapsed()
			if out, err := command.CombinedOutput(); err != nil {
				b.Fatalf("import: %v\n%s", err, out)
			}
			b.ReportMetric(float64(n)/(b.Elapsed()-start).Seconds(), pass+"-articles/s")
			b.ReportMetric(float64(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, pass+"-MiB")
		}
	}
}

// convertOrange writes the corpus as JSON Lines of ours, the first most articles.
func convertOrange(b *testing.B, file string, most int) int {
	b.Helper()
	in, err := os.Open(orange)
	if err != nil {
		b.Skipf("the corpus is not at %s", orange)
	}
	defer in.Close()
	unzipped, err := gzip.NewReader(in)
	if err != nil {
		b.Fatal(err)
	}
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	lines, n := bufio.NewScanner(unzipped), 0
	lines.Buffer(nil, 16<<20)
	for ; n < most && lines.Scan(); n++ {
		var d struct {
			ID, Lang, Title, Heading, Text string
			Published                      string   `json:"published_at"`
			Labels                         []string `json:"labels"`
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			b.Fatal(err)
		}
		record := map[string]any{
			"title": d.Title, "standfirst": d.Heading, "body": d.Text, "bodyFormat": "TEXT", "language": d.Lang,
			"publishedAt": d.Published, "source": "orange", "externalId": d.ID,
		}
		if len(d.Labels) > 0 {
			record["section"] = d.Labels[0]
		}
		if d.Title == "" {
			record["title"] = "(no title)"
		}
		if err := json.NewEncoder(out).Encode(record); err != nil {
			b.Fatal(err)
		}
	}
	return n
}
