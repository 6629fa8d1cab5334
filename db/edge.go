package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"nutgraph/internal/content"
)

// MaxEdges is how many automatic edges are kept of one article.
const MaxEdges = 20

// Edges are what the machine links one article to.
type Edges struct {
	Key         int64
	Revision    int       // of the article whose profile they were drawn from
	PublishedAt time.Time // likewise
	Place       []byte    // of it, in the model
	Postings    []Posting // none when ReplacePostings has written them
	To          []EdgeTo  // at most MaxEdges

	// Entered are edges whose other ends get it into their lists, where it is
	// strong enough. It is not needed when those are drawn as well.
	Entered []EdgeTo
}

// touched are the articles whose lists the edges may change.
func (e *Edges) touched() []int64 {
	keys := []int64{e.Key}
	for _, to := range e.Entered {
		keys = append(keys, to.Key)
	}
	return keys
}

// EdgeTo is an edge to another article.
type EdgeTo struct {
	Key     int64            `json:"key"`
	Score   float64          `json:"score"`
	Reasons []content.Reason `json:"reasons"`
}

// EdgeState says why the edges of an article are to be drawn.
type EdgeState struct {
	Key     int64
	Rebuild bool // because all are; else because the article is new
}

// WaitingForEdges lists the articles analysed by a version whose edges are to be
// drawn.
func (db *DB) WaitingForEdges(ctx context.Context, version string) ([]EdgeState, error) {
	return collect(ctx, db, `
		SELECT article_key, edges = 'REBUILD' FROM analysis
		WHERE edges <> 'DONE' AND +version = $1
		ORDER BY article_key`, []any{version},
		func(scan scanner) (e EdgeState, err error) { return e, scan(&e.Key, &e.Rebuild) })
}

// CountProfiles counts the articles that can have edges, analysed by a version.
func (db *DB) CountProfiles(ctx context.Context, version string) (int, error) {
	return one(ctx, db, `SELECT COUNT(*) FROM analysis WHERE version = $1 AND (LENGTH(profile) > 0) = TRUE`, []any{version}, scanValue[int])
}

// SaveEdges replaces the automatic edges of some articles in one transaction.
// An article that has been analysed anew since is passed over: it is waiting.
func (db *DB) SaveEdges(ctx context.Context, edges []Edges) error {
	return db.tx(ctx, func(tx *txn) error {
		var postings []ArticlePosting
		for i := range edges {
			e := &edges[i]
			current, err := isLinkable(ctx, tx, e)
			if err != nil {
				return err
			}
			if !current {
				continue
			}
			err = db.observed(ctx, tx, content.RelatedChanged, relatedView, e.touched(), func() error { return saveEdges(ctx, tx, e) })
			if err != nil {
				return fmt.Errorf("save the edges of article %d: %w", e.Key, err)
			}
			for _, p := range e.Postings {
				postings = append(postings, ArticlePosting{p, e.PublishedAt, e.Key})
			}
		}
		return insertPostings(ctx, tx, postings)
	})
}

func isLinkable(ctx context.Context, tx *txn, e *Edges) (current bool, err error) {
	err = tx.row(ctx, `SELECT revision = $1 FROM analysis WHERE article_key = $2`, []any{e.Revision, e.Key}, &current)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return current, err
}

func saveEdges(ctx context.Context, tx *txn, e *Edges) error {
	if err := tx.exec(ctx, `DELETE FROM related WHERE article_key = $1 AND origin = 'AUTOMATIC'`, e.Key); err != nil {
		return err
	}
	if err := insertEdges(ctx, tx, e.Key, e.To); err != nil {
		return err
	}
	// Another edge that enters the list later leaves least as it is: then it lets in
	// what enter refuses.
	err := tx.exec(ctx, `UPDATE analysis SET edges = 'DONE', place = $2, least = $3 WHERE article_key = $1`, e.Key, notNil(e.Place), least(e.To))
	if err != nil {
		return err
	}
	for _, to := range e.Entered {
		if err := enter(ctx, tx, to.Key, EdgeTo{e.Key, to.Score, to.Reasons}); err != nil {
			return err
		}
	}
	return nil
}

// least is the score that an edge must have to enter a list: 0 while there is room.
func least(edges []EdgeTo) float64 {
	if len(edges) < MaxEdges {
		return 0
	}
	return edges[len(edges)-1].Score
}

// insertEdges writes the edges of an article. A pinned one to the same article
// stays.
func insertEdges(ctx context.Context, tx *txn, from int64, edges []EdgeTo) error {
	if len(edges) == 0 {
		return nil
	}
	args := make([]any, 0, 5*len(edges))
	for _, to := range edges {
		args = append(args, from, to.Key, to.Score, content.Automatic, toJSON(to.Reasons))
	}
	return tx.exec(ctx, "INSERT INTO related (article_key, related_key, score, origin, reasons) VALUES "+placeholders(len(edges), 5)+
		" ON CONFLICT (article_key, related_key) DO UPDATE SET score = excluded.score, reasons = excluded.reasons", args...)
}

// enter puts an edge into the list of an article, if it is among the strongest
// MaxEdges; the weakest leaves it then.
func enter(ctx context.Context, tx *txn, from int64, to EdgeTo) error {
	var weakest float64
	var full bool
	err := tx.row(ctx, `
		SELECT COALESCE(MIN(score), 0), COUNT(*) >= $1
		FROM related
		WHERE article_key = $2 AND origin = 'AUTOMATIC' AND related_key <> $3`, []any{MaxEdges, from, to.Key}, &weakest, &full)
	if err != nil || full && to.Score < weakest {
		return err
	}
	if err := insertEdges(ctx, tx, from, []EdgeTo{to}); err != nil {
		return err
	}
	return tx.exec(ctx, `
		DELETE FROM related
		WHERE article_key = $1 AND origin = 'AUTOMATIC' AND related_key NOT IN (
			SELECT related_key FROM related
			WHERE article_key = $1 AND origin = 'AUTOMATIC'
			ORDER BY score DESC, related_key
			LIMIT $2)`, from, MaxEdges)
}
