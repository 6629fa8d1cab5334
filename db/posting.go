package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"nutgraph/internal/content"
)

// Posting is a term by which an article is found as a candidate.
type Posting struct {
	Term   uint32
	Weight float64
}

// ArticlePosting is a posting of an article, at its place in time.
type ArticlePosting struct {
	Posting
	PublishedAt time.Time
	Article     int64
}

// insertPostings writes postings in the order of the table: the more of them
// fall on one page, the fewer pages are written.
func insertPostings(ctx context.Context, tx *txn, postings []ArticlePosting) error {
	slices.SortFunc(postings, func(a, b ArticlePosting) int {
		return cmp.Or(cmp.Compare(a.Term, b.Term), a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.Article, b.Article))
	})
	for some := range slices.Chunk(postings, rowsAtOnce) {
		args := make([]any, 0, 4*len(some))
		for i := range some {
			args = append(args, some[i].Term, some[i].PublishedAt.UnixMilli(), some[i].Article, some[i].Weight)
		}
		query := "INSERT INTO posting (term_id, published_at, article_key, weight) VALUES " + placeholders(len(some), 4) +
			" ON CONFLICT DO UPDATE SET weight = excluded.weight"
		if err := tx.exec(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}

// rowsAtOnce is how many rows one statement inserts: calling the driver costs
// more than a row.
const rowsAtOnce = 50

// placeholders are those of several rows.
func placeholders(rows, columns int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
	return strings.TrimSuffix(strings.Repeat(row+", ", rows), ", ")
}

// ReplacePostings writes all postings of the terms in a range, both ends among
// it, in one transaction. What was there of these terms before is gone.
func (db *DB) ReplacePostings(ctx context.Context, first, last uint32, postings []ArticlePosting) error {
	return db.tx(ctx, func(tx *txn) error {
		if err := tx.exec(ctx, `DELETE FROM posting WHERE term_id BETWEEN $1 AND $2`, first, last); err != nil {
			return err
		}
		return insertPostings(ctx, tx, postings)
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
				err := tx.exec(ctx, `DELETE FROM posting WHERE term_id = $1 AND published_at = $2 AND article_key = $3`,
					p.Term, p.PublishedAt.UnixMilli(), key)
				if err != nil {
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
		err := tx.exec(ctx, `DELETE FROM posting WHERE term_id = $1 AND published_at = $2 AND article_key = $3`,
			binary.LittleEndian.Uint32(packed), postedAt, article)
		if err != nil {
			return err
		}
	}
	return nil
}

// packTerms writes terms as analysis keeps them.
func packTerms(terms []uint32) []byte {
	packed := make([]byte, 0, 4*len(terms))
	for _, t := range terms {
		packed = binary.LittleEndian.AppendUint32(packed, t)
	}
	return packed
}

// Candidate is an article that has a term.
type Candidate struct {
	Key         int64
	PublishedAt time.Time
	Weight      float64 // of the term
}

// Place is where an article stands in time, among those of its language.
type Place struct {
	PublishedAt time.Time
	Article     int64
	Language    string // the primary subtag
}

// within moves the place to the nearest one inside of bounds, and returns it
// and the bounds as they are stored.
func (p Place) within(b content.Bounds) (at, since, until int64) {
	since, until = math.MinInt64, math.MaxInt64
	if b.Since != nil {
		since = b.Since.UnixMilli()
	}
	if b.Until != nil {
		until = b.Until.UnixMilli()
	}
	return max(since, min(p.PublishedAt.UnixMilli(), until)), since, until
}

// PostingsNear reads which articles published within bounds have a term: the
// window before and the window from a place in time on, the article itself
// among them.
func (db *DB) PostingsNear(ctx context.Context, term uint32, p Place, b content.Bounds, window int) ([]Candidate, error) {
	at, since, until := p.within(b)
	return collect(ctx, db, `
		SELECT * FROM (
			SELECT article_key, published_at, weight FROM posting
			WHERE term_id = $1 AND (published_at, article_key) < ($2, $3) AND published_at >= $5
			ORDER BY published_at DESC, article_key DESC
			LIMIT $4)
		UNION ALL
		SELECT * FROM (
			SELECT article_key, published_at, weight FROM posting
			WHERE term_id = $1 AND (published_at, article_key) >= ($2, $3) AND published_at <= $6
			ORDER BY published_at, article_key
			LIMIT $4)`, []any{term, at, p.Article, window, since, until}, func(scan scanner) (c Candidate, err error) {
		var published int64
		err = scan(&c.Key, &published, &c.Weight)
		c.PublishedAt = moment(published)
		return c, err
	})
}

// Choose returns those of some articles that readers may see and where selects,
// in the order they are given in.
func (db *DB) Choose(ctx context.Context, keys []int64, where *content.ArticleWhere) ([]int64, error) {
	s := &statement{known: true}
	conditions := append([]string{"a.key = k.value", s.visible(db.now())}, s.where(where)...)
	// CROSS JOIN keeps SQLite from reading all that where selects.
	query := "SELECT a.key FROM json_each(" + s.arg(toJSON(keys)) + ") k CROSS JOIN article a WHERE " + and(conditions) + " ORDER BY k.key"
	return collect(ctx, db, query, s.args, scanValue[int64])
}

// Nearest lists articles that readers may see and where selects: up to n before
// a place in time and up to n after it, in its language.
func (db *DB) Nearest(ctx context.Context, p Place, where *content.ArticleWhere, n int) ([]int64, error) {
	at, _, _ := p.within(where.Bounds())
	s := &statement{}
	conditions := append([]string{s.visible(db.now()), s.inLanguage(p.Language), "a.key <> " + s.arg(p.Article)}, s.where(where)...)
	place, limit := s.arg(at), s.arg(n)
	half := func(sign, direction string) string {
		return "SELECT * FROM (SELECT a.key FROM article a WHERE a.published_at " + sign + " " + place + " AND " + and(conditions) +
			" ORDER BY a.published_at " + direction + ", a.key " + direction + " LIMIT " + limit + ")"
	}
	return collect(ctx, db, half("<", "DESC")+" UNION ALL "+half(">=", "ASC"), s.args, scanValue[int64])
}

// inLanguage holds for articles of a language, whatever its region.
func (s *statement) inLanguage(primary string) string {
	l := s.arg(primary)
	return "(a.language = " + l + " OR a.language LIKE " + l + " || '-%')"
}
