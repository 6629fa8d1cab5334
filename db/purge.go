package db

import (
	"context"

	"nutgraph/internal/content"
)

// Purge removes an article that is in the trash, with all that was ever written
// of it. What is left are its id and its events, without its title.
func (db *DB) Purge(ctx context.Context, id content.ID) error {
	return db.tx(ctx, func(tx *txn) error {
		var key int64
		var trashed bool
		err := tx.row(ctx, `SELECT key, deleted_at IS NOT NULL FROM article WHERE id = $1`, []any{id}, &key, &trashed)
		if isNone(err) {
			return errNoArticle
		}
		if err == nil && !trashed {
			err = content.Errorf(content.Conflict, "the article is not in the trash; delete it first")
		}
		if err != nil {
			return err
		}
		if err := leaveLists(ctx, tx, key); err != nil {
			return err
		}
		if err := removeFromIndex(ctx, tx, []int64{key}); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM former_slug WHERE noun = 'article' AND key = $1`,
			`UPDATE event SET title = '' WHERE article_id = (SELECT id FROM article WHERE key = $1)`,
			`DELETE FROM article WHERE key = $1`, // and all that refers to it
		} {
			if err := tx.exec(ctx, statement, key); err != nil {
				return err
			}
		}
		return nil
	})
}
