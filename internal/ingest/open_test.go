package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/ingest"
	"nutgraph/internal/outbound"
)

const oneLine = `{"title":"one","body":""}` + "\n"

func compressed(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDetection(t *testing.T) {
	t.Parallel()
	const page = "---\ntitle: one\ndate: 2024-05-01\n---\nText."
	for _, c := range []struct{ name, text, want string }{
		{"a.jsonl", oneLine, "one a.jsonl:1 "},
		{"a.txt", "\n" + oneLine, "one a.txt:2 "},
		{"a.jsonl.gz", compressed(t, oneLine), "one a.jsonl.gz:1 "},
		{"a", compressed(t, rssItem("<title>one</title>")), "one a#1 https://quay.example/"},
		{"a.json", "{\n\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"title\":\"one\"}]}", "one a.json#1 feed:site/a.json"},
		{"a.json", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"one"}]}`, "one a.json#1 feed:site/a.json"},
		{"a.xml", rssItem("<title>one</title>"), "one a.xml#1 https://quay.example/"},
		{"a.md", page, "one a.md:1 markdown:site"},
		{"a.txt", page, "one a.txt:1 markdown:site"},
		{"a.md", "# one\n\nText.", "one a.md:1 markdown:site"},
		{"a.md.gz", compressed(t, page), "one a.md.gz:1 markdown:site"},
		{"a.json", "[" + oneLine + "]", "is one JSON list; write one article a line instead (JSON Lines)"},
		{"a.zip", "PK\x03\x04x", "is an archive of files; unpack it and name the folder"},
		{"a.txt", "Text.", "its format cannot be told; choose one with --format: jsonl (one article a line), feed (RSS, Atom, JSON Feed) or markdown (a folder of Markdown files)"},
		{"a.txt", " \n", "is empty; there is nothing to import"},
		{"a.gz", "\x1f\x8bx", "is damaged or cut off (unexpected EOF); get it again"},
	} {
		folder := filepath.Join(t.TempDir(), "site")
		file := filepath.Join(folder, c.name)
		write(t, file, c.text)
		items, err := openSource(t.Context(), t, file, ingest.Options{})
		got := ""
		switch {
		case err != nil:
			got = err.Error()
		case len(items) == 1 && items[0].Err == nil:
			got = items[0].Draft.Title + " " + items[0].Where + " " + items[0].Draft.Source
		}
		if got = strings.ReplaceAll(strings.TrimPrefix(got, file+": "), folder+"/", ""); got != c.want {
			t.Errorf("%s: %.60q gives %q %v, want %q", c.name, c.text, got, items, c.want)
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The key of a page does not depend on where the import is started.
func TestFolderSource(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "quay/content/news/a.md", "---\ntitle: one\ndate: 2024-05-01\n---\n")
	for _, c := range []struct{ source, where, key string }{
		{"quay/content", "quay/content/news/a.md:1", "markdown:quay/content news/a.md"},
		{"./quay/content/", "quay/content/news/a.md:1", "markdown:quay/content news/a.md"},
		{"quay", "quay/content/news/a.md:1", "markdown:quay content/news/a.md"},
	} {
		items, err := openSource(t.Context(), t, c.source, ingest.Options{})
		if err != nil || len(items) != 1 || items[0].Where != c.where || items[0].Draft.Source+" "+items[0].Draft.ExternalID != c.key {
			t.Errorf("Open(%q) = %+v, %v, want %s at %s", c.source, items, err, c.key, c.where)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	for _, c := range []struct {
		source string
		o      ingest.Options
		want   string
		is     error
	}{
		{filepath.Join(empty, "none"), ingest.Options{}, "there is no such file or folder", fs.ErrNotExist},
		{"ftp://example.org/a", ingest.Options{}, "only http and https addresses can be fetched", nil},
		{empty, ingest.Options{}, "has no Markdown files; name the file to import, or another folder", nil},
		{empty, ingest.Options{Format: ingest.Feed}, "is a folder, which can only be read as markdown; name a file in it to read feed", nil},
		{"-", ingest.Options{}, "there is none", nil},
		{"-", ingest.Options{Format: "csv"}, `the format "csv" is unknown; choose one with --format: jsonl (one article a line), feed (RSS, Atom, JSON Feed) or markdown (a folder of Markdown files)`, nil},
	} {
		_, err := openSource(t.Context(), t, c.source, c.o)
		source := c.source
		if source == "-" && c.o.Format == "" {
			source = "standard input"
		}
		if err == nil || err.Error() != source+": "+c.want || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("Open(%q, %v) = %v, want %s", c.source, c.o.Format, err, c.want)
		}
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml; charset=iso-8859-1")
		io.WriteString(w, "<rss><channel><item><title>Gr\xf6\xdfe</title><link>a</link><description>&lt;a href='b'&gt;x&lt;/a&gt;</description></item></channel></rss>")
	})
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/feed", http.StatusFound) })
	mux.HandleFunc("/archive.jsonl.gz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, compressed(t, oneLine)) })
	mux.HandleFunc("/page.md", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "# one\n\nText.") })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<rss>")
		for block := make([]byte, 1<<20); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for _, c := range []struct{ path, want string }{
		{"/feed", "Größe BASE/a <a href='BASE/b'>x</a> BASE/feed a"},
		{"/moved/feed", "Größe BASE/a <a href='BASE/b'>x</a> BASE/feed a"},
		{"/archive.jsonl.gz", "one    "},
		{"/page.md", "one  Text. BASE BASE/page.md"},
		{"/none", `BASE/none: the server answers "404 Not Found"; check the address`},
		{"/huge", "BASE/huge: is larger than 64 MB; cut it into parts"},
	} {
		items, err := openSource(t.Context(), t, server.URL+c.path, ingest.Options{Client: server.Client()})
		got := ""
		switch {
		case err != nil:
			got = err.Error()
		case len(items) == 1 && items[0].Err != nil:
			got = items[0].Err.Error()
		case len(items) == 1:
			d := items[0].Draft
			got = strings.Join([]string{d.Title, d.URL, d.Body, d.Source, d.ExternalID}, " ")
		}
		if got = strings.NewReplacer(server.URL, "BASE", `"`, `'`).Replace(got); got != strings.ReplaceAll(c.want, `"`, `'`) {
			t.Errorf("%s gives %q, want %q", c.path, got, c.want)
		}
	}
}

