package db

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"

	"nutgraph/internal/content"
)

// errNoWebhook says that an id names no webhook.
var errNoWebhook = content.Errorf(content.NotFound, "there is no such webhook")

const webhookColumns = `w.id, w.url, w.events, w.created_at, w.failing_since, w.disabled_at, w.disabled_reason`

func scanWebhook(scan scanner) (content.Webhook, error) {
	var w content.Webhook
	var events string
	var created int64
	var failing, disabled *int64
	if err := scan(&w.ID, &w.URL, &events, &created, &failing, &disabled, &w.DisabledReason); err != nil {
		return w, err
	}
	w.CreatedAt, w.FailingSince, w.DisabledAt = moment(created), maybe(failing), maybe(disabled)
	return w, json.Unmarshal([]byte(events), &w.Events)
}

// Webhooks returns every webhook, oldest first.
func (db *DB) Webhooks(ctx context.Context) ([]content.Webhook, error) {
	return collect(ctx, db, `
		SELECT `+webhookColumns+`
		FROM webhook w
		ORDER BY w.key
		LIMIT $1`, []any{content.MaxWebhooks}, scanWebhook)
}

// secretBytes is the length of a secret, within what Standard Webhooks asks for (24 to 64).
const secretBytes = 32

// CreateWebhook adds a webhook, and returns it with the secret that its
// deliveries are signed with. It returns Conflict when there are too many.
func (db *DB) CreateWebhook(ctx context.Context, w content.Webhook) (content.Webhook, string, error) {
	key := make([]byte, secretBytes)
	rand.Read(key)
	secret := "whsec_" + base64.StdEncoding.EncodeToString(key)
	w.ID, w.CreatedAt = content.NewID(content.WebhookPrefix), moment(db.now().UnixMilli())
	err := db.tx(ctx, func(tx *txn) error {
		var n int
		if err := tx.row(ctx, `SELECT COUNT(*) FROM webhook`, nil, &n); err != nil {
			return err
		}
		if n >= content.MaxWebhooks {
			return content.Errorf(content.Conflict, "there are %d webhooks already; delete one first", n)
		}
		return tx.exec(ctx, `
			INSERT INTO webhook (id, url, secret, events, created_at)
			VALUES ($1, $2, $3, $4, $5)`,
			w.ID, w.URL, secret, toJSON(w.Events), w.CreatedAt.UnixMilli())
	})
	return w, secret, err
}

// DeleteWebhook removes a webhook with all its deliveries; NotFound when there
// is none.
func (db *DB) DeleteWebhook(ctx context.Context, id content.ID) error {
	return db.tx(ctx, func(tx *txn) error {
		return tx.change(ctx, errNoWebhook, `DELETE FROM webhook WHERE id = $1`, id)
	})
}

// EnableWebhook switches a webhook on again, and what waits for it is sent;
// NotFound when there is none.
func (db *DB) EnableWebhook(ctx context.Context, id content.ID) (content.Webhook, error) {
	var w content.Webhook
	err := db.tx(ctx, func(tx *txn) error {
		err := tx.change(ctx, errNoWebhook, `
			UPDATE webhook SET disabled_at = NULL, disabled_reason = '', failing_since = NULL
			WHERE id = $1`, id)
		if err != nil {
			return err
		}
		w, err = tx.webhook(ctx, id)
		return err
	})
	return w, err
}

// webhook reads one webhook within a transaction.
func (t *txn) webhook(ctx context.Context, id content.ID) (content.Webhook, error) {
	stmt, err := t.stmt(ctx, `SELECT `+webhookColumns+` FROM webhook w WHERE w.id = $1`) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return content.Webhook{}, err
	}
	return scanWebhook(stmt.QueryRowContext(ctx, id).Scan)
}

// change runs a statement that must change something, and returns missing when
// it does not.
func (t *txn) change(ctx context.Context, missing error, query string, args ...any) error {
	stmt, err := t.stmt(ctx, query) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, missing)
	}
	return nil
}
