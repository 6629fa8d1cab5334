package db

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"nutgraph/internal/content"
)

// Candidate is an article that has a term.
type Candidate struct {
	Key         int64
	PublishedAt time.Time
	Weight      float32 // of the term
}

func (e posted) candidate() Candidate { return Candidate{e.article, moment(e.at), e.weight} }

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

// PostingsNear hands out which articles published within bounds have a term: the
// window before and the window from a place in time on, the article itself among
// them, those next to the place first on either side.
func (db *DB) PostingsNear(ctx context.Context, term uint32, p Place, b content.Bounds, window int, take func(Candidate)) error {
	at, since, until := p.within(b)
	place := posted{at: at, article: p.Article}
	before, after := window, window
	var block []posted
	err := db.blocks(ctx, blocksUpTo, term, place, func(entries []posted) bool {
		i, _ := slices.BinarySearchFunc(entries, place, posted.compare)
		if block == nil { // the one that may reach beyond the place
			block = slices.Clone(entries[i:])
		}
		for _, e := range slices.Backward(entries[:i]) {
			if before == 0 || e.at < since {
				return false
			}
			take(e.candidate())
			before--
		}
		return before > 0
	})
	if err != nil {
		return err
	}
	forward := func(entries []posted) bool {
		for _, e := range entries {
			if after == 0 || e.at > until {
				return false
			}
			take(e.candidate())
			after--
		}
		return after > 0
	}
	if !forward(block) {
		return nil
	}
	return db.blocks(ctx, blocksAfter, term, place, forward)
}

// What reads the blocks of a term from a place on, in either direction.
const (
	blocksUpTo = `
		SELECT first_at, first_article, entries FROM posting
		WHERE term_id = $1 AND (first_at, first_article) <= ($2, $3)
		ORDER BY first_at DESC, first_article DESC`
	blocksAfter = `
		SELECT first_at, first_article, entries FROM posting
		WHERE term_id = $1 AND (first_at, first_article) > ($2, $3)
		ORDER BY first_at, first_article`
)

// errEnough ends the reading of rows.
var errEnough = errors.New("enough")

// blocks reads blocks of a term until take has enough.
func (db *DB) blocks(ctx context.Context, query string, term uint32, place posted, take func([]posted) bool) error {
	var entries []posted
	err := db.query(ctx, query, []any{term, place.at, place.article}, func(scan scanner) error {
		var first posted
		var packed []byte
		err := scan(&first.at, &first.article, &packed)
		if err == nil {
			entries, err = unpackEntries(entries[:0], first, packed)
		}
		if err == nil && !take(entries) {
			err = errEnough
		}
		return err
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
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
