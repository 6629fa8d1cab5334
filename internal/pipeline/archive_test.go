package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
	"nutgraph/internal/sample"
)

// archive is an open archive, its file and its pipeline.
type archive struct {
	*db.DB
	*pipeline.Pipeline
	path string
}

func open(t *testing.T, path string) *archive {
	t.Helper()
	store := dbtest.OpenFile(t, path, func() time.Time { return dbtest.Now })
	return &archive{store, pipeline.New(store), path}
}

func empty(t *testing.T) *archive {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "archive.db"))
}

// articles are those of the sample archive.
func articles(t *testing.T) []content.Draft {
	t.Helper()
	var all []content.Draft
	for item := range ingest.Folder(sample.Archive()) {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		if item.Skipped == "" {
			all = append(all, item.Draft)
		}
	}
	return all
}

// save writes drafts and returns the ids of their articles.
func (a *archive) save(t *testing.T, drafts ...content.Draft) []content.ID {
	t.Helper()
	filings := make([]db.Filing, len(drafts))
	for i, d := range drafts {
		var err error
		if filings[i], err = publish.File(d); err != nil {
			t.Fatalf("file %q: %v", d.Title, err)
		}
	}
	outcomes, err := a.Save(t.Context(), filings)
	if err != nil {
		t.Fatalf("Save failed: %v", err)
	}
	ids := make([]content.ID, len(outcomes))
	for i, o := range outcomes {
		if o.Err != nil {
			t.Fatalf("save %q: %v", drafts[i].Title, o.Err)
		}
		ids[i] = o.ID
	}
	return ids
}

func (a *archive) process(t *testing.T, id content.ID) {
	t.Helper()
	if err := a.Process(t.Context(), id); err != nil {
		t.Fatalf("Process(%s) failed: %v", id, err)
	}
}

func (a *archive) catchUp(t *testing.T) {
	t.Helper()
	if err := a.CatchUp(t.Context(), nil); err != nil {
		t.Fatalf("CatchUp failed: %v", err)
	}
}

// edges are all edges by the slugs of their ends, without those of hidden
// articles, as are the scores and the reasons.
func (a *archive) edges(t *testing.T) []string {
	t.Helper()
	return dbtest.Rows(t, a.path, `
		SELECT f.slug, t.slug, r.score, r.origin, r.reasons
		FROM related r JOIN article f ON f.key = r.article_key JOIN article t ON t.key = r.related_key
		ORDER BY f.slug, t.slug`)
}

// rebuild makes the edges of all articles wait, under a model.
func (a *archive) rebuild(t *testing.T) {
	t.Helper()
	model, err := a.LatestModel(t.Context())
	if err != nil {
		t.Fatalf("LatestModel failed: %v", err)
	}
	if model.Data, err = a.ModelData(t.Context()); err != nil {
		t.Fatalf("ModelData failed: %v", err)
	}
	if err := a.StartRebuild(t.Context(), model); err != nil {
		t.Fatalf("StartRebuild failed: %v", err)
	}
}

// made is all that the pipeline has made of an archive.
func (a *archive) made(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, query := range []string{
		`SELECT article_key, revision, version, hex(profile), hex(postings), edges FROM analysis ORDER BY article_key`,
		`SELECT article_key, length, origin, text, sentences FROM summary ORDER BY article_key, length, origin`,
		`SELECT article_key FROM search_article ORDER BY article_key`,
		`SELECT version, articles, hex(data) FROM model`,
	} {
		all = append(all, dbtest.Rows(t, a.path, query)...)
	}
	return slices.Concat(all, dbtest.Postings(t, a.DB, a.path), a.edges(t))
}

// checkPostings checks that every posting is one that an analysis lists, as
// nobody would ever remove another, and that each linked article has those of
// its sixty strongest terms.
func (a *archive) checkPostings(t *testing.T, when string) {
	t.Helper()
	const keys = 60
	listed, want := map[string]bool{}, 0
	postings := dbtest.Postings(t, a.DB, a.path)
	for _, row := range dbtest.Rows(t, a.path, `
		SELECT a.slug, n.edges, hex(n.postings) FROM analysis n JOIN article a ON a.key = n.article_key WHERE LENGTH(profile) > 0`) {
		columns := strings.Split(row, "|")
		terms := len(columns[2]) / 8
		for packed := columns[2]; len(packed) >= 8; packed = packed[8:] {
			var b [4]uint32
			if _, err := fmt.Sscanf(packed[:8], "%02X%02X%02X%02X", &b[0], &b[1], &b[2], &b[3]); err != nil {
				t.Fatal(err)
			}
			listed[fmt.Sprint(columns[0], "|", b[0]|b[1]<<8|b[2]<<16|b[3]<<24)] = true
		}
		if columns[1] == "DONE" {
			want += min(terms, keys)
		} else { // an article that waits may have lost an edge alone
			for _, p := range postings {
				if strings.HasPrefix(p, columns[0]+"|") {
					want++
				}
			}
		}
	}
	for _, p := range postings {
		if !listed[p[:strings.LastIndex(p, "|")]] {
			t.Errorf("%s: the posting %s is listed nowhere", when, p)
		}
	}
	if want != len(postings) {
		t.Errorf("%s: there are %d postings, want %d", when, len(postings), want)
	}
}

// checkHidden checks that nothing is made for finding what is not published.
func (a *archive) checkHidden(t *testing.T, when string) {
	t.Helper()
	posted := map[string]bool{}
	for _, p := range dbtest.Postings(t, a.DB, a.path) {
		slug, _, _ := strings.Cut(p, "|")
		posted[slug] = true
	}
	for _, slug := range dbtest.Rows(t, a.path, `SELECT slug FROM article WHERE status <> 'PUBLISHED'`) {
		if posted[slug] {
			t.Errorf("%s: there are postings of %s", when, slug)
		}
	}
	for _, table := range []string{`SELECT article_key FROM related UNION SELECT related_key FROM related`, `SELECT article_key FROM search_article`} {
		if rows := dbtest.Rows(t, a.path, `SELECT slug, status FROM article WHERE status <> 'PUBLISHED' AND key IN (`+table+`)`); len(rows) > 0 {
			t.Errorf("%s: %v are in %s", when, rows, table)
		}
	}
}

func pick[T any](r *rand.Rand, values []T) T { return values[r.IntN(len(values))] }
