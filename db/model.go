package db

import (
	"context"
	"errors"
	"time"

	"nutgraph/internal/content"
)

// Model is what the relatedness engine has learned of the archive.
type Model struct {
	Version   string
	Articles  int       // that it was learned from
	LearnedAt time.Time // tells it from others
	Posted    bool      // all postings are of this model
	Data      []byte
}

// LatestModel reads the model without its data; NotFound when nothing has been
// learned yet.
func (db *DB) LatestModel(ctx context.Context) (Model, error) {
	m, err := one(ctx, db, `SELECT version, articles, learned_at, posted FROM model WHERE id = 1`, nil, func(scan scanner) (m Model, err error) {
		var learned int64
		err = scan(&m.Version, &m.Articles, &learned, &m.Posted)
		m.LearnedAt = moment(learned)
		return m, err
	})
	if errors.Is(err, errNone) {
		return m, content.Errorf(content.NotFound, "there is no model yet")
	}
	return m, err
}

// ModelData reads the data of the model.
func (db *DB) ModelData(ctx context.Context) ([]byte, error) {
	return one(ctx, db, `SELECT data FROM model WHERE id = 1`, nil, scanValue[[]byte])
}

// StartRebuild replaces the model, and marks the edges of all articles analysed
// by its version as to be drawn again under it. The old edges and postings stay
// until then.
func (db *DB) StartRebuild(ctx context.Context, m Model) error {
	return db.tx(ctx, func(tx *txn) error {
		err := tx.exec(ctx, `
			INSERT INTO model (id, version, articles, learned_at, posted, data) VALUES (1, $1, $2, $3, 0, $4)
			ON CONFLICT (id) DO UPDATE SET
				version = excluded.version, articles = excluded.articles, learned_at = excluded.learned_at, posted = 0, data = excluded.data`,
			m.Version, m.Articles, m.LearnedAt.UnixMilli(), m.Data)
		if err != nil {
			return err
		}
		// In parts: what a statement would need to be undone, SQLite keeps in memory.
		const part = 10_000
		var last int64
		if err := tx.row(ctx, `SELECT COALESCE(MAX(article_key), 0) FROM analysis`, nil, &last); err != nil {
			return err
		}
		for first := int64(0); first <= last && err == nil; first += part {
			err = tx.exec(ctx, `
				UPDATE analysis SET edges = 'REBUILD'
				WHERE article_key >= $1 AND article_key < $2 AND LENGTH(profile) > 0 AND +version = $3`, first, first+part, m.Version)
		}
		return err
	})
}
