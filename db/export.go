package db

import (
	"context"
	"iter"

	"nutgraph/internal/content"
)

// Export yields every article as the draft that makes it again, in the order in
// which they came in, whatever their status.
func (db *DB) Export(ctx context.Context) iter.Seq2[content.Draft, error] {
	return func(yield func(content.Draft, error) bool) {
		const batch = 200
		after := int64(0)
		for {
			rows, err := db.exportBatch(ctx, after, batch)
			if err != nil {
				yield(content.Draft{}, err)
				return
			}
			for _, r := range rows {
				if !yield(r.draft, nil) {
					return
				}
				after = r.key
			}
			if len(rows) < batch {
				return
			}
		}
	}
}

type exported struct {
	key   int64
	draft content.Draft
}

func (db *DB) exportBatch(ctx context.Context, after int64, batch int) ([]exported, error) {
	return collect(ctx, db, `
		SELECT `+versionColumns+`
		FROM article a
		JOIN body b ON b.article_key = a.key
		WHERE a.key > $1 AND a.deleted_at IS NULL
		ORDER BY a.key
		LIMIT $2`, []any{after, batch}, func(scan scanner) (exported, error) {
		v, err := scanVersion(scan, db.now())
		return exported{v.key, v.Draft}, err
	})
}

// Empty tells whether the archive has no article, of whatever status.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	return one(ctx, db, `SELECT NOT EXISTS (SELECT 1 FROM article)`, nil, scanValue[bool])
}

// Backup writes a consistent copy of the archive into a new file, while others
// read and write. It takes the connection that writes, because the others may
// not even write elsewhere.
func (db *DB) Backup(ctx context.Context, file string) error {
	_, err := db.write.ExecContext(ctx, `VACUUM INTO $1`, file)
	return fault(err)
}
