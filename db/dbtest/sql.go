package dbtest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"nutgraph/internal/content"
)

// Exec does to the archive at path what no method of db does.
func Exec(tb testing.TB, path, statement string, args ...any) {
	tb.Helper()
	if _, err := connect(tb, path).ExecContext(tb.Context(), statement, args...); err != nil {
		tb.Fatalf("%s: %v", statement, err)
	}
}

// Rows reads the archive at path beside its methods: one text for each row, the
// columns joined by bars.
func Rows(tb testing.TB, path, query string, args ...any) []string {
	tb.Helper()
	rows, err := connect(tb, path).QueryContext(tb.Context(), query, args...)
	if err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(any)
	}
	var all []string
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			tb.Fatalf("%s: %v", query, err)
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = fmt.Sprint(*v.(*any))
		}
		all = append(all, strings.Join(texts, "|"))
	}
	if err := rows.Err(); err != nil {
		tb.Fatalf("%s: %v", query, err)
	}
	return all
}

// Withdraw takes an article back, as an editor does.
func Withdraw(tb testing.TB, path string, id content.ID) {
	tb.Helper()
	Exec(tb, path, `UPDATE article SET status = 'WITHDRAWN', revision = revision + 1, draft_hash = x'' WHERE id = $1`, id)
}

func connect(tb testing.TB, path string) *sql.DB {
	tb.Helper()
	pool, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		tb.Fatalf("open %s: %v", path, err)
	}
	tb.Cleanup(func() { _ = pool.Close() })
	return pool
}
