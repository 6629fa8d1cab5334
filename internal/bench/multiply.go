package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// mostWritten is how many articles are made up and analysed. A larger archive is made
// of copies of these, each with a name, a slug and a time of its own, linked among
// themselves: copying takes a tenth of the time. The full-text index holds none of them.
const mostWritten = 100_000

// copies are the statements that copy the first $1 articles to the keys behind $2, in
// the order in which the tables depend on each other. $3 is a number for the copy, $4
// the time between it and the first articles.
var copies = []string{
	`INSERT INTO article (key, id, slug, title, standfirst, url, source, external_id, language, status, revision,
		published_at, updated_at, created_at, word_count, section_key, saved_at, draft_hash, text_hash)
	SELECT key + $2, id || printf('%04x', $3), slug || '-' || $3, title, standfirst, url || '-' || $3, source,
		external_id || '-' || $3, language, status, revision, published_at + $4, updated_at + $4, created_at + $4, word_count, section_key, saved_at, draft_hash, text_hash
	FROM article WHERE key <= $1`,
	`INSERT INTO body (article_key, format, source, html, markdown, text)
	SELECT article_key + $2, format, source, html, markdown, text FROM body WHERE article_key <= $1`,
	`INSERT INTO article_section (article_key, position, section_key, published_at)
	SELECT article_key + $2, position, section_key, published_at + $4 FROM article_section WHERE article_key <= $1`,
	`INSERT INTO article_author (article_key, position, author_key, published_at)
	SELECT article_key + $2, position, author_key, published_at + $4 FROM article_author WHERE article_key <= $1`,
	`INSERT INTO article_tag (article_key, position, tag_key, published_at)
	SELECT article_key + $2, position, tag_key, published_at + $4 FROM article_tag WHERE article_key <= $1`,
	`INSERT INTO summary (article_key, length, origin, text_hash, text, sentences, created_at)
	SELECT article_key + $2, length, origin, text_hash, text, sentences, created_at FROM summary WHERE article_key <= $1`,
	`INSERT INTO related (article_key, related_key, score, origin, reasons)
	SELECT article_key + $2, related_key + $2, score, origin, reasons FROM related WHERE article_key <= $1`,
}

// multiply adds copies of the articles that are there until there are as many as
// wanted, which must be a multiple.
func multiply(ctx context.Context, pool *sql.DB, wanted int) error {
	apart := generatedTime(mostWritten, 0).Sub(generatedTime(0, 0)).Milliseconds()
	for copied := 1; copied*mostWritten < wanted; copied++ {
		tx, err := pool.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for _, statement := range copies {
			// The newest were written first, so copies are older.
			if _, err := tx.ExecContext(ctx, statement, mostWritten, copied*mostWritten, copied, -int64(copied)*apart); err != nil {
				return errors.Join(fmt.Errorf("copy %d: %w", copied, err), tx.Rollback())
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
