package summary_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/markup"
	"nutgraph/internal/sample"
	"nutgraph/internal/summary"
)

var update = flag.Bool("update", false, "write the golden file anew")

// goldenArticles are pieces of the sample archive of every kind: news,
// interviews, a recipe, a match, a live blog, a notice, letters, in all of its
// languages.
var goldenArticles = strings.Fields(`
	the-wall-is-shut crack-at-the-kink storm-night-as-it-happened gull-lane-closed joan-strake-pilot-interview
	cuttlefish-the-way-they-do-it-at-the-rest town-three-stannon-two-fog-one obituary-cuthbert-nance
	hms-relax-before-the-magistrates the-business-of-frozen-water sit-down-while-you-can
	wreck-of-the-perseverance-review low-water-at-the-drowned-forest how-to-buy-a-fish-from-a-boat
	letters-gap-owls-and-the-ferry by-election-drawn-from-the-box corvane-ends-the-route
	la-carriere-de-roch-glas vingt-quatre-heures-a-eddermouth einlaufen-bei-luecke ebbe-flut-und-der-parkplatz
	lo-que-se-juegan-los-barcos-de-puerto-cendal moncho-rial-cocinero-del-nuevo-cendal`)

// TestGolden compares the summaries of the sample archive with those that a
// person has read. A change of the algorithm shows here: read the difference
// before it is written with -update.
func TestGolden(t *testing.T) {
	t.Parallel()
	const file = "testdata/sample.golden"
	got := summaries(t)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the summaries differ from %s (-want +got); read them, and write them with -update if they are better:\n%s", file, diff)
	}
}

// TestCoverage promises every length for every article of 200 words or more,
// and a LONG that is not most of the article.
func TestCoverage(t *testing.T) {
	t.Parallel()
	for slug, a := range sampleArticles(t) {
		words := len(strings.Fields(a.Text))
		if words < 200 {
			continue
		}
		got := map[content.SummaryLength]int{}
		for _, s := range summary.Extract(a) {
			got[s.Length] = len(strings.Fields(s.Text))
		}
		if len(got) < len(content.SummaryLengths) || 3*got[content.SummaryLong] > 2*words {
			t.Errorf("%s, %d words: words of summaries = %v, want all of %v", slug, words, got, content.SummaryLengths)
		}
	}
}

func summaries(t *testing.T) string {
	t.Helper()
	articles := sampleArticles(t)
	var b strings.Builder
	for _, slug := range goldenArticles {
		a, found := articles[slug]
		if !found {
			t.Fatalf("the sample archive has no %s", slug)
		}
		fmt.Fprintf(&b, "# %s\n%s\n\n", slug, a.Title)
		for _, s := range summary.Extract(a) {
			fmt.Fprintf(&b, "%s (%d words)\n%s\n\n", s.Length, len(strings.Fields(s.Text)), s.Text)
		}
	}
	return b.String()
}

// sampleArticles are the articles of the sample archive by their slugs.
func sampleArticles(t *testing.T) map[string]summary.Article {
	t.Helper()
	articles := map[string]summary.Article{}
	for item := range ingest.Folder(sample.Archive()) {
		if item.Err != nil {
			t.Fatal(item.Err)
		}
		body, err := markup.Render(item.Draft.Body, item.Draft.BodyFormat)
		if err != nil {
			t.Fatal(err)
		}
		articles[item.Draft.Slug] = summary.Article{
			Title: item.Draft.Title, Standfirst: item.Draft.Standfirst, Text: body.Text, Language: item.Draft.Language,
		}
	}
	return articles
}
