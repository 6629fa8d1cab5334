package db

import (
	"context"
	"time"

	"nutgraph/internal/content"
)

// record writes what happened to an article, as it is now, in the transaction
// that makes it happen, and leaves a delivery for each webhook that wants to
// hear of it. Every event of the archive comes through here.
func record(ctx context.Context, tx *txn, kind content.EventKind, article int64, at time.Time) error {
	id := content.NewID(content.EventPrefix)
	err := tx.exec(ctx, `
		INSERT INTO event (id, kind, at, article_id, slug, title, url, revision)
		SELECT $1, $2, $3, id, slug, title, url, revision FROM article WHERE key = $4`,
		id, kind, at.UnixMilli(), article)
	if err != nil {
		return err
	}
	return tx.address(ctx, id)
}

const eventColumns = `e.seq, e.id, e.kind, e.at, e.article_id, e.slug, e.title, COALESCE(e.url, ''), e.revision`

func scanEvent(scan scanner) (content.Event, error) {
	var e content.Event
	var at int64
	err := scan(&e.Seq, &e.ID, &e.Kind, &at, &e.Article, &e.Slug, &e.Title, &e.URL, &e.Revision)
	e.At = moment(at)
	return e, err
}

// Events reads up to limit events after the one with a number, in the order in
// which they happened. Numbers start at 1.
func (db *DB) Events(ctx context.Context, after int64, limit int) ([]content.Event, error) {
	return collect(ctx, db, `SELECT `+eventColumns+` FROM event e WHERE e.seq > $1 ORDER BY e.seq LIMIT $2`, []any{after, limit}, scanEvent)
}

// LastEvent is the number of the last event, 0 when nothing has happened yet.
func (db *DB) LastEvent(ctx context.Context) (int64, error) {
	return one(ctx, db, `SELECT COALESCE(MAX(seq), 0) FROM event`, nil, scanValue[int64])
}

// forgetBatch bounds the events that are looked at, and forgotten, at once.
const forgetBatch = 1000

// ForgetEvents removes the oldest events, if they happened before a moment, with
// their deliveries. One that still is to be delivered, to a webhook that is not
// switched off, stays.
func (db *DB) ForgetEvents(ctx context.Context, before time.Time) error {
	oldest, err := one(ctx, db, `SELECT MIN(at) FROM (SELECT at FROM event ORDER BY seq LIMIT $1)`, []any{forgetBatch}, scanValue[*int64])
	if err != nil || oldest == nil || *oldest >= before.UnixMilli() {
		return err // the usual case takes no writer
	}
	return db.tx(ctx, func(tx *txn) error {
		return tx.exec(ctx, `
			DELETE FROM event
			WHERE seq IN (SELECT seq FROM event ORDER BY seq LIMIT $1) AND at < $2
				AND NOT EXISTS (
					SELECT 1 FROM delivery d
					JOIN webhook w ON w.key = d.webhook_key
					WHERE d.event_seq = event.seq AND d.state = 'WAITING' AND w.disabled_at IS NULL)`,
			forgetBatch, before.UnixMilli())
	})
}

// announcement is what readers are to be told of a change, and when they are to
// be told next.
type announcement struct {
	kind      content.EventKind // "" for nothing
	announced bool
	dueAt     *time.Time
}

// announce tells what follows from a change of an article at a moment, given
// whether readers have been told of it before.
func announce(a *content.Article, before bool, now time.Time) announcement {
	status := a.Status.At(a.PublishedAt, a.UnpublishAt, now)
	visible := status == content.StatusPublished
	next := announcement{announced: visible}
	switch {
	case visible && !before:
		next.kind = content.ArticlePublished
	case visible:
		next.kind = content.ArticleUpdated
	case before:
		next.kind = content.ArticleWithdrawn
	}
	switch status {
	case content.StatusPublished:
		next.dueAt = a.UnpublishAt
	case content.StatusScheduled:
		next.dueAt = a.PublishedAt
	}
	return next
}

// Announce writes the events of the publications, and of the ends of
// publications, whose time has come and that nobody was told of, each once and
// in their order, also those that were due while nothing was running. It returns
// when to call it next; zero when nothing is scheduled.
func (db *DB) Announce(ctx context.Context) (next time.Time, err error) {
	due, err := db.nextDue(ctx)
	if err != nil || due.IsZero() || due.After(db.now()) {
		return due, err
	}
	if err := db.tx(ctx, func(tx *txn) error { return db.announceDue(ctx, tx) }); err != nil {
		return time.Time{}, err
	}
	return db.nextDue(ctx)
}

func (db *DB) nextDue(ctx context.Context) (time.Time, error) {
	ms, err := one(ctx, db, `SELECT MIN(due_at) FROM article WHERE due_at IS NOT NULL`, nil, scanValue[*int64])
	if err != nil || ms == nil {
		return time.Time{}, err
	}
	return moment(*ms), nil
}

// announceDue does what is due, in a transaction. Every change of an article
// does it first, so that events stand in the order of time.
func (db *DB) announceDue(ctx context.Context, tx *txn) error {
	now := db.now().UnixMilli()
	for {
		var key, due int64
		var announced bool
		var end *int64
		err := tx.row(ctx, `
			SELECT key, due_at, announced, unpublish_at FROM article
			WHERE due_at <= $1 AND due_at IS NOT NULL
			ORDER BY due_at, key
			LIMIT 1`, []any{now}, &key, &due, &announced, &end)
		if isNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		kind, next := content.ArticlePublished, end
		if announced {
			kind, next = content.ArticleWithdrawn, nil
		}
		if err := record(ctx, tx, kind, key, moment(due)); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE article SET announced = $1, due_at = $2 WHERE key = $3`, !announced, next, key); err != nil {
			return err
		}
	}
}
