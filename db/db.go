// Package db is the archive on disk: every SQL statement of Nutgraph, and
// nothing else. It knows the nouns of internal/content and no rule about them,
// no GraphQL and no HTTP.
//
// Reading never sees what a reader may not see: every method that lists, finds
// or counts articles does so among those that are published and whose time has
// come, unless its name says otherwise.
//
//	store, err := db.Open(ctx, "nutgraph.db", db.Options{})
//	if err != nil { … } // in words for the operator
//	defer store.Close()
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
)

// DB is an open archive. It is safe for concurrent use.
type DB struct {
	read  *readers
	quick *readers // for what waits for no long statement
	write *sql.DB
	turn  chan struct{}        // held by the transaction under way; who waits for it gets it in order
	kept  map[string]*sql.Stmt // of transactions, by their text; for who has the turn
	now   func() time.Time
	queue *river.Client[*sql.Tx] // puts jobs in; Work takes them out
	pace  pace

	edits   atomic.Int32            // that are being written
	edition atomic.Pointer[Edition] // the last one seen
}

// Options are what a caller may choose about an archive.
type Options struct {
	Now func() time.Time // the clock; time.Now when nil
}

// Open opens the archive in the file at path, makes it when it is not there,
// and brings its tables up to date. The errors say what an operator can do.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	read, quick, write, err := openSQLite(ctx, path)
	if err != nil {
		return nil, err
	}
	db := &DB{read: read, quick: quick, write: write, turn: make(chan struct{}, 1), kept: map[string]*sql.Stmt{}, now: o.Now}
	if err := db.migrate(ctx, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.queue, err = newQueue(write); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Now is the time by the clock of the archive, in UTC and with the precision in
// which times are kept.
func (db *DB) Now() time.Time { return moment(db.now().UnixMilli()) }

// Close ends every connection. Work must have returned.
func (db *DB) Close() error {
	return errors.Join(db.read.close(), db.quick.close(), db.write.Close())
}

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	_, err := one(ctx, db, `SELECT COUNT(*) FROM goose_db_version`, nil, scanValue[int])
	return err
}

// source is where a statement reads: the archive as it is at that moment, or a
// snapshot of it.
type source interface {
	query(ctx context.Context, query string, args []any, scan func(scanner) error) error
}

func (db *DB) query(ctx context.Context, query string, args []any, scan func(scanner) error) error {
	return db.read.query(ctx, query, args, scan)
}

// collect runs a reading statement and gathers its rows.
func collect[T any](ctx context.Context, from source, query string, args []any, scan func(scanner) (T, error)) ([]T, error) {
	var all []T
	err := from.query(ctx, query, args, func(row scanner) error {
		item, err := scan(row)
		all = append(all, item)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// one runs a reading statement that returns at most one row, and returns
// errNone when there is none.
func one[T any](ctx context.Context, from source, query string, args []any, scan func(scanner) (T, error)) (T, error) {
	var none T
	all, err := collect(ctx, from, query, args, scan)
	if err != nil {
		return none, err
	}
	if len(all) == 0 {
		return none, errNone
	}
	return all[0], nil
}

// scanValue scans a row of one column.
func scanValue[T any](scan scanner) (T, error) {
	var v T
	return v, scan(&v)
}

// txn is a writing transaction that prepares each of its statements once.
type txn struct {
	*sql.Tx
	kept, prepared map[string]*sql.Stmt
}

// tx runs do in one transaction: all of it is written, or none. Transactions take
// turns: the pool gives its connection to any of those that wait for it, so that of
// sixteen writers some would wait for ten times as long as others.
func (db *DB) tx(ctx context.Context, do func(*txn) error) error {
	select {
	case db.turn <- struct{}{}:
		defer func() { <-db.turn }()
	case <-ctx.Done():
		return fmt.Errorf("wait to write: %w", ctx.Err())
	}
	t := &txn{kept: db.kept, prepared: map[string]*sql.Stmt{}}
	defer db.keep(t)
	var err error
	if t.Tx, err = db.write.BeginTx(ctx, nil); err != nil {
		return fmt.Errorf("begin: %w", fault(err))
	}
	defer t.Rollback()
	if err := do(t); err != nil {
		return fault(err)
	}
	return fault(t.Commit())
}

// keptStatements is how many statements are kept for the transactions to come. Ours
// are fewer, but for those whose text grows with what they are about.
const keptStatements = 300

// keep prepares what a transaction had to, once more for all to come: preparing was
// a quarter of the time that a change of an article took.
func (db *DB) keep(t *txn) {
	for query := range t.prepared {
		if db.kept[query] != nil || len(db.kept) == keptStatements {
			continue
		}
		if stmt, err := db.write.Prepare(query); err == nil { //nolint:noctx,sqlclosecheck // it concerns no caller, and stays until the archive is closed
			db.kept[query] = stmt
		}
	}
}

func (t *txn) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	stmt := t.prepared[query]
	if stmt != nil {
		return stmt, nil
	}
	var err error
	if kept := t.kept[query]; kept != nil {
		stmt = t.StmtContext(ctx, kept)
	} else if stmt, err = t.PrepareContext(ctx, query); err != nil {
		return nil, err
	}
	t.prepared[query] = stmt
	return stmt, nil
}

// exec runs a writing statement.
func (t *txn) exec(ctx context.Context, query string, args ...any) error {
	defer count(ctx, query)()
	stmt, err := t.stmt(ctx, query) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, args...)
	return err
}

// row runs a statement that returns one row; sql.ErrNoRows when it returns none.
func (t *txn) row(ctx context.Context, query string, args []any, dest ...any) error {
	defer count(ctx, query)()
	stmt, err := t.stmt(ctx, query) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(dest...)
}

// rows runs a statement and scans each row that it returns.
func (t *txn) rows(ctx context.Context, query string, args []any, scan func(scanner) error) error {
	stmt, err := t.stmt(ctx, query) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// txOne runs a statement that returns one row, within a transaction; errNone
// when it returns none.
func txOne[T any](ctx context.Context, tx *txn, query string, args []any, scan func(scanner) (T, error)) (T, error) {
	return scan(func(dest ...any) error { return tx.row(ctx, query, args, dest...) })
}
