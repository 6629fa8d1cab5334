package dbtest

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// Postings are all postings of an archive and its file, each as the slug of its
// article, its term and its weight, sorted.
func Postings(tb testing.TB, store *db.DB, path string) []string {
	tb.Helper()
	slugs := map[string]string{}
	for _, row := range Rows(tb, path, `SELECT key, slug FROM article`) {
		key, slug, _ := strings.Cut(row, "|")
		slugs[key] = slug
	}
	var all []string
	for _, term := range Rows(tb, path, `SELECT DISTINCT term_id FROM posting`) {
		id, err := strconv.ParseUint(term, 10, 32)
		if err != nil {
			tb.Fatal(err)
		}
		err = store.PostingsNear(tb.Context(), []uint32{uint32(id)}, db.Place{PublishedAt: Now}, content.Bounds{}, math.MaxInt, func(_ int, c db.Candidate) {
			all = append(all, strings.Join([]string{slugs[strconv.FormatInt(c.Key, 10)], term, strconv.FormatFloat(float64(c.Weight), 'g', -1, 32)}, "|"))
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	slices.Sort(all)
	return all
}
