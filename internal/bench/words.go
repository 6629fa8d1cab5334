package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
)

// indexed makes the full-text index that the server written by hand searches,
// in a file beside the archive, when it is not there, and returns its name. It is
// what SQLite brings: FTS5, at its best when all is merged into one.
func indexed(ctx context.Context, archive string) (string, error) {
	path := archive + ".words"
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	pool, err := sql.Open("sqlite", "file:"+partial+"?_pragma=synchronous(OFF)")
	if err != nil {
		return "", err
	}
	pool.SetMaxOpenConns(1)
	for _, statement := range []string{
		`ATTACH '` + archive + `' AS archive`,
		`CREATE VIRTUAL TABLE article_search USING fts5 (
			title, standfirst, tags, authors, body,
			content = '', tokenize = 'unicode61 remove_diacritics 2'
		)`,
		`INSERT INTO article_search (rowid, title, standfirst, tags, authors, body)
			SELECT a.key, a.title, a.standfirst,
				(SELECT group_concat(n.name, ' ') FROM archive.article_tag l JOIN archive.tag n ON n.key = l.tag_key WHERE l.article_key = a.key),
				(SELECT group_concat(n.name, ' ') FROM archive.article_author l JOIN archive.author n ON n.key = l.author_key WHERE l.article_key = a.key),
				b.text
			FROM archive.article a JOIN archive.body b ON b.article_key = a.key`,
		`INSERT INTO article_search (article_search) VALUES ('optimize')`,
	} {
		if _, err := pool.ExecContext(ctx, statement); err != nil {
			return "", errors.Join(err, pool.Close())
		}
	}
	if err := pool.Close(); err != nil {
		return "", err
	}
	return path, os.Rename(partial, path)
}
