package db

import (
	"context"
	"math"
)

// Edition names what readers see at a moment. As long as it is the same, every
// answer is: nobody has changed the archive, this program or another, and no
// scheduled article has had its time.
type Edition struct {
	changes int64
	until   int64 // the next scheduled moment
}

// Edition returns the present one. It costs a statement of a few microseconds,
// and one more after a change.
func (db *DB) Edition(ctx context.Context) (Edition, error) {
	// The driver would start a goroutine to watch over a context that can end.
	ctx = context.WithoutCancel(ctx)
	now := db.now().UnixMilli()
	changes, err := one(ctx, db.quick, `SELECT count FROM change WHERE id = 1`, nil, scanValue[int64])
	if err != nil {
		return Edition{}, err
	}
	if known := db.edition.Load(); known != nil && known.changes == changes && now < known.until {
		return *known, nil
	}
	e := Edition{changes: changes}
	if e.until, err = db.nextScheduled(ctx, now); err != nil {
		return Edition{}, err
	}
	db.edition.Store(&e)
	return e, nil
}

// nextScheduled is when the next article becomes visible, or leaves.
func (db *DB) nextScheduled(ctx context.Context, now int64) (int64, error) {
	next, err := one(ctx, db, `
		SELECT MIN(at) FROM (
			SELECT MIN(published_at) AS at FROM article WHERE status = 'PUBLISHED' AND published_at > $1
			UNION ALL
			SELECT MIN(unpublish_at) FROM article WHERE unpublish_at IS NOT NULL AND unpublish_at > $1)`,
		[]any{now}, scanValue[*int64])
	if err != nil || next == nil {
		return math.MaxInt64, err
	}
	return *next, nil
}
