package related_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

var day = time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)

// harbour is a small archive: two parts of one running story, an article on
// another matter in the same place, one on something else, and one in French.
func harbour() []related.Document {
	return []related.Document{
		{
			Key: 1, Language: "en", PublishedAt: day, Section: "local", Tags: []string{"Harbour"}, Authors: []string{"Ana Reyes"},
			Title: "Harbour wall breached in Port Ellis", Standfirst: "A storm opened a gap of twelve metres in the wall on Friday night.",
			Text: "The old harbour wall gave way after midnight. Port Ellis had asked for repairs since spring. Engineers said the harbour wall had been weakened by scour.",
		},
		{
			Key: 2, Language: "en-GB", PublishedAt: day.AddDate(0, 0, 3), Section: "local", Tags: []string{"Harbour"}, Authors: []string{"Tom Weir"},
			Title: "Engineers inspect the harbour wall at Port Ellis", Standfirst: "Divers found scour under the foundations.",
			Text: "Three days after the storm, engineers looked at the harbour wall. In Port Ellis the council met to pay for repairs.",
		},
		{
			Key: 3, Language: "en", PublishedAt: day.AddDate(0, -8, 0), Section: "culture", Authors: []string{"Ana Reyes"},
			Title: "A museum of nets opens in Port Ellis", Text: "The museum shows how nets were mended. It opens in Port Ellis in May.",
		},
		{
			Key: 4, Language: "en", PublishedAt: day, Section: "business",
			Title: "Wheat prices fall again", Text: "Traders in Chicago saw wheat lose two per cent on hopes of rain.",
		},
		{
			Key: 5, Language: "fr", PublishedAt: day, Section: "local", Tags: []string{"Harbour"},
			Title: "La digue de Port Ellis a cédé", Text: "La tempête a ouvert une brèche dans la digue du port. Port Ellis demandait des réparations.",
		},
	}
}

func analyse(documents []related.Document) []*related.Profile {
	profiles := make([]*related.Profile, len(documents))
	for i, d := range documents {
		p := related.Analyse(d)
		profiles[i] = &p
	}
	return profiles
}

func TestRankPutsTheSameStoryFirst(t *testing.T) {
	t.Parallel()
	profiles := analyse(harbour())
	x := related.NewIndex(profiles)
	edges := related.Rank(profiles[0], profiles, x, 10)
	var keys []int64
	for _, e := range edges {
		keys = append(keys, e.Key)
	}
	if want := []int64{2, 3}; !cmp.Equal(keys, want) {
		t.Fatalf("Rank = articles %v, want %v", keys, want)
	}
	if edges[0].Score <= edges[1].Score || edges[0].Score > 1 || edges[1].Score <= 0 {
		t.Errorf("scores %v and %v, want falling within 0 to 1", edges[0].Score, edges[1].Score)
	}
	for _, want := range []content.Reason{{Kind: content.SharedName, Value: "Port Ellis"}, {Kind: content.SharedTerm, Value: "harbour wall"}} {
		if !hasReason(edges[0].Reasons, want) {
			t.Errorf("reasons = %v, want %s %q among them", edges[0].Reasons, want.Kind, want.Value)
		}
	}
}

func hasReason(reasons []content.Reason, want content.Reason) bool {
	for _, r := range reasons {
		if r.Kind == want.Kind && r.Value == want.Value {
			return true
		}
	}
	return false
}

func TestScoresAreSymmetric(t *testing.T) {
	t.Parallel()
	profiles := analyse(randomDocuments(60, 1))
	x := related.NewIndex(profiles)
	scores := map[[2]int64]float64{}
	for _, p := range profiles {
		for _, e := range related.Rank(p, profiles, x, len(profiles)) {
			scores[[2]int64{p.Key, e.Key}] = e.Score
		}
	}
	if len(scores) < len(profiles) {
		t.Fatalf("%d edges among %d articles, want more", len(scores), len(profiles))
	}
	for pair, score := range scores {
		if back := scores[[2]int64{pair[1], pair[0]}]; back != score {
			t.Errorf("score(%d, %d) = %v but score(%d, %d) = %v", pair[0], pair[1], score, pair[1], pair[0], back)
		}
	}
}

