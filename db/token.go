package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"nutgraph/internal/content"
)

// secretMark starts every secret, so that one that got lost is known for what
// it is.
const secretMark = "ng_"

// newSecret returns a secret of 32 random bytes, and what is kept of it.
func newSecret() (secret string, hash []byte) {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // it never fails
	secret = secretMark + base64.RawURLEncoding.EncodeToString(random)
	return secret, secretHash(secret)
}

// secretHash is what is kept of a secret. It is random and long, so that a hash
// without salt and without delay is safe.
func secretHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// CreateToken makes a token and returns its secret, which nothing can show
// again. The token must be valid.
func (db *DB) CreateToken(ctx context.Context, n content.NewToken) (content.Token, string, error) {
	secret, hash := newSecret()
	t := content.Token{ID: content.NewID(content.TokenPrefix), Name: n.Name, Role: n.Role, CreatedAt: moment(db.now().UnixMilli()), ExpiresAt: n.ExpiresAt}
	err := db.tx(ctx, func(tx *txn) error {
		return tx.exec(ctx, `INSERT INTO token (id, name, role, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			t.ID, t.Name, t.Role, hash, t.CreatedAt.UnixMilli(), millis(t.ExpiresAt))
	})
	return t, secret, err
}

const tokenColumns = `id, name, role, created_at, expires_at, revoked_at, last_used_at`

func scanToken(scan scanner) (content.Token, error) {
	var t content.Token
	var created int64
	var expires, revoked, used *int64
	err := scan(&t.ID, &t.Name, &t.Role, &created, &expires, &revoked, &used)
	t.CreatedAt, t.ExpiresAt, t.RevokedAt, t.LastUsedAt = moment(created), maybe(expires), maybe(revoked), maybe(used)
	return t, err
}

// Tokens reads a page of the tokens, newest first, also those that are good no
// more.
func (db *DB) Tokens(ctx context.Context, w content.Window) (content.Page[content.Token], error) {
	return page(ctx, db, listing[content.Token]{
		items: "token", columns: tokenColumns, from: "token", order: []sortTerm{{"created_at", "created_at", true}}, key: "rowid", scan: scanToken,
	}, w)
}

// RevokeToken ends a token at once; NotFound when there is none. Revoking one
// again changes nothing.
func (db *DB) RevokeToken(ctx context.Context, id content.ID) (content.Token, error) {
	var t content.Token
	err := db.tx(ctx, func(tx *txn) (err error) {
		t, err = txOne(ctx, tx, `UPDATE token SET revoked_at = COALESCE(revoked_at, $1) WHERE id = $2 RETURNING `+tokenColumns,
			[]any{db.now().UnixMilli(), id}, scanToken)
		if isNone(err) {
			return content.Errorf(content.NotFound, "there is no such token")
		}
		return err
	})
	return t, err
}

// usedWithin is how exactly the last use of a token is known. To write it down
// each time would cost every request a write.
const usedWithin = 10 * time.Minute

// Authenticate tells whose secret this is; Unauthenticated when it is nobody's,
// or has expired, or was revoked.
func (db *DB) Authenticate(ctx context.Context, secret string) (*content.Principal, error) {
	hash, now := secretHash(secret), db.now()
	t, err := one(ctx, db, `
		SELECT `+tokenColumns+` FROM token
		WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
		[]any{hash, now.UnixMilli()}, scanToken)
	if isNone(err) {
		return nil, content.Errorf(content.Unauthenticated, "the token is not valid, or not any more; ask for a new one, or send none")
	}
	if err != nil {
		return nil, err
	}
	if t.LastUsedAt == nil || now.Sub(*t.LastUsedAt) > usedWithin {
		if err := db.noteUse(ctx, t.ID, now); err != nil {
			return nil, err
		}
	}
	return &content.Principal{Token: t.ID, Name: t.Name, Role: t.Role, ExpiresAt: t.ExpiresAt}, nil
}

// StillIn tells whether the token that somebody asked with is still good;
// Unauthenticated when it is not. Nobody needs one to stay nobody.
func (db *DB) StillIn(ctx context.Context) error {
	p := content.PrincipalOf(ctx)
	if p == nil {
		return nil
	}
	good, err := one(ctx, db, `
		SELECT COUNT(*) > 0 FROM token
		WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
		[]any{p.Token, db.now().UnixMilli()}, scanValue[bool])
	if err == nil && !good {
		return content.Errorf(content.Unauthenticated, "the token is not valid any more")
	}
	return err
}

func (db *DB) noteUse(ctx context.Context, token content.ID, now time.Time) error {
	return db.tx(ctx, func(tx *txn) error {
		return tx.exec(ctx, `UPDATE token SET last_used_at = $1 WHERE id = $2`, now.UnixMilli(), token)
	})
}
