package db

import (
	"context"
	"fmt"
	"strings"

	"nutgraph/internal/content"
)

// Create makes one of them; Conflict when its slug is taken.
func (t Taxonomy[T]) Create(ctx context.Context, c content.Entry) (T, error) {
	return t.write(ctx, func(tx *txn) (int64, error) {
		parent, path, err := t.below(ctx, tx, c.Parent)
		if err != nil {
			return 0, err
		}
		slug := path + c.Slug
		if err := t.checkFree(ctx, tx, slug, 0); err != nil {
			return 0, err
		}
		query, args := "INSERT INTO "+t.noun+" (id, slug, name) VALUES ($1, $2, $3) RETURNING key", []any{content.NewID(t.prefix), slug, c.Name}
		if t.nested {
			query, args = "INSERT INTO "+t.noun+" (id, slug, name, parent_key) VALUES ($1, $2, $3, $4) RETURNING key", append(args, parent)
		}
		var key int64
		return key, tx.row(ctx, query, args, &key)
	})
}

// Update gives one of them another name, another slug, or both: what is empty
// stays. What is found under the old slug, or filed by the name that made it,
// stays so.
func (t Taxonomy[T]) Update(ctx context.Context, id content.ID, c content.Entry) (T, error) {
	return t.write(ctx, func(tx *txn) (int64, error) {
		old, err := t.find(ctx, tx, "id", id)
		if err != nil {
			return 0, err
		}
		if c.Name != "" {
			if err := t.rename(ctx, tx, old, c.Name); err != nil {
				return 0, err
			}
		}
		if c.Slug == "" {
			return old.key, nil
		}
		return old.key, t.move(ctx, tx, old, old.path()+c.Slug)
	})
}

// rename gives one of them another name. Whoever files an article by that name
// means this one, though its slug is another.
func (t Taxonomy[T]) rename(ctx context.Context, tx *txn, old entry, name string) error {
	if err := tx.exec(ctx, "UPDATE "+t.noun+" SET name = $1 WHERE key = $2", name, old.key); err != nil {
		return err
	}
	if made := content.Slugify(name); made != "" {
		if err := remember(ctx, tx, t.noun, old.path()+made, old.key); err != nil {
			return err
		}
	}
	return t.reanalyse(ctx, tx, old.key)
}

// move gives one of them another slug, and a section those below it too. All of
// the old ones lead to them still.
func (t Taxonomy[T]) move(ctx context.Context, tx *txn, old entry, slug string) error {
	if slug == old.slug {
		return nil
	}
	if err := t.checkFree(ctx, tx, slug, old.key); err != nil {
		return err
	}
	if err := tx.exec(ctx, `
		INSERT INTO former_slug (noun, slug, key)
		SELECT $1, slug, key FROM `+t.noun+` WHERE slug = $2 OR SUBSTR(slug, 1, LENGTH($2) + 1) = $2 || '/'
		ON CONFLICT (noun, slug) DO UPDATE SET key = excluded.key`, t.noun, old.slug); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE `+t.noun+` SET slug = $1 || SUBSTR(slug, LENGTH($2) + 1) WHERE slug = $2 OR SUBSTR(slug, 1, LENGTH($2) + 1) = $2 || '/'`,
		slug, old.slug)
}

// Merge files what is filed under some of them under another one, and removes
// them. Their slugs lead to it from then on.
func (t Taxonomy[T]) Merge(ctx context.Context, from []content.ID, into content.ID) (T, error) {
	return t.write(ctx, func(tx *txn) (int64, error) {
		to, err := t.find(ctx, tx, "into", into)
		if err != nil {
			return 0, err
		}
		for _, id := range from {
			old, err := t.find(ctx, tx, "from", id)
			if err != nil {
				return 0, err
			}
			if old.key == to.key {
				return 0, content.FieldErrorf("from", "names the %s that the others are merged into", t.noun)
			}
			if err := t.absorb(ctx, tx, old, to); err != nil {
				return 0, err
			}
		}
		return to.key, nil
	})
}

func (t Taxonomy[T]) absorb(ctx context.Context, tx *txn, old, to entry) error {
	if err := t.reanalyse(ctx, tx, old.key); err != nil {
		return err
	}
	refile := t.refile
	if t.nested {
		refile = t.refileSection
	}
	if err := refile(ctx, tx, old.key, &to.key); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE former_slug SET key = $1 WHERE noun = $2 AND key = $3`, to.key, t.noun, old.key); err != nil {
		return err
	}
	if err := remember(ctx, tx, t.noun, old.slug, to.key); err != nil {
		return err
	}
	return tx.exec(ctx, "DELETE FROM "+t.noun+" WHERE key = $1", old.key)
}

// refile files articles under another one, where they are not already, or under
// none.
func (t Taxonomy[T]) refile(ctx context.Context, tx *txn, from int64, to *int64) error {
	if to != nil {
		err := tx.exec(ctx, `
			UPDATE `+t.links()+` AS l SET `+t.foreignKey()+` = $1
			WHERE l.`+t.foreignKey()+` = $2 AND NOT EXISTS (
				SELECT 1 FROM `+t.links()+` o WHERE o.article_key = l.article_key AND o.`+t.foreignKey()+` = $1)`, *to, from)
		if err != nil {
			return err
		}
	}
	return tx.exec(ctx, "DELETE FROM "+t.links()+" WHERE "+t.foreignKey()+" = $1", from)
}

