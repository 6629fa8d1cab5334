package db

import (
	"context"
	"slices"

	"nutgraph/internal/content"
)

// What the machine does to an article is an event only if a webhook wants to
// hear of it: an import of an archive would make hundreds of thousands that
// nobody reads.

// observed runs do, which writes what the machine has made of some articles, and
// records an event for each of those that readers see and whose view differs
// afterwards. A view is a statement that returns a text for the article $1.
func (db *DB) observed(ctx context.Context, tx *txn, kind content.EventKind, view string, articles []int64, do func() error) error {
	wanted, err := isWanted(ctx, tx, kind)
	if err != nil {
		return err
	}
	if !wanted {
		return do()
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	before, err := views(ctx, tx, view, articles)
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := views(ctx, tx, view, articles)
	if err != nil {
		return err
	}
	for i, article := range articles {
		if before[i] == after[i] {
			continue
		}
		if err := db.recordSeen(ctx, tx, kind, article); err != nil {
			return err
		}
	}
	return nil
}

func isWanted(ctx context.Context, tx *txn, kind content.EventKind) (wanted bool, err error) {
	err = tx.row(ctx, `
		SELECT EXISTS (
			SELECT 1 FROM webhook w
			WHERE w.disabled_at IS NULL AND EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = $1))`, []any{kind}, &wanted)
	return wanted, err
}

func views(ctx context.Context, tx *txn, view string, articles []int64) ([]string, error) {
	all := make([]string, len(articles))
	for i, article := range articles {
		if err := tx.row(ctx, view, []any{article}, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// recordSeen records an event of an article, unless readers do not see it.
func (db *DB) recordSeen(ctx context.Context, tx *txn, kind content.EventKind, article int64) error {
	s := &statement{}
	var seen bool
	query := "SELECT COUNT(*) > 0 FROM article a WHERE a.key = " + s.arg(article) + " AND " + s.visible(db.now())
	if err := tx.row(ctx, query, s.args, &seen); err != nil || !seen {
		return err
	}
	return record(ctx, tx, kind, article, db.now())
}

// The views whose changes are events.
const (
	summaryView = `SELECT COALESCE(group_concat(text, char(10)), '') FROM (SELECT text FROM summary WHERE article_key = $1 ORDER BY length, origin)`
	relatedView = `SELECT COALESCE(group_concat(related_key), '') FROM (SELECT related_key FROM related WHERE article_key = $1 ORDER BY score DESC, related_key)`
)
