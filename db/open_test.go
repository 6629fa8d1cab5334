package db_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	write := func(name, text string) {
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("text.db", strings.Repeat("This is no database. ", 100))
	dbtest.Exec(t, in("other.db"), `CREATE TABLE someone_elses (x)`)
	dbtest.OpenFile(t, in("newer.db"), time.Now)
	dbtest.Exec(t, in("newer.db"), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	for _, tt := range []struct{ path, want string }{
		{folder, folder + " is a folder; name a file in it, for example --db " + in("nutgraph.db")},
		{in("missing/a.db"), "the folder " + in("missing") + " does not exist; make it, or choose another file with --db"},
		{in("text.db/a.db"), "the folder " + in("text.db") + " does not exist; make it, or choose another file with --db"},
		{in("text.db"), in("text.db") + " is not a database; choose another file with --db, or move it away"},
		{in("other.db"), in("other.db") + " is the database of another program; choose another file with --db"},
		{in("newer.db"), in("newer.db") + " was written by a newer version of nutgraph (its tables are at 9999, this program knows " + lastMigration(t) + "); use that version"},
	} {
		before, _ := os.ReadFile(tt.path)
		store, err := db.Open(t.Context(), tt.path, db.Options{})
		if err == nil {
			t.Errorf("Open(%s) succeeded, want: %s", tt.path, tt.want)
			_ = store.Close()
			continue
		}
		if err.Error() != tt.want {
			t.Errorf("Open(%s) = %v, want %s", tt.path, err, tt.want)
		}
		if after, _ := os.ReadFile(tt.path); string(after) != string(before) {
			t.Errorf("Open(%s) was refused and has changed the file", tt.path)
		}
	}
}

func TestOpenRefusesWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write every file: run as another user to see the refusal")
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "a.db")
	dbtest.Exec(t, path, `PRAGMA application_id = 0`)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	store, err := db.Open(t.Context(), path, db.Options{})
	if err == nil {
		_ = store.Close()
	}
	want := "cannot write " + path + "; make the file and its folder writable, or choose another file with --db"
	if err == nil || err.Error() != want {
		t.Errorf("Open of a file that is read-only = %v, want %s", err, want)
	}
}

func TestOpenTakesAwkwardNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"with blank.db", "100%.db", "a?b=c.db", "a#b.db", "ü;'\".db"} {
		path := filepath.Join(t.TempDir(), name)
		dbtest.OpenFile(t, path, time.Now)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("Open(%q) made another file: %v", path, err)
		}
	}
}

func TestArticlesAreThereWhenTheArchiveIsOpenedAgain(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.add(t, content.Draft{Title: "Harbour wall", Tags: []string{"a"}})
	again := dbtest.OpenFile(t, a.path, func() time.Time { return a.now })
	if diff := cmp.Diff(stored(t, a.DB), stored(t, again)); diff != "" {
		t.Errorf("opened again, the archive differs (-first +second):\n%s", diff)
	}
}

// TestOpenTwiceAtOnce is about two programs that start at the same moment on a
// file which is not there yet.
func TestOpenTwiceAtOnce(t *testing.T) {
	t.Parallel()
	for round := range 3 {
		path := filepath.Join(t.TempDir(), "new.db")
		group, ctx := errgroup.WithContext(t.Context())
		for n := range 3 {
			group.Go(func() error { return openAndSave(ctx, path, fmt.Sprint("article-", n)) })
		}
		if err := group.Wait(); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if got := dbtest.Rows(t, path, `SELECT slug FROM article ORDER BY slug`); len(got) != 3 {
			t.Errorf("round %d: the articles are %v, want three", round, got)
		}
		applied := dbtest.Rows(t, path, `SELECT version_id FROM goose_db_version ORDER BY id`)
		if diff := cmp.Diff(append([]string{"0"}, migrations(t)...), applied); diff != "" {
			t.Errorf("round %d: the migrations applied (-want +got):\n%s", round, diff)
		}
	}
}

func openAndSave(ctx context.Context, path, slug string) error {
	store, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer store.Close()
	if _, err := store.Save(ctx, []db.Filing{{Draft: content.Draft{Title: "A", Slug: slug}, DraftHash: []byte{}, TextHash: []byte{}, Body: content.Body{Format: content.Text}}}); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return store.Ping(ctx)
}

// migrations are the numbers of the files, in their order.
func migrations(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	numbers := make([]string, len(files))
	for i, file := range files {
		number, _, _ := strings.Cut(filepath.Base(file), "_")
		numbers[i] = strings.TrimLeft(number, "0")
	}
	return numbers
}

func lastMigration(t *testing.T) string {
	t.Helper()
	all := migrations(t)
	return all[len(all)-1]
}
