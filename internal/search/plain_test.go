package search_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/index"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
	"nutgraph/internal/search"
)

// TestSearchIsAPlainScan searches random archives, some of whose articles have
// been written anew or are to come, and wants what going through all articles
// one by one finds, with the same scores, best first, on whatever pages.
func TestSearchIsAPlainScan(t *testing.T) {
	t.Parallel()
	compared := 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 9))
		store := dbtest.Open(t)
		archive := scattered(t, r, store)
		for range 60 {
			typed := someQuery(r)
			q := search.Parse(typed)
			var where *content.ArticleWhere
			section := ""
			if r.IntN(3) == 0 {
				section = []string{"sea", "land", "nowhere"}[r.IntN(3)]
				where = &content.ArticleWhere{Section: &content.SlugFilter{Eq: &section}}
			}
			want := scan(archive, q, section)
			if q.Empty() || len(want) == 0 || len(q.Terms) >= 4 && len(want) < 10 { // what is found then is told elsewhere
				continue
			}
			compared++
			size := 1 + r.IntN(30)
			got, count := paged(t, store, q, where, size)
			if count != len(want) || len(got) != len(want) {
				t.Fatalf("archive %d, %s in %q: counted %d and found %d, want %d", seed, typed, section, count, len(got), len(want))
			}
			for i, hit := range got {
				if score, is := want[hit.Node.ID]; !is || math.Abs(hit.Score-score) > 1e-5 || i > 0 && hit.Score > got[i-1].Score {
					t.Fatalf("archive %d, %s in %q, place %d: %s %f, want %f, %t", seed, typed, section, i, hit.Node.ID, hit.Score, score, is)
				}
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d searches found anything", compared)
	}
}

var (
	scatteredWords  = strings.Fields("harbour harbours wall walls sea sealed storm stormy ferry ferries port ports porte mer the of in a quay")
	scatteredSpeech = []string{"en", "fr", "th"} // of the last we know no endings
)

