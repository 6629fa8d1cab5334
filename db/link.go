package db

import "context"

// Link is an edge by the keys of its ends.
type Link struct {
	From, To int64
	Score    float64
}

// LinksFrom reads all edges that lead from articles, of whatever status.
func (db *DB) LinksFrom(ctx context.Context, keys []int64) ([]Link, error) {
	s := &statement{}
	return collect(ctx, db, `SELECT article_key, related_key, score FROM related WHERE article_key IN `+list(s, keys), s.args,
		func(scan scanner) (l Link, err error) { return l, scan(&l.From, &l.To, &l.Score) })
}
