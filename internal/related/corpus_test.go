package related_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"nutgraph/internal/related"
)

// The corpora lie beside the project and are no part of it.
var corpora = flag.String("corpora", "../../../shared/corpora", "folder of the evaluation corpora")

// article is a line of any file of documents in the corpora.
type article struct {
	ID        string   `json:"id"`
	Language  string   `json:"lang"`
	Title     string   `json:"title"`
	Heading   string   `json:"heading"`
	Text      string   `json:"text"`
	Labels    []string `json:"labels"`
	Published string   `json:"published_at"`
}

// document is the article as the engine is given it. Labels are the truth of
// some sets, so only the reader's sections of orange go in.
func (a article) document(key int) related.Document {
	d := related.Document{
		Key: int64(key), Title: a.Title, Standfirst: a.Heading, Text: a.Text, Language: a.Language, PublishedAt: a.time(),
	}
	if a.Heading != "" && len(a.Labels) > 0 {
		d.Section = a.Labels[0]
	}
	return d
}

func (a article) time() time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, a.Published); err == nil {
			return t
		}
	}
	return time.Time{}
}

// lines reads a file of the corpora, and skips the test when it is not there.
func lines[T any](tb testing.TB, name string) []T {
	tb.Helper()
	f, err := os.Open(filepath.Join(*corpora, name))
	if err != nil {
		tb.Skipf("the corpora are not here: %v; give their folder with -corpora", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var all []T
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		var v T
		if err := json.Unmarshal(scan.Bytes(), &v); err != nil {
			tb.Fatalf("%s line %d: %v", name, len(all)+1, err)
		}
		all = append(all, v)
	}
	if err := scan.Err(); err != nil {
		tb.Fatal(err)
	}
	return all
}

func benchmarkDocuments(b *testing.B, n int) []related.Document {
	b.Helper()
	var documents []related.Document
	for i, a := range lines[article](b, "shared/orange_docs.jsonl.gz") {
		if i == n {
			break
		}
		documents = append(documents, a.document(i))
	}
	return documents
}
