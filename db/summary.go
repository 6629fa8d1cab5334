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
