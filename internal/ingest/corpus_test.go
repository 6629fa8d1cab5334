package ingest_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"nutgraph/internal/ingest"
)

// corpus returns the files of an archive of foreign files, which lie beside
// the project and are no part of it.
func corpus(tb testing.TB, name string) fstest.MapFS {
	tb.Helper()
	file := filepath.Join("..", "..", "..", "shared", "corpora", "import", name+".tar.gz")
	packed, err := os.ReadFile(file)
	if err != nil {
		tb.Skipf("the corpus %s is missing: %v", name, err)
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		tb.Fatalf("%s: %v", file, err)
	}
	files := fstest.MapFS{}
	for archive := tar.NewReader(unpacked); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(archive)
		if err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		files[header.Name] = &fstest.MapFile{Data: data}
	}
}

// The 754 Markdown files of the Rust blog are 750 posts, each with a title, a
// date and authors, three pages that list sections, and one empty page.
func TestRustBlog(t *testing.T) {
	t.Parallel()
	posts, skipped := 0, 0
	keys := map[string]bool{}
	for item := range ingest.Folder(corpus(t, "rust-blog")) {
		d := item.Draft
		switch {
		case item.Err != nil:
			t.Errorf("%s: %v", item.Where, item.Err)
		case item.Skipped != "":
			skipped++
		default:
			posts++
			if d.PublishedAt == nil || d.PublishedAt.Year() < 2014 || len(d.Authors) == 0 || d.Body == "" || keys[d.Key()] || len(item.Notes) > 0 {
				t.Errorf("%s: %q, %v, %v, %d bytes, %s", item.Where, d.Title, d.PublishedAt, d.Authors, len(d.Body), item.Notes)
			}
			keys[d.Key()] = true
		}
	}
	if posts != 750 || skipped != 4 {
		t.Errorf("%d posts and %d skipped pages, want 750 and 4", posts, skipped)
	}
}

// readFeeds reads every feed of a corpus and checks that each imports, or is
// refused in time for a reason that is true.
func readFeeds(t *testing.T, name string, isFeed func(file string) bool) {
	t.Helper()
	count := map[string]int{}
	for file, data := range corpus(t, name) {
		if !isFeed(file) {
			continue
		}
		start := time.Now()
		items := read(t, string(data.Data), ingest.Feed)
		if took := time.Since(start); took > time.Minute { // far below a second, but for the race detector on a busy machine
			t.Errorf("%s took %v", file, took)
		}
		count["feeds"]++
		for _, item := range items {
			checkItem(t, file, item)
			switch {
			case item.Err == nil:
				count["items"]++
			case isWhole(item.Err):
				count["feeds refused"]++
				checkRefusal(t, file, data.Data, item.Err)
			default:
				count["items refused"]++
				if !strings.Contains(item.Err.Error(), "neither a title nor a text") {
					t.Errorf("%s: %v", item.Where, item.Err)
				}
			}
		}
	}
	t.Log(name, count)
}

func isWhole(err error) bool {
	_, whole := errors.AsType[*ingest.Error](err)
	return whole
}

// checkRefusal looks for itself whether a feed is broken or no feed.
func checkRefusal(t *testing.T, file string, data []byte, refusal error) {
	t.Helper()
	if json.Valid(data) {
		t.Errorf("%s is refused and is JSON: %v", file, refusal)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	root := ""
	for {
		token, err := dec.Token()
		if err != nil {
			if errors.Is(err, io.EOF) && (root == "rss" || root == "rdf" || root == "feed") {
				t.Errorf("%s is refused and is a well-formed feed: %v", file, refusal)
			}
			return
		}
		if start, ok := token.(xml.StartElement); ok && root == "" {
			root = strings.ToLower(start.Name.Local)
		}
	}
}

func TestGofeedCorpus(t *testing.T) {
	t.Parallel()
	readFeeds(t, "gofeed-testdata", func(file string) bool {
		isJSON := strings.HasSuffix(file, ".json") && !strings.HasSuffix(file, "_expected.json") &&
			(strings.Contains(file, "/parser/json/") || strings.Contains(file, "/parser/universal/"))
		return strings.HasSuffix(file, ".xml") || isJSON
	})
}

func TestFeedparserCorpus(t *testing.T) {
	t.Parallel()
	readFeeds(t, "feedparser-tests", func(file string) bool { return strings.HasPrefix(file, "tests/") })
}
