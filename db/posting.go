package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"time"
)

// Posting is a term by which an article is found as a candidate.
type Posting struct {
	Term   uint32
	Weight float32
}

// ArticlePosting is a posting of an article, at its place in time.
type ArticlePosting struct {
	Posting
	PublishedAt time.Time
	Article     int64
}

func (p *ArticlePosting) entry() posted {
	return posted{p.PublishedAt.UnixMilli(), p.Article, p.Weight}
}

// byTerm yields postings, sorted by term, as the entries of each term in their order.
func byTerm(postings []ArticlePosting) iter.Seq2[uint32, []posted] {
	slices.SortFunc(postings, func(a, b ArticlePosting) int {
		return cmp.Or(cmp.Compare(a.Term, b.Term), a.entry().compare(b.entry()))
	})
	return func(yield func(uint32, []posted) bool) {
		var entries []posted
		for i := range postings {
			entries = append(entries, postings[i].entry())
			if i+1 < len(postings) && postings[i+1].Term == postings[i].Term {
				continue
			}
			if !yield(postings[i].Term, entries) {
				return
			}
			entries = entries[:0]
		}
	}
}

// insertPostings adds postings to the blocks in which they belong.
func insertPostings(ctx context.Context, tx *txn, postings []ArticlePosting) error {
	blocks := blockWriter{tx: tx}
	for term, entries := range byTerm(postings) {
		for len(entries) > 0 {
			around, err := blocksAround(ctx, tx, term, entries[0])
			if err != nil {
				return err
			}
			n := around.room(entries)
			if err := blocks.replace(ctx, term, around.own, merged(around.own, entries[:n])); err != nil {
				return err
			}
			entries = entries[n:]
		}
	}
	return blocks.flush(ctx)
}

// ReplacePostings writes all postings of the terms in a range, both ends among
// it, in one transaction. What was there of these terms before is gone.
func (db *DB) ReplacePostings(ctx context.Context, first, last uint32, postings []ArticlePosting) error {
	return db.tx(ctx, func(tx *txn) error {
		if err := tx.exec(ctx, `DELETE FROM posting WHERE term_id BETWEEN $1 AND $2`, first, last); err != nil {
			return err
		}
		blocks := blockWriter{tx: tx}
		for term, entries := range byTerm(postings) {
			for some := range slices.Chunk(entries, blockFill) {
				if err := blocks.add(ctx, term, some); err != nil {
					return err
				}
			}
		}
		return blocks.flush(ctx)
	})
}

// FinishPostings notes that all postings have been replaced, by those of
// articles at certain revisions. An article that has changed or gone since
// then loses them, and what is there and has none waits to be linked.
func (db *DB) FinishPostings(ctx context.Context, version string, revisions map[int64]int, postings func(article int64) []ArticlePosting) error {
	return db.tx(ctx, func(tx *txn) error {
		current, err := revisionsOf(ctx, tx, version)
		if err != nil {
			return err
		}
		for key, revision := range revisions {
			if current[key] == revision {
				delete(current, key)
				continue
			}
			for _, p := range postings(key) {
				if err := deletePosting(ctx, tx, p.Term, p.entry()); err != nil {
					return err
				}
			}
		}
		for key := range current {
			if err := tx.exec(ctx, `UPDATE analysis SET edges = 'NEW' WHERE article_key = $1`, key); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `UPDATE model SET posted = 1`)
	})
}

// revisionsOf reads the revisions of all articles analysed by a version that
// have a profile.
func revisionsOf(ctx context.Context, tx *txn, version string) (map[int64]int, error) {
	rows, err := tx.QueryContext(ctx, `SELECT article_key, revision FROM analysis WHERE LENGTH(profile) > 0 AND +version = $1`, version)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	revisions := map[int64]int{}
	for rows.Next() {
		var key int64
		var revision int
		if err := rows.Scan(&key, &revision); err != nil {
			return nil, err
		}
		revisions[key] = revision
	}
	return revisions, rows.Err()
}

// deletePostings removes the postings of an article, all of which its analysis
// lists.
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
		if err := deletePosting(ctx, tx, binary.LittleEndian.Uint32(packed), posted{at: postedAt, article: article}); err != nil {
			return err
		}
	}
	return nil
}

// deletePosting removes the posting of a term at a place, if there is one.
func deletePosting(ctx context.Context, tx *txn, term uint32, at posted) error {
	around, err := blocksAround(ctx, tx, term, at)
	if err != nil {
		return err
	}
	i, found := slices.BinarySearchFunc(around.own, at, posted.compare)
	if !found {
		return nil
	}
	blocks := blockWriter{tx: tx}
	if err := blocks.replace(ctx, term, around.own, slices.Concat(around.own[:i], around.own[i+1:])); err != nil {
		return err
	}
	return blocks.flush(ctx)
}

// packTerms writes terms as analysis keeps them.
func packTerms(terms []uint32) []byte {
	packed := make([]byte, 0, 4*len(terms))
	for _, t := range terms {
		packed = binary.LittleEndian.AppendUint32(packed, t)
	}
	return packed
}
