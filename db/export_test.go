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
func (db *DB) Prepared() []string {
	db.mu.Lock()
	defer db.mu.Unlock()
	return slices.Sorted(maps.Keys(db.prepared))
}

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
	rows, err := db.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, rows.Err()
}
