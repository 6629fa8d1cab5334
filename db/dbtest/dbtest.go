// Package dbtest opens archives for tests: empty ones, and the sample archive,
// summarised and linked.
package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
	"nutgraph/internal/sample"
)

// Now is the time it is in archives of this package, after the last article of
// the sample.
var Now = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// Open opens an empty archive that is closed at the end of the test.
func Open(tb testing.TB) *db.DB {
	tb.Helper()
	return OpenFile(tb, filepath.Join(tb.TempDir(), "test.db"), Clock)
}

// As is a context in which somebody with a role asks, whose name is that of the
// role.
func As(ctx context.Context, role content.Role) context.Context {
	return content.WithPrincipal(ctx, &content.Principal{Name: string(role), Role: role})
}

// Clock is the clock of archives of this package.
func Clock() time.Time { return Now }

// Sample opens the sample archive. It is made once for a test binary, and
// copied for each caller.
func Sample(tb testing.TB) *db.DB {
	tb.Helper()
	return OpenFile(tb, SampleFile(tb), Clock)
}

// SampleFile copies the sample archive into a file of the test's own.
func SampleFile(tb testing.TB) string {
	tb.Helper()
	made, err := sampleBytes()
	if err != nil {
		tb.Fatalf("make the sample archive: %v", err)
	}
	path := filepath.Join(tb.TempDir(), "sample.db")
	if err := os.WriteFile(path, made, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// OpenFile opens the archive at path with a clock of the caller's. It is closed
// at the end of the test.
func OpenFile(tb testing.TB, path string, now func() time.Time) *db.DB {
	tb.Helper()
	store, err := db.Open(tb.Context(), path, db.Options{Now: now})
	if err != nil {
		tb.Fatalf("open %s: %v", path, err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Errorf("close %s: %v", path, err)
		}
	})
	return store
}

// sampleBytes makes the sample archive and returns the bytes of its file.
var sampleBytes = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "sample")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a folder of tests
	path := filepath.Join(folder, "sample.db")
	if err := makeSample(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func makeSample(path string) error {
	ctx := context.Background()
	store, err := db.Open(ctx, path, db.Options{Now: Clock})
	if err != nil {
		return err
	}
	if _, err := publish.Import(ctx, store, ingest.Folder(sample.Archive()), publish.Options{}); err != nil {
		return errors.Join(err, store.Close())
	}
	// Closing the last connection puts the log into the file.
	return errors.Join(pipeline.New(store).CatchUp(ctx, nil), store.Close())
}
