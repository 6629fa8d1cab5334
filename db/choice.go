package db

import (
	"context"

	"nutgraph/internal/content"
)

// maxPins is how many articles can be pinned to one.
const maxPins = 20

// Pin puts an article first in the list of those related to another one, at a
// place counted from 1, and those at and below that place one lower; at the end
// of the pinned ones when there is no place.
func (db *DB) Pin(ctx context.Context, article, related content.ID, position *int) error {
	return db.choose(ctx, article, related, func(tx *txn, from, to int64) error {
		if err := unchoose(ctx, tx, from, to); err != nil {
			return err
		}
		var pinned int
		if err := tx.row(ctx, `SELECT COUNT(*) FROM related_choice WHERE article_key = $1 AND position IS NOT NULL`, []any{from}, &pinned); err != nil {
			return err
		}
		if pinned >= maxPins {
			return content.Errorf(content.Conflict, "%d articles are pinned already; unpin one first", maxPins)
		}
		place := pinned + 1
		if position != nil {
			place = min(place, *position)
		}
		if err := tx.exec(ctx, `UPDATE related_choice SET position = position + 1 WHERE article_key = $1 AND position >= $2`, from, place); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO related_choice (article_key, related_key, position) VALUES ($1, $2, $3)`, from, to, place)
	})
}

// Block keeps an article out of the list of those related to another one.
func (db *DB) Block(ctx context.Context, article, related content.ID) error {
	return db.choose(ctx, article, related, func(tx *txn, from, to int64) error {
		if err := unchoose(ctx, tx, from, to); err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO related_choice (article_key, related_key) VALUES ($1, $2)`, from, to)
	})
}

// Unpin leaves the place of an article to the machine again. One that is not
// pinned stays as it is.
func (db *DB) Unpin(ctx context.Context, article, related content.ID) error {
	return db.choose(ctx, article, related, func(tx *txn, from, to int64) error {
		return unchooseIf(ctx, tx, from, to, "position IS NOT NULL")
	})
}

// Unblock leaves it to the machine again whether an article is related to
// another one. One that is not blocked stays as it is.
func (db *DB) Unblock(ctx context.Context, article, related content.ID) error {
	return db.choose(ctx, article, related, func(tx *txn, from, to int64) error {
		return unchooseIf(ctx, tx, from, to, "position IS NULL")
	})
}

func unchoose(ctx context.Context, tx *txn, from, to int64) error {
	return unchooseIf(ctx, tx, from, to, "TRUE")
}

func unchooseIf(ctx context.Context, tx *txn, from, to int64, condition string) error {
	var place *int
	err := tx.row(ctx, `DELETE FROM related_choice WHERE article_key = $1 AND related_key = $2 AND `+condition+` RETURNING position`, []any{from, to}, &place)
	if isNone(err) {
		return nil
	}
	if err != nil || place == nil {
		return err
	}
	return tx.exec(ctx, `UPDATE related_choice SET position = position - 1 WHERE article_key = $1 AND position > $2`, from, *place)
}

// choose changes what an editor says about two articles.
func (db *DB) choose(ctx context.Context, article, related content.ID, do func(tx *txn, from, to int64) error) error {
	return db.tx(ctx, func(tx *txn) error {
		from, err := keyOf(ctx, tx, "article", article)
		if err != nil {
			return err
		}
		to, err := keyOf(ctx, tx, "related", related)
		if err != nil {
			return err
		}
		if err := do(tx, from, to); err != nil {
			return err
		}
		return db.recordSeen(ctx, tx, content.RelatedChanged, from)
	})
}

// keyOf is the key of an article that a field of the input names.
func keyOf(ctx context.Context, tx *txn, field string, id content.ID) (key int64, err error) {
	err = tx.row(ctx, `SELECT key FROM article WHERE id = $1 AND deleted_at IS NULL`, []any{id}, &key)
	if isNone(err) {
		return 0, &content.Error{Code: content.NotFound, Field: field, Message: "there is no such article"}
	}
	return key, err
}
