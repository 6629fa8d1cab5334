package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"nutgraph/db/dbtest"
)

// TestKill kills an import twenty times at random moments, completes it, and
// wants the archive of an import that nobody disturbed: the same articles, the
// same summaries, the same edges.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes twenty imports")
	}
	t.Parallel()
	folder := t.TempDir()
	source := filepath.Join(folder, "articles.jsonl")
	writeArticles(t, source, 1200)

	whole := filepath.Join(folder, "whole.db")
	start := time.Now()
	mustImport(t, whole, source)
	took := time.Since(start)

	killed := filepath.Join(folder, "killed.db")
	random := rand.New(rand.NewPCG(1, 2))
	kills := 0
	for range 20 {
		// The import goes on where it was, so short runs reach every stage.
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond+time.Duration(random.Int64N(int64(took/6))))
		if err := exec.CommandContext(ctx, "nutgraph", "import", "--db", killed, source).Run(); err != nil {
			kills++ // CommandContext kills with SIGKILL
		}
		cancel()
		checkIntegrity(t, killed)
	}
	t.Logf("an undisturbed import took %v; %d of 20 runs were killed", took, kills)
	if kills < 3 {
		t.Errorf("only %d of 20 runs were killed before they were done; the test shows little", kills)
	}
	mustImport(t, killed, source)
	if diff := cmp.Diff(contentOf(t, whole), contentOf(t, killed)); diff != "" {
		t.Errorf("the archive differs from that of an undisturbed import (-undisturbed +killed):\n%s", diff)
	}
}

func mustImport(t *testing.T, db, source string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "nutgraph", "import", "--db", db, source).CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
}

// writeArticles makes articles of a small vocabulary, so that they have much to
// do with each other.
func writeArticles(t *testing.T, file string, n int) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("harbour wall ferry council storm lamp pilot auction crew tide engine quay mayor vote boat cable bridge tower crane island")
	sentence := func(topic int) string {
		var s []string
		for range 9 {
			s = append(s, words[random.IntN(len(words))], fmt.Sprintf("topic%d", topic*7+random.IntN(5)))
		}
		return "The " + strings.Join(s, " ") + " again."
	}
	var out bytes.Buffer
	for i := range n {
		topic := random.IntN(n / 8)
		var body []string
		for range 8 {
			body = append(body, sentence(topic))
		}
		line, err := json.Marshal(map[string]any{
			"title": fmt.Sprintf("Report %d on topic%d", i, topic*7), "body": strings.Join(body, " "), "slug": fmt.Sprintf("report-%d", i),
			"publishedAt": time.Date(2026, 1, 1, 0, topic*60+random.IntN(600), 0, 0, time.UTC), "language": "en",
			"authors": []string{fmt.Sprintf("Author %d", i%5)}, "tags": []string{words[topic%len(words)]}, "section": "news",
		})
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func checkIntegrity(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		return // killed before it was made
	}
	for _, check := range []string{"PRAGMA integrity_check", "PRAGMA foreign_key_check"} {
		if got := query(t, file, check); len(got) > 0 && got[0] != "ok" {
			t.Fatalf("%s after a kill: %v", check, got)
		}
	}
}

// contentOf is all that readers can see of an archive, by slug.
func contentOf(t *testing.T, file string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "nutgraph", "export", "--db", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(string(out), "\n")
	for _, statement := range []string{
		`SELECT a.slug || ' ' || m.length || ' ' || m.text FROM summary m JOIN article a ON a.key = m.article_key ORDER BY 1`,
		`SELECT a.slug || ' -> ' || b.slug || ' ' || r.score || ' ' || r.reasons FROM related r
			JOIN article a ON a.key = r.article_key JOIN article b ON b.key = r.related_key ORDER BY 1`,
		`SELECT HEX(data) FROM model`,
		`SELECT a.slug FROM search_article s JOIN article a ON a.key = s.article_key ORDER BY 1`,
	} {
		found := query(t, file, statement)
		if len(found) == 0 {
			t.Errorf("nothing in the archive: %s", statement)
		}
		all = append(all, found...)
	}
	return append(all, dbtest.Postings(t, dbtest.OpenFile(t, file, time.Now), file)...)
}

func query(t *testing.T, file, statement string) []string {
	t.Helper()
	store, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	rows, err := store.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s sql.NullString
		columns, _ := rows.Columns()
		dest := make([]any, len(columns))
		for i := range dest {
			dest[i] = new(any)
		}
		dest[0] = &s
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		all = append(all, s.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
