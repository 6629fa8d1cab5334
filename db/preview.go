package db

import (
	"context"
	"time"

	"nutgraph/internal/content"
)

// CreatePreview lets whoever has the secret that it returns look at one article,
// until it expires.
func (db *DB) CreatePreview(ctx context.Context, article content.ID, expires time.Time) (content.Preview, string, error) {
	secret, hash := newSecret()
	p := content.Preview{ID: content.NewID(content.PreviewPrefix), Article: article, CreatedBy: actorOf(ctx), CreatedAt: db.Now(), ExpiresAt: expires}
	err := db.tx(ctx, func(tx *txn) error {
		key, err := keyOf(ctx, tx, "article", article)
		if err != nil {
			return err
		}
		return tx.exec(ctx, `INSERT INTO preview (id, article_key, hash, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			p.ID, key, hash, p.CreatedBy, p.CreatedAt.UnixMilli(), expires.UnixMilli())
	})
	return p, secret, err
}

// RevokePreview ends a preview at once; NotFound when there is none. Ending one
// again changes nothing.
func (db *DB) RevokePreview(ctx context.Context, id content.ID) (content.Preview, error) {
	var p content.Preview
	err := db.tx(ctx, func(tx *txn) (err error) {
		p, err = txOne(ctx, tx, `
			UPDATE preview SET revoked_at = COALESCE(revoked_at, $1) WHERE id = $2
			RETURNING `+previewColumns, []any{db.now().UnixMilli(), id}, scanPreview)
		if isNone(err) {
			return errNoPreview
		}
		return err
	})
	return p, err
}

// Preview reads a preview by its id; NotFound when there is none.
func (db *DB) Preview(ctx context.Context, id content.ID) (content.Preview, error) {
	p, err := one(ctx, db, `SELECT `+previewColumns+` FROM preview WHERE id = $1`, []any{id}, scanPreview)
	if isNone(err) {
		return p, errNoPreview
	}
	return p, err
}

var errNoPreview = &content.Error{Code: content.NotFound, Field: "id", Message: "there is no such preview"}

const previewColumns = `id, (SELECT a.id FROM article a WHERE a.key = preview.article_key), created_by, created_at, expires_at, revoked_at`

func scanPreview(scan scanner) (content.Preview, error) {
	var p content.Preview
	var created, expires int64
	var revoked *int64
	err := scan(&p.ID, &p.Article, &p.CreatedBy, &created, &expires, &revoked)
	p.CreatedAt, p.ExpiresAt, p.RevokedAt = moment(created), moment(expires), maybe(revoked)
	return p, err
}

// Previewed is the article that a secret lets somebody look at; "" when it is
// not, or no more, good for any.
func (db *DB) Previewed(ctx context.Context, secret string) (content.ID, error) {
	id, err := one(ctx, db, `
		SELECT a.id
		FROM preview p
		JOIN article a ON a.key = p.article_key
		WHERE p.hash = $1 AND p.revoked_at IS NULL AND p.expires_at > $2 AND a.deleted_at IS NULL`,
		[]any{secretHash(secret), db.now().UnixMilli()}, scanValue[content.ID])
	if isNone(err) {
		return "", nil
	}
	return id, err
}
