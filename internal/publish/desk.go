package publish

import (
	"context"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// Desk is where people change the archive. Every method checks who asks (see
// content.PrincipalOf), and is one transaction.
type Desk struct {
	store *db.DB
}

// NewDesk returns the desk of an archive.
func NewDesk(store *db.DB) *Desk { return &Desk{store} }

// Base is the article that a change is meant for, and the revision it was made
// from; nil for whichever there is.
type Base struct {
	ID       content.ID
	Revision *int
}

// mostTries is how often a change that names no revision is made again when
// somebody else was faster. More writers than that at one article are told so.
const mostTries = 50

// change makes a change of one article: prepare gets the article as it is, and
// returns the change, or nil when there is nothing to do. When the article moves
// on meanwhile, and the change does not depend on a revision, it is made again
// from the new one, so that neither is lost.
func (d *Desk) change(ctx context.Context, b Base, prepare func(v *db.Version) (*db.Edit, error)) (content.Article, error) {
	for try := 1; ; try++ {
		v, err := d.store.Version(ctx, b.ID)
		if err != nil {
			return content.Article{}, err
		}
		edit, err := d.prepare(ctx, b, &v, prepare)
		if err != nil {
			return content.Article{}, err
		}
		if edit == nil {
			return v.Article, nil
		}
		a, err := d.store.Edit(ctx, *edit)
		if !content.IsRevisionConflict(err) || b.Revision != nil || try == mostTries {
			return a, err
		}
	}
}

func (d *Desk) prepare(ctx context.Context, b Base, v *db.Version, prepare func(v *db.Version) (*db.Edit, error)) (*db.Edit, error) {
	if err := mayChange(ctx, &v.Article); err != nil {
		return nil, err
	}
	if b.Revision != nil && *b.Revision != v.Article.Revision {
		return nil, content.RevisionConflict(v.Article.Revision)
	}
	edit, err := prepare(v)
	if edit != nil {
		edit.Base = v.Article.Revision
	}
	return edit, err
}

// mayChange tells whether whoever asks may change an article: editors any,
// authors their own as long as it is not public. To others it is not there.
func mayChange(ctx context.Context, a *content.Article) error {
	if err := content.Allow(ctx, content.RoleAuthor); err != nil {
		return err
	}
	p := content.PrincipalOf(ctx)
	switch {
	case p.Role.Includes(content.RoleEditor):
		return nil
	case a.Owner != p.Name:
		return content.Errorf(content.Forbidden, "this is the article of somebody else; changing it needs the role EDITOR")
	case a.Status != content.StatusDraft && a.Status != content.StatusTrashed:
		return content.Errorf(content.Forbidden, "the article is %s; changing it needs the role EDITOR", a.Status)
	}
	return nil
}
