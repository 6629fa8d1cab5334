package db

import (
	"context"

	"nutgraph/internal/content"
)

// Previous finds, for each article that readers may see, the one published just before it among
// those that where selects.
func (db *DB) Previous(ctx context.Context, articles []content.ID, where *content.ArticleWhere) (map[content.ID]content.Article, error) {
	return db.neighbours(ctx, articles, where, "<", "DESC")
}

// Next finds, for each article that readers may see, the one published just after it among those
// that where selects.
func (db *DB) Next(ctx context.Context, articles []content.ID, where *content.ArticleWhere) (map[content.ID]content.Article, error) {
	return db.neighbours(ctx, articles, where, ">", "ASC")
}

func (db *DB) neighbours(ctx context.Context, articles []content.ID, where *content.ArticleWhere, sign, direction string) (map[content.ID]content.Article, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	s := &statement{}
	conditions := append([]string{s.visible(db.now())}, s.where(where)...)
	query := `
		SELECT p.id, ` + articleColumns + `
		FROM article p
		JOIN article a ON a.key = (
			SELECT a.key FROM article a
			WHERE (a.published_at, a.key) ` + sign + ` (p.published_at, p.key) AND ` + and(conditions) + `
			ORDER BY a.published_at ` + direction + `, a.key ` + direction + `
			LIMIT 1)
		WHERE p.id IN ` + list(s, articles) + ` AND ` + s.inSightAs(ctx, "p", db.now())
	return collectMap(ctx, db, query, s.args, func(scan scanner) (id content.ID, a content.Article, err error) {
		a, err = db.scanArticle(func(dest ...any) error { return scan(append([]any{&id}, dest...)...) })
		return id, a, err
	})
}