// scattered fills an archive, some articles at a time, so that they stand in
// several segments, and returns those that readers may see.
func scattered(t *testing.T, r *rand.Rand, store *db.DB) (archive []plainArticle) {
	t.Helper()
	words := func(most int) string {
		all := make([]string, 1+r.IntN(most))
		for i := range all {
			all[i] = scatteredWords[int(math.Abs(r.NormFloat64())*6)%len(scatteredWords)]
		}
		return strings.Join(all, " ")
	}
	for round := range 5 {
		var filings []db.Filing
		for n := range 40 {
			at := dbtest.Now.Add(-time.Duration(1+r.IntN(1000)) * time.Hour)
			if r.IntN(10) == 0 {
				at = dbtest.Now.Add(time.Hour)
			}
			id := fmt.Sprint(round*40 + n)
			if round > 0 && r.IntN(5) == 0 {
				id = fmt.Sprint(r.IntN(round * 40)) // written anew
			}
			f, err := publish.File(content.Draft{
				Title: words(6), Standfirst: words(9), Body: words(80), BodyFormat: content.Text, Language: scatteredSpeech[r.IntN(3)], Tags: []string{words(2)},
				Section: []string{"sea", "land"}[r.IntN(2)], Status: content.StatusPublished, PublishedAt: &at, Source: "random", ExternalID: id,
			})
			if err != nil {
				t.Fatal(err)
			}
			filings = append(filings, f)
		}
		if _, err := store.Save(t.Context(), filings); err != nil {
			t.Fatal(err)
		}
		keys, err := store.WaitingForAnalysis(t.Context(), "search")
		if err != nil {
			t.Fatal(err)
		}
		materials, err := store.Materials(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		var analyses []db.Analysis
		for i := range materials {
			analyses = append(analyses, db.Analysis{Material: &materials[i], Version: "search"})
		}
		if err := store.SaveAnalyses(t.Context(), analyses, pipeline.Segment(materials)); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := store.WaitingForAnalysis(t.Context(), "all of them")
	if err != nil {
		t.Fatal(err)
	}
	all, err := store.Materials(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if !m.PublishedAt.After(dbtest.Now) {
			archive = append(archive, readPlainly(t, m))
		}
	}
	return archive
}

func someQuery(r *rand.Rand) string {
	var terms []string
	for range 1 + r.IntN(4) {
		word := func() string { return scatteredWords[r.IntN(len(scatteredWords))] }
		terms = append(terms, []string{
			word(), word(), `"` + word() + " " + word() + `"`, `"` + word() + `"`, word()[:1] + "*", "por*", "sto*", "-" + word(), `-"` + word() + " " + word() + `"`,
		}[r.IntN(9)])
	}
	return strings.Join(terms, " ")
}

// plainArticle is an article with the impacts of its terms.
type plainArticle struct {
	db.Material
	impacts map[string]uint8
	fields  [][]string
}

func readPlainly(t *testing.T, m db.Material) plainArticle {
	t.Helper()
	a := plainArticle{m, map[string]uint8{}, nil}
	alone := pipeline.Segment([]db.Material{m})
	for _, b := range alone.Blocks {
		for term, err := range index.Terms(b.Data) {
			if err != nil {
				t.Fatal(err)
			}
			a.impacts[string(term.Term)] = alone.Docs[term.Docs.End-1]
		}
	}
	for _, s := range append([]string{m.Title, m.Standfirst, m.Text}, m.Tags...) {
		a.fields = append(a.fields, strings.Fields(s))
	}
	return a
}

// impact is what a term counts in the article; 0 when it does not stand there.
func (a *plainArticle) impact(t search.Term) uint8 {
	if len(t.Words) > 1 && !slices.ContainsFunc(a.fields, func(words []string) bool {
		return strings.Contains(" "+strings.Join(words, " ")+" ", " "+strings.Join(t.Words, " ")+" ")
	}) {
		return 0
	}
	least := uint8(math.MaxUint8)
	for _, word := range t.Words {
		most := uint8(0)
		for term, impact := range a.impacts {
			begins := t.Prefix && term[0] > ' ' && strings.HasPrefix(term, word)
			ends := !t.Exact && !t.Prefix && slices.ContainsFunc(scatteredSpeech, func(l string) bool { return term == index.Stem(word, l) })
			if term == word || begins || ends {
				most = max(most, impact)
			}
		}
		least = min(least, most)
	}
	return least
}

// scan goes through the articles one by one, and returns the scores of those
// that hold all terms.
func scan(archive []plainArticle, q search.Query, section string) map[content.ID]float64 {
	impacts := make([][]uint8, len(q.Terms)) // by term and article
	weights, total := make([]float64, len(q.Terms)), 0.0
	for i, term := range q.Terms {
		have := 0
		for n := range archive {
			impacts[i] = append(impacts[i], archive[n].impact(term))
			if impacts[i][n] > 0 {
				have++
			}
		}
		if !term.Not {
			weights[i] = math.Log(1 + (float64(len(archive)-have)+0.5)/(float64(have)+0.5))
			total += weights[i]
		}
	}
	found := map[content.ID]float64{}
	for n, a := range archive {
		score, fits := 0.0, section == "" || a.Section == section
		for i, term := range q.Terms {
			fits = fits && (impacts[i][n] == 0) == term.Not
			score += weights[i] / total * float64(impacts[i][n]) / math.MaxUint8
		}
		if fits {
			found[a.ID] = score
		}
	}
	return found
}

// paged reads all pages of a search.
func paged(t *testing.T, store *db.DB, q search.Query, where *content.ArticleWhere, size int) (hits []search.Hit, count int) {
	t.Helper()
	var after *string
	for {
		w, err := content.PageArgs{First: &size, After: after}.Window()
		if err != nil {
			t.Fatal(err)
		}
		found, err := search.Find(t.Context(), store, q, where, w)
		if err != nil {
			t.Fatal(err)
		}
		if count, err = found.Count(t.Context()); err != nil {
			t.Fatal(err)
		}
		hits = append(hits, found.Nodes()...)
		if after = found.PageInfo.EndCursor; !found.PageInfo.HasNextPage {
			return hits, count
		}
	}
}
