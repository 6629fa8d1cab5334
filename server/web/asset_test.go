package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"nutgraph/server/web"
)

// TestAssets asks for every file of the build, as it is and compressed.
func TestAssets(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("dist/assets/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("the build has %d files (%v)", len(files), err)
	}
	handler := web.Assets()
	for _, file := range files {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		plain := get(t, handler, "/assets/"+filepath.Base(file), "")
		if !bytes.Equal(plain.Body.Bytes(), want) || plain.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s is not served as it is", file)
		}
		zipped := get(t, handler, "/assets/"+filepath.Base(file), "br, gzip")
		reader, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Errorf("%s is not compressed: %v", file, err)
			continue
		}
		if got, err := io.ReadAll(reader); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is something else when compressed (%v)", file, err)
		}
		if h := zipped.Header(); h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Vary") != "Accept-Encoding" || h.Get("Content-Type") == "" {
			t.Errorf("%s has the headers %v", file, h)
		}
	}
	for _, path := range []string{"/assets/", "/assets/manifest.json", "/assets/../policy.go", "/assets/nothing.js"} {
		if status := get(t, handler, path, "").Code; status != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, status)
		}
	}
}

func get(t *testing.T, handler http.Handler, path, encoding string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}
