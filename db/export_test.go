package db

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// Hurry makes Work look for jobs all the time, and try again at once what has
// failed.
func (db *DB) Hurry() { db.pace = pace{poll: 20 * time.Millisecond, retry: atOnce{}} }

type atOnce struct{}

// NextRetry implements river.ClientRetryPolicy.
func (atOnce) NextRetry(*rivertype.JobRow) time.Time { return time.Now() }

// Prepared lists the statements that the reading methods have run so far: those
// that the archive keeps prepared.
func (db *DB) Prepared() []string { return db.read.statements() }

var placeholder = regexp.MustCompile(`\$(\d+)`)

// Explain lists the steps in which SQLite would run a statement.
func (db *DB) Explain(ctx context.Context, query string) ([]string, error) {
	var args []any
	for _, match := range placeholder.FindAllStringSubmatch(query, -1) {
		n, err := strconv.Atoi(match[1])
		if err != nil {
			return nil, err
		}
		for len(args) < n {
			args = append(args, nil)
		}
	}
	var steps []string
	err := db.read.use(ctx, func(r *reader) error {
		defer r.forget() // the statement about a statement
		return r.query(ctx, "EXPLAIN QUERY PLAN "+query, args, func(scan scanner) error {
			var id, parent, unused int
			var step string
			err := scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		})
	})
	return steps, err
}

// statements lists what is prepared on any of the connections.
func (p *readers) statements() []string {
	all := map[string]bool{}
	for range p.all {
		r := <-p.idle
		for query := range r.prepared {
			all[query] = true
		}
		p.idle <- r
	}
	return slices.Sorted(maps.Keys(all))
}

// InsertPostings adds postings, as linking an article does.
func (db *DB) InsertPostings(ctx context.Context, postings []ArticlePosting) error {
	return db.tx(ctx, func(tx *txn) error { return insertPostings(ctx, tx, postings) })
}

// DeletePosting removes a posting, as an article does that is edited.
func (db *DB) DeletePosting(ctx context.Context, p ArticlePosting) error {
	return db.tx(ctx, func(tx *txn) error { return deletePosting(ctx, tx, p.Term, p.entry()) })
}
