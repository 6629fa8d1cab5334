package publish

import (
	"context"
	"time"

	"nutgraph/internal/content"
)

// CreatePreview makes what lets somebody without a token look at an article that
// is not public. Authors make it for their drafts.
func (d *Desk) CreatePreview(ctx context.Context, article content.ID, expires *time.Time) (content.Preview, string, error) {
	if err := d.mayPreview(ctx, article); err != nil {
		return content.Preview{}, "", err
	}
	now := d.store.Now()
	end := now.Add(content.DefaultPreview)
	if expires != nil {
		end = *expires
	}
	if !end.After(now) || end.Sub(now) > content.MaxPreview {
		return content.Preview{}, "", content.FieldErrorf("expiresAt", "is not within the next %d days", int(content.MaxPreview.Hours())/24)
	}
	return d.store.CreatePreview(ctx, article, end)
}

func (d *Desk) mayPreview(ctx context.Context, article content.ID) error {
	if err := content.Allow(ctx, content.RoleAuthor); err != nil {
		return err
	}
	v, err := d.store.Version(ctx, article)
	if content.IsNotFound(err) {
		return &content.Error{Code: content.NotFound, Field: "article", Message: "there is no such article"}
	}
	if err != nil {
		return err
	}
	return mayChange(ctx, &v.Article)
}

// RevokePreview ends a preview at once.
func (d *Desk) RevokePreview(ctx context.Context, id content.ID) (content.Preview, error) {
	if err := content.Allow(ctx, content.RoleAuthor); err != nil {
		return content.Preview{}, err
	}
	p, err := d.store.Preview(ctx, id)
	if err != nil {
		return p, err
	}
	if err := d.mayPreview(ctx, p.Article); err != nil {
		return p, err
	}
	return d.store.RevokePreview(ctx, id)
}