func TestRankIgnoresTheOrderOfCandidates(t *testing.T) {
	t.Parallel()
	profiles := analyse(randomDocuments(80, 2))
	x := related.NewIndex(profiles)
	shuffled := append([]*related.Profile{}, profiles...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, p := range profiles {
		got, want := related.Rank(p, shuffled, x, 10), related.Rank(p, profiles, x, 10)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("Rank of shuffled candidates differs (-in order +shuffled):\n%s", diff)
		}
	}
}

func TestReasonsAreWordsOfBothArticles(t *testing.T) {
	t.Parallel()
	documents := randomDocuments(60, 3)
	profiles := analyse(documents)
	x := related.NewIndex(profiles)
	text := func(key int64) string {
		d := documents[key-1]
		return strings.ToLower(d.Title + ". " + d.Standfirst + ". " + d.Text)
	}
	for _, p := range profiles {
		for _, e := range related.Rank(p, profiles, x, 10) {
			checkReasons(t, e, text(p.Key), text(e.Key))
		}
	}
}

func checkReasons(t *testing.T, e related.Edge, a, b string) {
	t.Helper()
	if len(e.Reasons) == 0 || len(e.Reasons) > 5 {
		t.Errorf("edge to %d has %d reasons, want 1 to 5", e.Key, len(e.Reasons))
	}
	total := 0.0
	for i, r := range e.Reasons {
		total += r.Weight
		if i > 0 && e.Reasons[i-1].Weight < r.Weight {
			t.Errorf("reasons %v are not strongest first", e.Reasons)
		}
		word := strings.ToLower(r.Value)
		if (r.Kind == content.SharedTerm || r.Kind == content.SharedName) && (!strings.Contains(a, word) || !strings.Contains(b, word)) {
			t.Errorf("reason %q of the edge to %d does not stand in both articles", r.Value, e.Key)
		}
	}
	if total > 1+1e-9 {
		t.Errorf("the reasons of the edge to %d weigh %v together, want at most 1", e.Key, total)
	}
}

func TestATagThatBothTextsNameCountsMore(t *testing.T) {
	t.Parallel()
	documents := randomDocuments(40, 15)
	part := func(key int64, tag string) related.Document {
		return related.Document{
			Key: key, Language: "en", PublishedAt: day, Tags: []string{tag},
			Title: "Divers look at the foundations", Text: "On Friday divers went down at the Long Arm. In bad weather they saw little.",
		}
	}
	documents = append(documents, part(100, "Long Arm"), part(101, "Long Arm"), part(102, "weather"), part(103, "weather"))
	profiles := analyse(documents)
	x := related.NewIndex(profiles)
	named, plain := related.ScoresOf(x, profiles[40], profiles[41:42])[0], related.ScoresOf(x, profiles[42], profiles[43:44])[0]
	if named <= plain {
		t.Errorf("a shared tag that is a name in both texts makes the score %v, another one %v, want more than that", named, plain)
	}
}

func TestNearDuplicatesAreDropped(t *testing.T) {
	t.Parallel()
	documents := randomDocuments(20, 4)
	copied := documents[0]
	copied.Key, copied.Title = 100, "Update: "+copied.Title
	twice := documents[1]
	twice.Key = 101
	profiles := analyse(append(documents, copied, twice))
	x := related.NewIndex(profiles)
	for _, p := range profiles {
		seen := map[int64]bool{}
		for _, e := range related.Rank(p, profiles, x, len(profiles)) {
			seen[e.Key] = true
		}
		if p.Key == 1 && seen[100] {
			t.Error("the copy of article 1 is among its edges")
		}
		if seen[2] && seen[101] {
			t.Errorf("article %d has edges to 2 and to its copy", p.Key)
		}
	}
}