func TestFetchRefused(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := openSource(t.Context(), t, server.URL, ingest.Options{Client: http.DefaultClient})
	if err == nil || !strings.HasPrefix(err.Error(), server.URL+": cannot be fetched: dial tcp") {
		t.Errorf("Open = %v, want that it cannot be fetched", err)
	}
}

func TestFetchKeepsOutOfTheHouse(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	if _, err := openSource(t.Context(), t, server.URL, ingest.Options{}); !errors.Is(err, outbound.ErrPrivate) {
		t.Errorf("Open = %v, want ErrPrivate", err)
	}
}

func TestFetchTimeLimit(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(server.Close)
	_, err := openSource(t.Context(), t, server.URL, ingest.Options{Client: &http.Client{Timeout: 20 * time.Millisecond}})
	if err == nil || !strings.Contains(err.Error(), "cannot be fetched") {
		t.Errorf("Open = %v, want that it cannot be fetched", err)
	}
}

func TestBomb(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	io.WriteString(w, oneLine)
	for range 80 {
		w.Write(make([]byte, 1<<20))
	}
	w.Close()
	items, err := openSource(t.Context(), t, "-", ingest.Options{Stdin: &bomb})
	want := "standard input: expands to more than 200 times its size, which no text does; it looks like a decompression bomb"
	if err != nil || len(items) == 0 || items[len(items)-1].Err == nil || items[len(items)-1].Err.Error() != want {
		t.Errorf("a bomb gives %d items, %v", len(items), err)
	}
}

// endless is an archive that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, oneLine), nil }

func TestCancel(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"a.md", "b.md", "c.md"} {
		write(t, filepath.Join(folder, name), "# one\n")
	}
	for _, source := range []string{"-", folder} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		items, err := ingest.Open(ctx, source, ingest.Options{Stdin: endless{}})
		if err != nil {
			t.Fatal(err)
		}
		var last ingest.Item
		for item := range items {
			last = item
			cancel()
		}
		if _, ok := errors.AsType[*ingest.Error](last.Err); !ok || !errors.Is(last.Err, context.Canceled) || !strings.HasSuffix(last.Err.Error(), ": stopped") {
			t.Errorf("%s: after cancelling, the last item is %+v", source, last)
		}
	}
}

func TestStopEarly(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, filepath.Join(folder, "a.md"), "# one\n")
	write(t, filepath.Join(folder, "b.md"), "# two\n")
	for source, stdin := range map[string]io.Reader{"-": endless{}, folder: nil} {
		items, err := ingest.Open(t.Context(), source, ingest.Options{Stdin: stdin})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for item := range items {
			got = append(got, item.Draft.Title)
			break
		}
		if diff := cmp.Diff([]string{"one"}, got); diff != "" {
			t.Errorf("%s: items differ (-want +got):\n%s", source, diff)
		}
	}
}
