package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
)

// Posting is a term by which an article is found as a candidate.
type Posting struct {
	Term   uint32
	Weight float64
}

// placed is a posting of an article.
type placed struct {
	Posting
	article int64
}

// insertPostings writes the postings of a batch of articles in the order of the
// table: the more of them fall on one page, the fewer pages are written.
func insertPostings(ctx context.Context, tx *txn, postings []placed) error {
	slices.SortFunc(postings, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.Term, b.Term), cmp.Compare(a.article, b.article))
	})
	for _, p := range postings {
		err := tx.exec(ctx, `INSERT INTO posting (term_id, article_key, weight) VALUES ($1, $2, $3)`, p.Term, p.article, p.Weight)
		if err != nil {
			return err
		}
	}
	return nil
}

// deletePostings removes the postings of an article that its analysis lists.
func deletePostings(ctx context.Context, tx *txn, article int64) error {
	var packed []byte
	err := tx.row(ctx, `SELECT postings FROM analysis WHERE article_key = $1`, []any{article}, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	for ; len(packed) >= 4; packed = packed[4:] {
		err := tx.exec(ctx, `DELETE FROM posting WHERE term_id = $1 AND article_key = $2`, binary.LittleEndian.Uint32(packed), article)
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
