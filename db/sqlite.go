package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as ours ("NUTG").
const applicationID = 0x4e555447

// openSQLite opens one connection that writes and two pools that read. Writes
// are durable when they return (WAL with synchronous=FULL: measured to cost
// nothing in groups of 100 and 1.5 to 2.3 times NORMAL row by row).
func openSQLite(ctx context.Context, path string) (read, quick *readers, write *sql.DB, err error) {
	if err := checkPath(path); err != nil {
		return nil, nil, nil, err
	}
	write, err = sql.Open("sqlite", dsn(path, "_txlock=immediate", "_pragma=synchronous(FULL)",
		"_pragma=cache_size(-65536)", "_pragma=wal_autocheckpoint(2048)"))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	if err := claim(ctx, write, path); err != nil {
		return nil, nil, nil, errors.Join(err, write.Close())
	}
	reading, processors := dsn(path, "_pragma=query_only(1)"), runtime.GOMAXPROCS(0)
	if read, err = openReaders(write.Driver(), reading, max(4, 2*processors)); err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	if quick, err = openReaders(write.Driver(), reading, processors); err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("open %s: %w", path, err), read.close(), write.Close())
	}
	return read, quick, write, nil
}

func dsn(path string, more ...string) string {
	options := append([]string{"_pragma=busy_timeout(10000)", "_pragma=foreign_keys(1)", "_pragma=temp_store(MEMORY)"}, more...)
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + strings.Join(options, "&")
}

// checkPath finds the mistakes that SQLite would report as "unable to open".
func checkPath(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name a file in it, for example --db %s", path, filepath.Join(path, "nutgraph.db"))
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("the folder %s does not exist; make it, or choose another file with --db", folder)
	}
	return nil
}

// claim refuses a file that is no database, or the database of another
// program, and leaves it as it is. A new one is marked as ours. Only then is it
// put into WAL mode, which the file remembers.
func claim(ctx context.Context, write *sql.DB, path string) error {
	var id, tables int
	err := write.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), COUNT(*) FROM sqlite_schema`).Scan(&id, &tables)
	switch {
	case err != nil:
		return explain(err, path)
	case id != applicationID && tables > 0:
		return fmt.Errorf("%s is the database of another program; choose another file with --db", path)
	case id != applicationID:
		if _, err := write.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return explain(err, path)
		}
	}
	return explain(useWAL(ctx, write), path)
}

// useWAL puts the file into WAL mode. SQLite does not wait for others to let go
// of the file when the mode changes, but it does when it is to be locked.
func useWAL(ctx context.Context, write *sql.DB) error {
	for {
		_, err := write.ExecContext(ctx, "PRAGMA journal_mode = WAL")
		if !isBusy(err) {
			return err
		}
		if _, err := write.ExecContext(ctx, "BEGIN EXCLUSIVE; COMMIT"); err != nil {
			return err
		}
	}
}

func isBusy(err error) bool {
	var driverErr *sqlite.Error
	return errors.As(err, &driverErr) && driverErr.Code()&0xff == sqlite3.SQLITE_BUSY
}

// explain turns the ways in which a file cannot be used into words for the operator.
func explain(err error, path string) error {
	var driverErr *sqlite.Error
	if !errors.As(err, &driverErr) {
		return err
	}
	switch driverErr.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s is not a database; choose another file with --db, or move it away", path)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("cannot write %s; make the file and its folder writable, or choose another file with --db", path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%s is held by another program; stop it and try again", path)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%s is damaged; restore it from a backup, or choose another file with --db", path)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

// errNone says that a statement found no row.
var errNone = sql.ErrNoRows

func isNone(err error) bool { return errors.Is(err, errNone) }

// fault gives driver errors their meaning; every error of this package passes
// through it once. The driver reports a statement stopped by its context as an
// interruption, which callers must see as the context's own error.
func fault(err error) error {
	var driverErr *sqlite.Error
	if errors.As(err, &driverErr) && driverErr.Code()&0xff == sqlite3.SQLITE_INTERRUPT {
		return fmt.Errorf("%w: %w", context.Canceled, err)
	}
	return err
}
