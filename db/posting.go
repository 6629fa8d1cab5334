package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
	"time"
)

// Posting is a term by which an article is found as a candidate.
type Posting struct {
	Term   uint32
	Weight float64
}

// placed is a posting of an article.
type placed struct {
	Posting
	publishedAt int64
	article     int64
}

// insertPostings writes the postings of a batch of articles in the order of the
// table: the more of them fall on one page, the fewer pages are written.
func insertPostings(ctx context.Context, tx *txn, postings []placed) error {
	slices.SortFunc(postings, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Term, b.Term), cmp.Compare(a.publishedAt, b.publishedAt), cmp.Compare(a.article, b.article))
	})
	for _, p := range postings {
		err := tx.exec(ctx, `INSERT INTO posting (term_id, published_at, article_key, weight) VALUES ($1, $2, $3, $4)`,
			p.Term, p.publishedAt, p.article, p.Weight)
		if err != nil {
			return err
		}
	}
	return nil
}

// deletePostings removes the postings of an article that its analysis lists.
func deletePostings(ctx context.Context, tx *txn, article int64) error {
	var packed []byte
	var postedAt int64
	err := tx.row(ctx, `SELECT postings, posted_at FROM analysis WHERE article_key = $1`, []any{article}, &packed, &postedAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for ; len(packed) >= 4; packed = packed[4:] {
		err := tx.exec(ctx, `DELETE FROM posting WHERE term_id = $1 AND published_at = $2 AND article_key = $3`,
			binary.LittleEndian.Uint32(packed), postedAt, article)
		if err != nil {
			return err
		}
	}
	return nil
}

// packTerms writes the terms of postings as analysis keeps them.
func packTerms(postings []Posting) []byte {
	packed := make([]byte, 0, 4*len(postings))
	for _, p := range postings {
		packed = binary.LittleEndian.AppendUint32(packed, p.Term)
	}
	return packed
}

// Candidate is an article that has a term.
type Candidate struct {
	Key         int64
	PublishedAt time.Time
	Weight      float64 // of the term
}

// PostingsNear reads which articles have a term: the window before and the
// window from a place in time on, the article itself among them.
func (db *DB) PostingsNear(ctx context.Context, term uint32, publishedAt time.Time, article int64, window int) ([]Candidate, error) {
	return collect(ctx, db, `
		SELECT * FROM (
			SELECT article_key, published_at, weight FROM posting
			WHERE term_id = $1 AND (published_at, article_key) < ($2, $3)
			ORDER BY published_at DESC, article_key DESC
			LIMIT $4)
		UNION ALL
		SELECT * FROM (
			SELECT article_key, published_at, weight FROM posting
			WHERE term_id = $1 AND (published_at, article_key) >= ($2, $3)
			ORDER BY published_at, article_key
			LIMIT $4)`, []any{term, publishedAt.UnixMilli(), article, window}, func(scan scanner) (c Candidate, err error) {
		var published int64
		err = scan(&c.Key, &published, &c.Weight)
		c.PublishedAt = moment(published)
		return c, err
	})
}
