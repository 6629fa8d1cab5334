package db

import (
	"context"
	"strings"
	"time"

	"nutgraph/internal/content"
)

// Target is where a delivery goes, and what it is signed with.
type Target struct {
	URL    string
	Secret string
}

// WebhooksDue returns the webhooks for which a delivery is due.
func (db *DB) WebhooksDue(ctx context.Context, now time.Time) ([]content.ID, error) {
	return collect(ctx, db, `
		SELECT w.id
		FROM webhook w
		WHERE w.disabled_at IS NULL
			AND EXISTS (SELECT 1 FROM delivery d WHERE d.webhook_key = w.key AND d.state = 'WAITING' AND d.next_at <= $1)
		ORDER BY w.key
		LIMIT $2`, []any{now.UnixMilli(), content.MaxWebhooks}, scanValue[content.ID])
}

const deliveryColumns = `d.id, w.id, d.state, d.attempts, d.next_at, d.last_at, d.status, d.error, ` + eventColumns

const deliveryTables = `delivery d
		JOIN webhook w ON w.key = d.webhook_key
		JOIN event e ON e.seq = d.event_seq`

func scanDelivery(scan scanner, more ...any) (content.Delivery, error) {
	var d content.Delivery
	var next, last *int64
	var err error
	d.Event, err = scanEvent(func(event ...any) error {
		dest := append([]any{&d.ID, &d.WebhookID, &d.State, &d.Attempts, &next, &last, &d.Status, &d.Error}, event...)
		return scan(append(dest, more...)...)
	})
	d.NextAt, d.LastAt = maybe(next), maybe(last)
	return d, err
}

// NextDelivery returns what is due to a webhook first, and where it goes;
// NotFound when nothing is due, or the webhook is gone or switched off.
func (db *DB) NextDelivery(ctx context.Context, webhook content.ID, now time.Time) (content.Delivery, Target, error) {
	var target Target
	d, err := one(ctx, db, `
		SELECT `+deliveryColumns+`, w.url, w.secret
		FROM `+deliveryTables+`
		WHERE w.id = $1 AND w.disabled_at IS NULL AND d.state = 'WAITING' AND d.next_at <= $2
		ORDER BY d.next_at, d.key
		LIMIT 1`, []any{webhook, now.UnixMilli()}, func(scan scanner) (content.Delivery, error) {
		return scanDelivery(scan, &target.URL, &target.Secret)
	})
	if isNone(err) {
		err = content.Errorf(content.NotFound, "nothing is due to this webhook")
	}
	return d, target, err
}

// SaveAttempt notes what came of trying to deliver, and switches the webhook
// off when that was once too often. A delivery that is gone with its webhook is
// left alone.
func (db *DB) SaveAttempt(ctx context.Context, delivery content.ID, a content.Attempt) error {
	return db.tx(ctx, func(tx *txn) error {
		d, err := tx.delivery(ctx, delivery)
		if isNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		w, err := tx.webhook(ctx, d.WebhookID)
		if err != nil {
			return err
		}
		d = d.Settle(a)
		w = w.Settle(d, a)
		if err := tx.writeDelivery(ctx, d); err != nil {
			return err
		}
		return tx.exec(ctx, `
			UPDATE webhook SET failing_since = $1, disabled_at = $2, disabled_reason = $3
			WHERE id = $4`,
			millis(w.FailingSince), millis(w.DisabledAt), w.DisabledReason, w.ID)
	})
}

func (t *txn) delivery(ctx context.Context, id content.ID) (content.Delivery, error) {
	stmt, err := t.stmt(ctx, `SELECT `+deliveryColumns+` FROM `+deliveryTables+` WHERE d.id = $1`) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return content.Delivery{}, err
	}
	return scanDelivery(stmt.QueryRowContext(ctx, id).Scan)
}

func (t *txn) writeDelivery(ctx context.Context, d content.Delivery) error {
	return t.exec(ctx, `
		UPDATE delivery SET state = $1, attempts = $2, next_at = $3, last_at = $4, status = $5, error = $6
		WHERE id = $7`,
		d.State, d.Attempts, millis(d.NextAt), millis(d.LastAt), d.Status, d.Error, d.ID)
}

// Redeliver makes a delivery due now, from its first attempt on, whatever became
// of it; NotFound when there is none.
func (db *DB) Redeliver(ctx context.Context, id content.ID) (content.Delivery, error) {
	var d content.Delivery
	err := db.tx(ctx, func(tx *txn) (err error) {
		if d, err = tx.delivery(ctx, id); isNone(err) {
			return content.Errorf(content.NotFound, "there is no such delivery")
		}
		if err != nil {
			return err
		}
		now := db.now()
		d.State, d.Attempts, d.NextAt = content.DeliveryWaiting, 0, &now
		return tx.writeDelivery(ctx, d)
	})
	return d, err
}

// Deliveries reads a page of what was sent to a webhook or is to be, newest
// first; NotFound when there is no such webhook.
func (db *DB) Deliveries(ctx context.Context, webhook content.ID, w content.Window) (content.Page[content.Delivery], error) {
	key, err := one(ctx, db, `SELECT key FROM webhook WHERE id = $1`, []any{webhook}, scanValue[int64])
	if isNone(err) {
		return content.Page[content.Delivery]{}, errNoWebhook
	}
	if err != nil {
		return content.Page[content.Delivery]{}, err
	}
	return page(ctx, db, listing[content.Delivery]{
		items: "delivery", columns: deliveryColumns, from: deliveryTables,
		conditions: []string{"d.webhook_key = $1"}, args: []any{key},
		order: []sortTerm{{name: "made", expression: "d.key", descending: true}}, key: "d.key", scan: func(scan scanner) (content.Delivery, error) { return scanDelivery(scan) },
	}, w)
}

// address leaves a delivery of an event for every webhook that wants to hear of
// its kind. There is one for each of the two, so their names together name it.
func (t *txn) address(ctx context.Context, event content.ID) error {
	name, _ := strings.CutPrefix(string(event), content.EventPrefix)
	return t.exec(ctx, `
		INSERT INTO delivery (id, webhook_key, event_seq, state, next_at)
		SELECT $1 || '-' || w.key, w.key, e.seq, 'WAITING', e.at
		FROM event e
		JOIN webhook w ON w.disabled_at IS NULL AND EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = e.kind)
		WHERE e.id = $2`,
		content.DeliveryPrefix+name, event)
}