// refileSection moves articles into another section, and so below those above
// it. Sections below the old one must be merged before.
func (t Taxonomy[T]) refileSection(ctx context.Context, tx *txn, from int64, to *int64) error {
	var parent bool
	if err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM section WHERE parent_key = $1)`, []any{from}, &parent); err != nil {
		return err
	}
	if parent {
		return content.Errorf(content.Conflict, "there are sections below it; merge or delete those first")
	}
	if err := tx.exec(ctx, `DELETE FROM article_section WHERE article_key IN (SELECT key FROM article WHERE section_key = $1)`, from); err != nil {
		return err
	}
	err := tx.exec(ctx, `
		INSERT INTO article_section (article_key, position, section_key, published_at)
		WITH RECURSIVE path (key, parent_key, height) AS (
			SELECT key, parent_key, 0 FROM section WHERE key = $2
			UNION ALL
			SELECT s.key, s.parent_key, path.height + 1 FROM section s JOIN path ON s.key = path.parent_key)
		SELECT a.key, (SELECT MAX(height) FROM path) - path.height, path.key, CASE a.status WHEN 'PUBLISHED' THEN a.published_at END
		FROM article a, path
		WHERE a.section_key = $1`, from, to)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE article SET section_key = $1 WHERE section_key = $2`, to, from)
}

// Delete removes one of them. Articles stay: those of a section stand in the one
// above it then.
func (t Taxonomy[T]) Delete(ctx context.Context, id content.ID) error {
	return t.db.tx(ctx, func(tx *txn) error {
		old, err := t.find(ctx, tx, "id", id)
		if err != nil {
			return err
		}
		if err := t.reanalyse(ctx, tx, old.key); err != nil {
			return err
		}
		if t.nested {
			err = t.refileSection(ctx, tx, old.key, old.parent)
		} else {
			err = t.refile(ctx, tx, old.key, nil)
		}
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `DELETE FROM former_slug WHERE noun = $1 AND key = $2`, t.noun, old.key); err != nil {
			return err
		}
		return tx.exec(ctx, "DELETE FROM "+t.noun+" WHERE key = $1", old.key)
	})
}

// reanalyse makes the articles filed under one of them wait: what they are
// filed under is part of what relates them, and of what finds them.
func (t Taxonomy[T]) reanalyse(ctx context.Context, tx *txn, key int64) error {
	articles := `SELECT article_key FROM ` + t.links() + ` WHERE ` + t.foreignKey() + ` = $1`
	if err := tx.exec(ctx, `INSERT INTO waiting (article_key) `+articles+` ON CONFLICT DO NOTHING`, key); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE analysis SET revision = -1 WHERE article_key IN (`+articles+`)`, key)
}

// entry is one of them, to be changed.
type entry struct {
	key    int64
	slug   string
	parent *int64
}

// path is what the slug of a section starts with.
func (e *entry) path() string { return e.slug[:strings.LastIndexByte(e.slug, '/')+1] }

func (t Taxonomy[T]) find(ctx context.Context, tx *txn, field string, id content.ID) (entry, error) {
	parent := "NULL"
	if t.nested {
		parent = "parent_key"
	}
	var e entry
	err := tx.row(ctx, "SELECT key, slug, "+parent+" FROM "+t.noun+" WHERE id = $1", []any{id}, &e.key, &e.slug, &e.parent)
	if isNone(err) {
		return e, &content.Error{Code: content.NotFound, Field: field, Message: fmt.Sprintf("there is no %s %q", t.noun, id)}
	}
	return e, err
}

// below is the section to stand in, and the path to it.
func (t Taxonomy[T]) below(ctx context.Context, tx *txn, parent *content.ID) (key *int64, path string, err error) {
	if parent == nil {
		return nil, "", nil
	}
	above, err := t.find(ctx, tx, "parent", *parent)
	return &above.key, above.slug + "/", err
}

func (t Taxonomy[T]) checkFree(ctx context.Context, tx *txn, slug string, key int64) error {
	var taken bool
	err := tx.row(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.noun+" WHERE slug = $1 AND key <> $2)", []any{slug, key}, &taken)
	if err == nil && taken {
		return &content.Error{Code: content.Conflict, Field: "slug", Message: fmt.Sprintf("%q is taken by another %s; choose another, or merge the two", slug, t.noun)}
	}
	return err
}

// write makes a change and returns what it has made.
func (t Taxonomy[T]) write(ctx context.Context, do func(*txn) (key int64, err error)) (T, error) {
	var written T
	err := t.db.tx(ctx, func(tx *txn) error {
		key, err := do(tx)
		if err != nil {
			return err
		}
		written, err = txOne(ctx, tx, "SELECT "+t.columns+" FROM "+t.noun+" n WHERE n.key = $1", []any{key}, t.scan)
		return err
	})
	return written, err
}
