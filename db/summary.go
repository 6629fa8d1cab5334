package db

import (
	"context"
	"encoding/json"

	"nutgraph/internal/content"
)

// Summaries reads the summaries of one length of articles that readers may see,
// by article. An editor's comes before the machine's.
func (db *DB) Summaries(ctx context.Context, articles []content.ID, length content.SummaryLength) (map[content.ID]content.Summary, error) {
	s := &statement{}
	query := `
		SELECT a.id, m.text, m.length, m.origin, m.text_hash <> a.text_hash, m.sentences, m.created_at
		FROM article a
		JOIN summary m ON m.article_key = a.key
		WHERE a.id IN ` + list(s, articles) + ` AND m.length = ` + s.arg(length) + ` AND ` + s.inSight(ctx, db.now()) + `
		ORDER BY m.origin DESC` // EXTRACTIVE, then EDITOR: the last one stays
	return collectMap(ctx, db, query, s.args, scanSummary)
}

func scanSummary(scan scanner) (id content.ID, m content.Summary, err error) {
	var sentences []byte
	var created int64
	if err := scan(&id, &m.Text, &m.Length, &m.Origin, &m.IsStale, &sentences, &created); err != nil {
		return id, m, err
	}
	m.CreatedAt = moment(created)
	return id, m, json.Unmarshal(sentences, &m.Sentences)
}

// WriteSummary keeps a summary that a person has written, in the place of the
// machine's, until it is cleared.
func (db *DB) WriteSummary(ctx context.Context, article content.ID, length content.SummaryLength, text string) (content.Summary, error) {
	m := content.Summary{Text: text, Length: length, Origin: content.Editor, CreatedAt: db.Now()}
	return m, db.tx(ctx, func(tx *txn) error {
		key, err := keyOf(ctx, tx, "article", article)
		if err != nil {
			return err
		}
		err = tx.exec(ctx, `
			INSERT INTO summary (article_key, length, origin, text_hash, text, sentences, created_at)
			SELECT key, $1, $2, text_hash, $3, '[]', $4 FROM article WHERE key = $5
			ON CONFLICT (article_key, length, origin) DO UPDATE SET
				text_hash = excluded.text_hash, text = excluded.text, created_at = excluded.created_at`,
			length, m.Origin, text, m.CreatedAt.UnixMilli(), key)
		if err != nil {
			return err
		}
		return db.recordSeen(ctx, tx, content.SummaryReady, key)
	})
}

// ClearSummary removes what a person has written, so that the machine's summary
// is seen again.
func (db *DB) ClearSummary(ctx context.Context, article content.ID, length content.SummaryLength) error {
	return db.tx(ctx, func(tx *txn) error {
		key, err := keyOf(ctx, tx, "article", article)
		if err != nil {
			return err
		}
		var cleared int
		err = tx.row(ctx, `DELETE FROM summary WHERE article_key = $1 AND length = $2 AND origin = 'EDITOR' RETURNING 1`, []any{key, length}, &cleared)
		if isNone(err) {
			return nil // there was none
		}
		if err != nil {
			return err
		}
		return db.recordSeen(ctx, tx, content.SummaryReady, key)
	})
}
