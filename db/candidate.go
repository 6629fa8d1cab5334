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

// PostingsNear hands out which articles published within bounds have any of some
// terms, told by its place among them: for each term the window before and the
// window from a place in time on, the article itself among them.
func (db *DB) PostingsNear(ctx context.Context, terms []uint32, p Place, b content.Bounds, window int, take func(term int, c Candidate)) error {
	var near nearby
	near.place.at, near.since, near.until = p.within(b)
	near.place.article, near.window = p.Article, window
	return db.snapshot(ctx, func(v *viewer) error {
		for i, term := range terms {
			if err := near.read(ctx, v, term, func(e posted) { take(i, Candidate{e.article, moment(e.at), e.weight}) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// nearby is where in time postings are looked for.
type nearby struct {
	place        posted
	since, until int64
	window       int
	entries      []posted // of the block that is read
}

// read hands out the postings of a term, those next to the place first on either
// side.
func (n *nearby) read(ctx context.Context, v *viewer, term uint32, take func(posted)) error {
	before, after := n.window, n.window
	var beyond []posted // of the block that reaches over the place
	reaches := true
	backward := func() bool {
		i, _ := slices.BinarySearchFunc(n.entries, n.place, posted.compare)
		if reaches { // the first block alone
			beyond, reaches = slices.Clone(n.entries[i:]), false
		}
		for _, e := range slices.Backward(n.entries[:i]) {
			if e.at < n.since {
				return false
			}
			if take(e); before == 1 {
				return false
			}
			before--
		}
		return true
	}
	forward := func() bool {
		for _, e := range n.entries {
			if e.at > n.until {
				return false
			}
			if take(e); after == 1 {
				return false
			}
			after--
		}
		return true
	}
	if err := n.blocks(ctx, v, blocksUpTo, term, backward); err != nil {
		return err
	}
	if n.entries = append(n.entries[:0], beyond...); !forward() {
		return nil
	}
	return n.blocks(ctx, v, blocksAfter, term, forward)
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

// blocks reads blocks of a term, one after the other, until there is enough.
func (n *nearby) blocks(ctx context.Context, v *viewer, query string, term uint32, more func() bool) error {
	err := v.brief(ctx, query, []any{int64(term), n.place.at, n.place.article}, func(scan scanner) error {
		var first posted
		var packed []byte
		err := scan(&first.at, &first.article, &packed)
		if err == nil {
			n.entries, err = unpackEntries(n.entries[:0], first, packed)
		}
		if err == nil && !more() {
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
