package publish

import (
	"bytes"
	"context"
	"errors"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// CreateArticle makes a new article, a draft.
func (d *Desk) CreateArticle(ctx context.Context, c content.Changes, external *content.External) (content.Article, error) {
	return d.create(ctx, c, external, false)
}

func (d *Desk) create(ctx context.Context, c content.Changes, external *content.External, public bool) (content.Article, error) {
	if err := content.Allow(ctx, content.RoleAuthor); err != nil {
		return content.Article{}, err
	}
	draft := content.Draft{Status: content.StatusDraft}
	if external != nil {
		draft.Source, draft.ExternalID = external.Source, external.ID
	}
	edit, err := d.edit(ctx, c.Apply(draft), nil)
	if err != nil {
		return content.Article{}, err
	}
	edit.Action = content.ActionCreated
	if public {
		if err := edit.Article.Publish(nil, d.store.Now()); err != nil {
			return content.Article{}, err
		}
	}
	return d.store.Edit(ctx, *edit)
}

// UpdateArticle changes the text of an article, or what it is filed under. What
// changes nothing makes no revision.
func (d *Desk) UpdateArticle(ctx context.Context, b Base, c content.Changes) (content.Article, error) {
	return d.change(ctx, b, func(v *db.Version) (*db.Edit, error) { return d.update(ctx, v, c) })
}

func (d *Desk) update(ctx context.Context, v *db.Version, c content.Changes) (*db.Edit, error) {
	before := v.Draft
	before.Status, before.PublishedAt, before.UpdatedAt = "", nil, nil
	edit, err := d.edit(ctx, c.Apply(before), &v.Article)
	if err != nil {
		return nil, err
	}
	keepFiling(edit.Filing, v, &c)
	if bytes.Equal(edit.Filing.DraftHash, DraftHash(before)) {
		return nil, nil //nolint:nilnil // nothing changes
	}
	edit.Action = content.ActionEdited
	return edit, nil
}

// keepFiling leaves an article filed as it was, where the change does not say
// otherwise: what it was filed under may be called otherwise since.
func keepFiling(f *db.Filing, v *db.Version, c *content.Changes) {
	if c.Section == nil {
		f.Section = v.Section
	}
	if c.Authors == nil {
		f.Authors = v.Authors
	}
	if c.Tags == nil {
		f.Tags = v.Tags
	}
}

// UpsertArticle makes the article that another system knows by a name, or
// changes it, and makes it public when asked to. The same again changes nothing.
func (d *Desk) UpsertArticle(ctx context.Context, external content.External, c content.Changes, public bool) (a content.Article, created bool, err error) {
	if public {
		if err := content.Allow(ctx, content.RoleEditor); err != nil {
			return a, false, err
		}
	}
	for range mostTries {
		a, err = d.store.Article(ctx, content.ArticleBy{External: &external})
		if created = content.IsNotFound(err); created {
			a, err = d.create(ctx, c, &external, public)
		} else if err == nil {
			a, err = d.change(ctx, Base{ID: a.ID}, func(v *db.Version) (*db.Edit, error) { return d.upsert(ctx, v, c, public) })
		}
		if taken, ok := errors.AsType[*content.Error](err); !ok || taken.Field != "external" {
			break // else somebody has just made it
		}
	}
	return a, created && err == nil, err
}

// upsert changes the text and the state at once.
func (d *Desk) upsert(ctx context.Context, v *db.Version, c content.Changes, public bool) (*db.Edit, error) {
	edit, err := d.update(ctx, v, c)
	if err != nil || !public || v.Article.Status == content.StatusPublished {
		return edit, err
	}
	if edit == nil {
		edit = &db.Edit{Article: v.Article}
	}
	edit.Action = content.ActionPublished
	return edit, edit.Article.Publish(nil, d.store.Now())
}

// edit makes a checked and rendered change of a draft.
func (d *Desk) edit(ctx context.Context, draft content.Draft, old *content.Article) (*db.Edit, error) {
	if err := draft.ValidateTyped(); err != nil {
		return nil, err
	}
	filing, err := File(draft)
	if err != nil {
		return nil, err
	}
	a, err := draft.Apply(old, d.store.Now())
	if err != nil {
		return nil, err
	}
	if old == nil {
		a.Owner = content.PrincipalOf(ctx).Name
	}
	return &db.Edit{Article: a, Filing: &filing}, nil
}

// changeState is a change of where an article stands in its life, which only
// editors make. One that leaves it as it is makes no revision.
func (d *Desk) changeState(ctx context.Context, b Base, action content.Action, note string, to func(*content.Article, time.Time) error) (content.Article, error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return content.Article{}, err
	}
	return d.move(ctx, b, action, note, to)
}

func (d *Desk) move(ctx context.Context, b Base, action content.Action, note string, to func(*content.Article, time.Time) error) (content.Article, error) {
	return d.change(ctx, b, func(v *db.Version) (*db.Edit, error) {
		a := v.Article
		if err := to(&a, d.store.Now()); err != nil {
			return nil, err
		}
		if a.SameState(&v.Article) {
			return nil, nil //nolint:nilnil // nothing changes
		}
		return &db.Edit{Article: a, Action: action, Note: note}, nil
	})
}
