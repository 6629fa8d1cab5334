package ingest_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
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
