package db

import (
	"context"
	"errors"
	"time"
)

// viewer reads from a snapshot of the archive.
type viewer struct {
	*reader
	now time.Time
}

// snapshot lends do a connection on which everything is as of one moment. That
// is also cheaper: SQLite takes its lock once, and not for each statement.
func (db *DB) snapshot(ctx context.Context, do func(*viewer) error) error {
	return fault(db.read.use(ctx, func(r *reader) (err error) {
		if err := r.control(ctx, "BEGIN"); err != nil {
			return err
		}
		// Also when ctx has ended: the connection is used again.
		defer func() { err = errors.Join(err, r.control(context.WithoutCancel(ctx), "COMMIT")) }()
		return do(&viewer{r, db.now()})
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
