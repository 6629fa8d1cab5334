package publish

import (
	"context"
	"time"

	"nutgraph/internal/content"
)

// PublishArticle makes an article public, at once or at a moment.
func (d *Desk) PublishArticle(ctx context.Context, b Base, at *time.Time) (content.Article, error) {
	return d.changeState(ctx, b, content.ActionPublished, "", func(a *content.Article, now time.Time) error { return a.Publish(at, now) })
}

// UnpublishArticle ends the publication of an article, at once or at a moment.
func (d *Desk) UnpublishArticle(ctx context.Context, b Base, at *time.Time) (content.Article, error) {
	return d.changeState(ctx, b, content.ActionUnpublished, "", func(a *content.Article, now time.Time) error { return a.Unpublish(at, now) })
}

// WithdrawArticle takes an article back, at once, and notes why.
func (d *Desk) WithdrawArticle(ctx context.Context, b Base, reason string) (content.Article, error) {
	if err := content.CheckNote("reason", reason); err != nil {
		return content.Article{}, err
	}
	return d.changeState(ctx, b, content.ActionWithdrawn, content.Clean(reason), func(a *content.Article, _ time.Time) error { return a.Withdraw() })
}

// DeleteArticle puts an article in the trash. Authors do so with their drafts.
func (d *Desk) DeleteArticle(ctx context.Context, b Base) (content.Article, error) {
	return d.move(ctx, b, content.ActionTrashed, "", func(a *content.Article, now time.Time) error { return a.Trash(now) })
}

// RestoreArticle takes an article out of the trash.
func (d *Desk) RestoreArticle(ctx context.Context, b Base) (content.Article, error) {
	return d.move(ctx, b, content.ActionUntrashed, "", func(a *content.Article, _ time.Time) error { return a.Untrash() })
}

// PurgeArticle removes an article that is in the trash, for ever.
func (d *Desk) PurgeArticle(ctx context.Context, id content.ID) error {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return err
	}
	return d.store.Purge(ctx, id)
}
