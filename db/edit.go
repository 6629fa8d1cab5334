package db

import (
	"context"
	"fmt"

	"nutgraph/internal/content"
)

// Edit is a change of one article that is ready to be written.
type Edit struct {
	Base    int             // the revision it was made from; 0 for a new article
	Article content.Article // as it is to be; of a new one without id and slug
	Filing  *Filing         // the new text; nil when the text stays
	Action  content.Action
	Note    string // why, or ""
}

// Edit writes a change: the article, its revision, its event and its job, in
// one transaction. It returns Conflict, with the present revision, when the
// article has moved on since the one the change was made from, and leaves
// everything as it is.
func (db *DB) Edit(ctx context.Context, e Edit) (content.Article, error) {
	db.edits.Add(1)
	defer db.edits.Add(-1)
	var written content.Article
	err := db.tx(ctx, func(tx *txn) error {
		if err := db.announceDue(ctx, tx); err != nil {
			return err
		}
		key, err := db.edit(ctx, tx, &e)
		if err != nil {
			return err
		}
		written, err = txOne(ctx, tx, "SELECT "+articleColumns+" FROM article a WHERE a.key = $1", []any{key}, db.scanArticle)
		if err != nil {
			return err
		}
		return db.enqueue(ctx, tx, []content.ID{written.ID}, soon)
	})
	return written, err
}

// IsEdited tells whether a change is being written at the moment.
func (db *DB) IsEdited() bool { return db.edits.Load() > 0 }

func (db *DB) edit(ctx context.Context, tx *txn, e *Edit) (int64, error) {
	if e.Base == 0 {
		return db.create(ctx, tx, e)
	}
	old, err := txOne(ctx, tx, versionQuery, []any{e.Article.ID}, db.scanVersion)
	if isNone(err) {
		return 0, errNoArticle
	}
	if err != nil {
		return 0, err
	}
	if old.Article.Revision != e.Base {
		return 0, content.RevisionConflict(old.Article.Revision)
	}
	e.Article.Revision = e.Base + 1
	if e.Filing != nil {
		if err := db.newSlug(ctx, tx, e, &old); err != nil {
			return 0, err
		}
	}
	return old.key, db.rewrite(ctx, tx, &old, e)
}

// create writes a new article.
func (db *DB) create(ctx context.Context, tx *txn, e *Edit) (int64, error) {
	a := &e.Article
	if err := checkExternal(ctx, tx, a.External); err != nil {
		return 0, err
	}
	slug, err := db.slug(ctx, tx, &e.Filing.Draft, nil)
	if err != nil {
		return 0, err
	}
	a.ID, a.Slug, a.Revision = content.NewID(content.ArticlePrefix), slug, 1
	key, err := db.writeArticle(ctx, tx, 0, a, e.Filing, false)
	if err != nil {
		return 0, err
	}
	return key, db.addRevision(ctx, tx, key, a.Revision, change{actorOf(ctx), e.Action, e.Note})
}

func checkExternal(ctx context.Context, tx *txn, x *content.External) error {
	if x == nil {
		return nil
	}
	var taken bool
	err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE source = $1 AND external_id = $2)`, []any{x.Source, x.ID}, &taken)
	if err == nil && taken {
		return &content.Error{Code: content.Conflict, Field: "external", Message: fmt.Sprintf("%q of %q is here already; change it with upsertArticle", x.ID, x.Source)}
	}
	return err
}

// newSlug gives an article the slug it asks for, or one made from its title when
// it asks for none, and remembers the old one.
func (db *DB) newSlug(ctx context.Context, tx *txn, e *Edit, old *Version) error {
	d := &e.Filing.Draft
	if d.Slug == old.Article.Slug {
		e.Article.Slug = d.Slug
		return nil
	}
	slug, err := db.freeSlug(ctx, tx, d, old.key)
	if err != nil {
		return err
	}
	e.Article.Slug = slug
	if slug == old.Article.Slug {
		return nil
	}
	return remember(ctx, tx, "article", old.Article.Slug, old.key)
}

// remember keeps a slug leading to what had it.
func remember(ctx context.Context, tx *txn, noun, slug string, key int64) error {
	return tx.exec(ctx, `
		INSERT INTO former_slug (noun, slug, key) VALUES ($1, $2, $3)
		ON CONFLICT (noun, slug) DO UPDATE SET key = excluded.key`, noun, slug, key)
}

// rewrite writes the change of an article that is there, and its revision.
func (db *DB) rewrite(ctx context.Context, tx *txn, old *Version, e *Edit) error {
	if err := keepRevision(ctx, tx, old); err != nil {
		return err
	}
	var err error
	if e.Filing != nil {
		e.Filing.DraftHash = nil // what was last handed in by others stays as it is
		_, err = db.writeArticle(ctx, tx, old.key, &e.Article, e.Filing, old.announced)
	} else {
		err = db.writeState(ctx, tx, old.key, &e.Article, old.announced)
	}
	if err != nil {
		return err
	}
	return db.addRevision(ctx, tx, old.key, e.Article.Revision, change{actorOf(ctx), e.Action, e.Note})
}

// writeState writes where an article stands in its life, and leaves its text.
func (db *DB) writeState(ctx context.Context, tx *txn, key int64, a *content.Article, announced bool) error {
	next := announce(a, announced, db.now())
	err := tx.exec(ctx, `
		UPDATE article SET status = $1, revision = $2, published_at = $3, unpublish_at = $4, deleted_at = $5, updated_at = $6,
			saved_at = $7, announced = $8, due_at = $9
		WHERE key = $10`,
		stored(a.Status), a.Revision, millis(a.PublishedAt), millis(a.UnpublishAt), millis(a.DeletedAt), a.UpdatedAt.UnixMilli(),
		db.now().UnixMilli(), next.announced, millis(next.dueAt), key)
	if err != nil {
		return err
	}
	for _, noun := range nouns {
		if err := tx.exec(ctx, "UPDATE article_"+noun+" SET published_at = $1 WHERE article_key = $2", listedAt(a), key); err != nil {
			return err
		}
	}
	return db.recordChange(ctx, tx, next, key)
}

func (db *DB) recordChange(ctx context.Context, tx *txn, next announcement, key int64) error {
	if next.kind == "" {
		return nil
	}
	return record(ctx, tx, next.kind, key, db.now())
}

// nouns are what articles are filed under.
var nouns = []string{"section", "author", "tag"}

// listedAt is the time under which links list an article; nil when they do not.
func listedAt(a *content.Article) *int64 {
	if stored(a.Status) != content.StatusPublished {
		return nil
	}
	return millis(a.PublishedAt)
}
