package search_test

import (
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/search"
	words "nutgraph/internal/text"
)

// headline is a query with the articles that tell the same claim.
type headline struct {
	ID       string
	Headline string
	Cluster  string // of articles that make the same claim
}

// TestSearchQuality searches for the headlines of one set among the articles of
// others, and prints how well the articles of the same claim come first, next to
// plain BM25 and tf-idf over the same texts. It fails below a floor.
func TestSearchQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("measuring takes seconds; run it without -short")
	}
	var texts []text
	lines(t, "dev/rel_fnc.jsonl.gz", func(x text) bool { texts = append(texts, x); return true })
	var headlines []headline
	lines(t, "dev/rel_fnc_headlines.jsonl.gz", func(h headline) bool { headlines = append(headlines, h); return true })
	relevant := map[string]map[string]bool{}
	for _, x := range texts {
		if relevant[x.Cluster] == nil {
			relevant[x.Cluster] = map[string]bool{}
		}
		relevant[x.Cluster][x.ID] = true
	}
	headlines = slices.DeleteFunc(headlines, func(h headline) bool { return len(relevant[h.Cluster]) == 0 })
	store := indexed(t, filepath.Join(t.TempDir(), "fnc.db"), texts)
	if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	plain := newPlain(texts)
	report := func(method string, rank func(string) []string) float64 {
		nDCG, precision := 0.0, 0.0
		for _, h := range headlines {
			n, ap := judge(rank(h.Headline), relevant[h.Cluster])
			nDCG += n / float64(len(headlines))
			precision += ap / float64(len(headlines))
		}
		t.Logf("fnc headlines  %-15s nDCG@10 %.4f  MAP %.4f  queries %d", method, nDCG, precision, len(headlines))
		return nDCG
	}
	bm25 := report("BM25", func(q string) []string { return plain.rank(q, plain.bm25) })
	cosine := report("tf-idf cosine", func(q string) []string { return plain.rank(q, plain.cosine) })
	got := report("nutgraph", func(q string) []string {
		found, err := search.Find(t.Context(), store, search.Parse(q), nil, content.Window{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, hit := range found.Nodes() {
			ids = append(ids, hit.Node.External.ID)
		}
		return ids
	})
	if got < max(bm25, cosine) {
		t.Errorf("nDCG@10 is %.4f, want more than BM25 %.4f and cosine %.4f", got, bm25, cosine)
	}
}

// judge returns nDCG@10 and average precision as trec_eval does.
func judge(ranked []string, relevant map[string]bool) (nDCG, precision float64) {
	hits := 0.0
	for i, id := range ranked {
		if !relevant[id] {
			continue
		}
		hits++
		precision += hits / float64(i+1)
		if i < 10 {
			nDCG += 1 / math.Log2(float64(i+2))
		}
	}
	ideal := 0.0
	for i := range min(len(relevant), 10) {
		ideal += 1 / math.Log2(float64(i+2))
	}
	return nDCG / ideal, precision / float64(len(relevant))
}

// plain is an inverted index in memory, to compare with.
type plain struct {
	ids      []string
	bags     []map[string]float64
	lengths  []float64
	mean     float64
	articles map[string]float64 // that have a term
}

func newPlain(texts []text) *plain {
	p := &plain{articles: map[string]float64{}}
	for _, x := range texts {
		bag := bagOf(x.Title + "\n" + x.Text)
		length := 0.0
		for term, n := range bag {
			p.articles[term]++
			length += n
		}
		p.ids, p.bags, p.lengths = append(p.ids, x.ID), append(p.bags, bag), append(p.lengths, length)
		p.mean += length / float64(len(texts))
	}
	return p
}

// bagOf counts stems without stop words.
func bagOf(s string) map[string]float64 {
	bag := map[string]float64{}
	for _, span := range words.Words(s) {
		word := strings.ToLower(span.Of(s))
		if !words.IsStop(word, "en") {
			bag[words.Fold(words.Stem(word, "en"))]++
		}
	}
	return bag
}

func (p *plain) rank(query string, score func(query map[string]float64, article int) float64) []string {
	q, scores := bagOf(query), map[string]float64{}
	for i, id := range p.ids {
		if s := score(q, i); s > 0 {
			scores[id] = s
		}
	}
	return slices.SortedStableFunc(maps.Keys(scores), func(a, b string) int {
		if scores[a] != scores[b] {
			return map[bool]int{true: -1, false: 1}[scores[a] > scores[b]]
		}
		return strings.Compare(a, b)
	})
}

func (p *plain) bm25(query map[string]float64, article int) float64 {
	const k1, slope = 1.2, 0.75
	sum := 0.0
	for term := range query {
		tf, df := p.bags[article][term], p.articles[term]
		idf := math.Log(1 + (float64(len(p.ids))-df+0.5)/(df+0.5))
		sum += idf * tf * (k1 + 1) / (tf + k1*(1-slope+slope*p.lengths[article]/p.mean))
	}
	return sum
}

func (p *plain) cosine(query map[string]float64, article int) float64 {
	sum, norm := 0.0, 0.0
	weight := func(term string, tf float64) float64 {
		return (1 + math.Log(tf)) * math.Log(float64(len(p.ids))/p.articles[term])
	}
	for term, tf := range p.bags[article] {
		w := weight(term, tf)
		norm += w * w
		if n := query[term]; n > 0 {
			sum += w * weight(term, n)
		}
	}
	return sum / math.Sqrt(norm)
}
