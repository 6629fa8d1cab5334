package publish

import (
	"context"

	"nutgraph/internal/content"
)

// Pin puts an article first among those related to another one, at a place
// counted from 1, or behind those that are pinned already.
func (d *Desk) Pin(ctx context.Context, article, related content.ID, position *int) (content.Article, error) {
	return d.choose(ctx, article, related, func() error {
		if position != nil && *position < 1 {
			return content.FieldErrorf("position", "is %d; places are counted from 1", *position)
		}
		return d.store.Pin(ctx, article, related, position)
	})
}

// Block keeps an article out of the list of those related to another one.
func (d *Desk) Block(ctx context.Context, article, related content.ID) (content.Article, error) {
	return d.choose(ctx, article, related, func() error { return d.store.Block(ctx, article, related) })
}

// Unpin leaves the place of an article to the machine again.
func (d *Desk) Unpin(ctx context.Context, article, related content.ID) (content.Article, error) {
	return d.choose(ctx, article, related, func() error { return d.store.Unpin(ctx, article, related) })
}

// Unblock leaves it to the machine again whether an article is related.
func (d *Desk) Unblock(ctx context.Context, article, related content.ID) (content.Article, error) {
	return d.choose(ctx, article, related, func() error { return d.store.Unblock(ctx, article, related) })
}

func (d *Desk) choose(ctx context.Context, article, related content.ID, do func() error) (content.Article, error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return content.Article{}, err
	}
	if article == related {
		return content.Article{}, content.FieldErrorf("related", "is the article itself; name another one")
	}
	if err := do(); err != nil {
		return content.Article{}, err
	}
	return d.store.Article(ctx, content.ArticleBy{ID: &article})
}