func TestBinaryRoundTrip(t *testing.T) {
	t.Parallel()
	documents := append(randomDocuments(20, 5), harbour()...)
	documents = append(documents, related.Document{Key: -1}, related.Document{Key: 7, Language: "ja", Title: "北京大学の桜"})
	for _, p := range analyse(documents) {
		data, err := p.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back related.Profile
		if err := back.UnmarshalBinary(data); err != nil {
			t.Fatalf("profile %d: %v", p.Key, err)
		}
		if diff := cmp.Diff(*p, back, cmp.Exporter(related.Opaque), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("profile %d after a round trip (-before +after):\n%s", p.Key, diff)
		}
	}
}

func TestAnalyseIsDeterministic(t *testing.T) {
	t.Parallel()
	for _, d := range append(randomDocuments(20, 6), harbour()...) {
		p, q := related.Analyse(d), related.Analyse(d)
		a, _ := p.MarshalBinary()
		b, _ := q.MarshalBinary()
		if string(a) != string(b) {
			t.Errorf("two analyses of document %d differ", d.Key)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	profiles := analyse(harbour())
	counts := related.NewCounts()
	for _, p := range profiles {
		counts.Add(p)
	}
	wall := termOf(t, profiles[0], "harbour wall")
	if n, df := counts.Articles("en"), counts.Frequency(wall.ID); n != 4 || df != 2 {
		t.Errorf("Articles = %d, Frequency(harbour wall) = %d, want 4 and 2", n, df)
	}
}

// TestTrimmedCounts counts many terms, each i-th of which i articles use, and
// keeps some of them.
func TestTrimmedCounts(t *testing.T) {
	t.Parallel()
	for _, most := range []int{0, 1, 40, 98, 99, 1000} {
		counts := related.CountsOf(100)
		counts.Trim(most)
		kept := min(most, 99) // one article uses the first
		for i := range 101 {
			if got, want := counts.Frequency(related.TermID(i)), max(i, 100-kept); got != want {
				t.Errorf("%d of 100 terms are kept: Frequency(%d) = %d, want %d", most, i, got, want)
			}
		}
	}
}

func termOf(t *testing.T, p *related.Profile, word string) related.Term {
	t.Helper()
	for term := range p.Terms() {
		if term.Word == word {
			return term
		}
	}
	t.Fatalf("article %d has no term %q", p.Key, word)
	return related.Term{}
}

// randomDocuments makes articles about a few subjects out of made-up words,
// with keys from 1.
func randomDocuments(n int, seed uint64) []related.Document {
	r := rand.New(rand.NewPCG(seed, 0))
	subject := func() []string {
		words := make([]string, 30)
		for i := range words {
			words[i] = fmt.Sprintf("%c%cz%c%cm%d", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), i%3)
		}
		return words
	}
	subjects := [][]string{subject(), subject(), subject(), subject()}
	sentence := func(words []string, length int) string {
		var b strings.Builder
		for i := range length {
			w := words[int(float64(len(words))*r.Float64()*r.Float64())]
			if i == 0 || r.IntN(12) == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			b.WriteString(w + " ")
		}
		return strings.TrimSpace(b.String()) + ". "
	}
	documents := make([]related.Document, n)
	for i := range documents {
		words := append(append([]string{}, subjects[r.IntN(4)]...), subjects[r.IntN(4)][:10]...)
		var body strings.Builder
		for range 8 {
			body.WriteString(sentence(words, 12))
		}
		documents[i] = related.Document{
			Key: int64(i + 1), Language: "en", PublishedAt: day.AddDate(0, 0, r.IntN(100)),
			Title: sentence(words, 6), Text: body.String(), Section: []string{"a", "b", ""}[r.IntN(3)],
		}
	}
	return documents
}
