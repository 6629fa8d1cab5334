package db

import (
	"context"
	"errors"
	"time"
)

// viewer reads from a snapshot of the archive.
type viewer struct {
	*reader
	now  time.Time
	calm context.Context // does not end
}

// brief runs a statement that reads a bounded number of rows by their keys. It
// is not stopped in the middle: the driver would start a goroutine for that,
// which takes as long as the statement.
func (v *viewer) brief(ctx context.Context, query string, args []any, scan func(scanner) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return v.query(v.calm, query, args, scan)
}

// snapshot lends do a connection on which everything is as of one moment. That
// is also cheaper: SQLite takes its lock once, and not for each statement.
func (db *DB) snapshot(ctx context.Context, do func(*viewer) error) error {
	return fault(db.read.use(ctx, func(r *reader) (err error) {
		calm := context.WithoutCancel(ctx)
		if err := r.control(calm, "BEGIN"); err != nil {
			return err
		}
		// Also when ctx has ended: the connection is used again.
		defer func() { err = errors.Join(err, r.control(calm, "COMMIT")) }()
		return do(&viewer{r, db.now(), calm})
	}))
}

// control begins or ends a transaction.
func (r *reader) control(ctx context.Context, statement string) error {
	stmt, err := r.prepare(ctx, statement)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, nil)
	if err != nil {
		return err
	}
	return rows.Close()
}
