package related_test

import (
	"flag"
	"hash/fnv"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"nutgraph/internal/related"
)

var only = flag.String("only", "", "sets of TestQuality to run, as a regular expression")

// set is one collection with queries and truth.
type set struct {
	name     string
	articles []article
	queries  []query
	past     bool // only articles of the query's day or before count
	floor    float64
}

// query is an article whose relevant articles are known, with their gains.
type query struct {
	place    int
	relevant map[int]float64
}

// TestQuality prints how good the engine is on every set, next to plain
// methods on the same texts, and fails below the floors.
func TestQuality(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("measuring takes minutes; run it without -short and -race")
	}
	for _, s := range allSets(t) {
		runSet(t, s)
	}
	lee(t)
}

// allSets are the sets that -only asks for.
func allSets(tb testing.TB) []set {
	sets := []set{orange(tb), reuters(tb), agnews(tb)}
	var archive []article // read once for three sets
	for _, name := range []string{"multinews", "ecbplus", "fnc"} {
		sets = append(sets, sameStory(tb, name, &archive))
	}
	return slices.DeleteFunc(sets, func(s set) bool { return len(s.queries) == 0 })
}

func runSet(t *testing.T, s set) {
	t.Run(s.name, func(t *testing.T) {
		b := newBaseline(s.articles)
		plain := []measures{
			report(t, &s, "tf-idf cosine", b.cosine(damped)),
			report(t, &s, "tf-idf cosine, raw", b.cosine(raw)),
			report(t, &s, "BM25 more-like-this", b.moreLikeThis),
		}
		start := time.Now()
		x, profiles := index(&s)
		t.Logf("%-12s analysed and indexed in %v", s.name, time.Since(start).Round(time.Millisecond))
		start = time.Now()
		got := report(t, &s, "nutgraph", func(q int) []int { return engine(x, profiles, &s, q, false) })
		copies := report(t, &s, "nutgraph with copies", func(q int) []int { return engine(x, profiles, &s, q, true) })
		for _, m := range plain {
			plain[0].nDCG, plain[0].averagePrecision = max(plain[0].nDCG, m.nDCG), max(plain[0].averagePrecision, m.averagePrecision)
		}
		t.Logf("%-12s ahead of the best plain one: nDCG@10 %+.4f, MAP %+.4f; with copies %+.4f, %+.4f", s.name,
			got.nDCG-plain[0].nDCG, got.averagePrecision-plain[0].averagePrecision, copies.nDCG-plain[0].nDCG, copies.averagePrecision-plain[0].averagePrecision)
		t.Logf("%-12s %v a query", s.name, (time.Since(start) / time.Duration(len(s.queries))).Round(time.Microsecond))
		if got.nDCG < s.floor {
			t.Errorf("%s: nDCG@10 = %.4f, want at least %.3f", s.name, got.nDCG, s.floor)
		}
	})
}

// selected tells whether -only asks for a set.
func selected(name string) bool {
	ok, err := regexp.MatchString(*only, name)
	return ok && err == nil
}

// report judges one way of ranking and prints the means, over all queries and
// over two halves.
func report(t *testing.T, s *set, method string, rank func(q int) []int) measures {
	t.Helper()
	all := make([]measures, len(s.queries))
	for i, q := range s.queries {
		ranking := rank(q.place)
		if s.past {
			ranking = slices.DeleteFunc(ranking, func(d int) bool {
				return s.articles[d].Published > s.articles[q.place].Published
			})
		}
		all[i] = measure(ranking, q.relevant)
	}
	half := func(side uint32) float64 {
		return mean(all, func(i int) bool { return s.side(i) == side }).nDCG
	}
	m := mean(all, func(int) bool { return true })
	t.Logf("%-12s %-20s nDCG@10 %.4f (halves %.4f %.4f)  MAP %.4f  P@5 %.4f  queries %d",
		s.name, method, m.nDCG, half(0), half(1), m.averagePrecision, m.precision5, len(all))
	return m
}

// side is the half of the queries that query i falls into, by its id.
func (s *set) side(i int) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.articles[s.queries[i].place].ID))
	return h.Sum32() >> 7 & 1
}

func index(s *set) (*related.Index, []*related.Profile) {
	profiles := make([]*related.Profile, len(s.articles))
	for i, a := range s.articles {
		p := related.Analyse(a.document(i))
		profiles[i] = &p
	}
	return related.NewIndex(profiles), profiles
}

// engine ranks as the product does: candidates, of which the first are ranked
// exactly. Behind these come the other candidates, in their order. The sets
// count copies of an article as relevant to it; the product never shows them.
func engine(x *related.Index, profiles []*related.Profile, s *set, q int, copies bool) []int {
	p := profiles[q]
	found := candidates(x, p, len(profiles), s.past)
	first := found[:min(len(found), related.Pool)]
	var ranking []int
	if copies {
		for _, c := range related.RankAll(p, first, x) {
			ranking = append(ranking, int(c.Key))
		}
	} else {
		for _, e := range related.Rank(p, first, x, len(first)) {
			ranking = append(ranking, int(e.Key))
		}
	}
	for _, c := range found[len(first):] {
		ranking = append(ranking, int(c.Key))
	}
	return ranking
}

// candidates are those of p, without later articles if only past ones count.
func candidates(x *related.Index, p *related.Profile, n int, past bool) []*related.Profile {
	found := x.Candidates(p, n)
	if past {
		found = slices.DeleteFunc(found, func(c *related.Profile) bool { return c.PublishedAt.After(p.PublishedAt) })
	}
	return found
}

func places(articles []article) map[string]int {
	places := make(map[string]int, len(articles))
	for i, a := range articles {
		places[a.ID] = i
	}
	return places
}

// judged reads the queries of a file of relevant articles.
func judged(tb testing.TB, name string, articles []article) []query {
	type line struct {
		ID       string             `json:"id"`
		Relevant map[string]float64 `json:"relevant"`
	}
	at := places(articles)
	var queries []query
	for _, l := range lines[line](tb, name) {
		q := query{place: at[l.ID], relevant: map[int]float64{}}
		for id, gain := range l.Relevant {
			if place, ok := at[id]; ok {
				q.relevant[place] = gain
			}
		}
		if len(q.relevant) > 0 {
			queries = append(queries, q)
		}
	}
	return queries
}

// orange: links that journalists put into their texts; French.
func orange(tb testing.TB) set {
	s := set{name: "orange", past: true, floor: 0.645}
	if selected(s.name) {
		s.articles = lines[article](tb, "shared/orange_docs.jsonl.gz")
		s.queries = judged(tb, "dev/rel_orange_links.qrels.jsonl.gz", s.articles)
	}
	return s
}

// reuters: articles with the same subject codes.
func reuters(tb testing.TB) set {
	s := set{name: "reuters", floor: 0.62}
	if selected(s.name) {
		unlabelled := func(a article) bool { return len(a.Labels) == 0 } // what they are about is not known
		s.articles = slices.DeleteFunc(lines[article](tb, "dev/rel_reuters.jsonl.gz"), unlabelled)
		s.queries = judged(tb, "dev/rel_reuters.qrels.jsonl.gz", s.articles)
	}
	return s
}

// agnews: articles of the same of four sections; every eighth is a query.
func agnews(tb testing.TB) set {
	const every = 8
	s := set{name: "agnews", floor: 0.785}
	if !selected(s.name) {
		return s
	}
	s.articles = lines[article](tb, "dev/rel_agnews_test.jsonl.gz")
	for i := 0; i < len(s.articles); i += every {
		q := query{place: i, relevant: map[int]float64{}}
		for j, a := range s.articles {
			if j != i && a.Labels[0] == s.articles[i].Labels[0] {
				q.relevant[j] = 1
			}
		}
		s.queries = append(s.queries, q)
	}
	return s
}

// sameStory: articles on one event among some 47,000 others.
func sameStory(tb testing.TB, name string, archive *[]article) set {
	s := set{name: name, floor: map[string]float64{"multinews": 0.89, "ecbplus": 0.915, "fnc": 0.95}[name]}
	if !selected(s.name) {
		return s
	}
	if *archive == nil {
		for _, file := range []string{"dev/rel_multinews", "dev/rel_ecbplus", "dev/rel_fnc", "shared/scale_guardian", "dev/sum_bbc_extractive", "dev/sum_xsum"} {
			*archive = append(*archive, lines[article](tb, file+".jsonl.gz")...)
		}
	}
	s.articles = *archive
	s.queries = judged(tb, "dev/rel_"+name+".qrels.jsonl.gz", s.articles)
	return s
}

// lee: how well scores agree with people's judgement of pairs of texts.
func lee(t *testing.T) {
	if !selected("lee") {
		return
	}
	t.Run("lee", func(t *testing.T) {
		// As in the baselines, half of the Guardian stands for the archive.
		guardian := lines[article](t, "shared/scale_guardian.jsonl.gz")
		articles := slices.Concat(lines[article](t, "shared/lee_docs.jsonl.gz"), lines[article](t, "shared/lee_background.jsonl.gz"), guardian[:len(guardian)/2])
		for i := range articles {
			articles[i].Language = "en"
		}
		human := map[[2]int]float64{}
		at := places(articles)
		type pair struct {
			A, B  string
			Human float64
		}
		for _, p := range lines[pair](t, "dev/lee_pairs.jsonl.gz") {
			human[[2]int{at[p.A], at[p.B]}] = p.Human
		}
		x, profiles := index(&set{articles: articles})
		var scores, judgements []float64
		for _, p := range slices.SortedFunc(maps.Keys(human), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
			scores = append(scores, related.ScoreOf(x, profiles[p[0]], profiles[p[1]]))
			judgements = append(judgements, human[p])
		}
		const floor, rankFloor = 0.68, 0.48
		r := pearson(scores, judgements)
		t.Logf("%-12s %-20s Pearson %.3f Spearman %.3f pairs %d", "lee", "nutgraph", r, spearman(scores, judgements), len(scores))
		leePart(t, "tf-idf cosine", x, profiles, human, func(f [related.FeatureCount]float64) float64 { return f[0] })
		leePart(t, "semantic cosine", x, profiles, human, func(f [related.FeatureCount]float64) float64 { return f[related.Semantic] })
		leePart(t, "sum of both", x, profiles, human, func(f [related.FeatureCount]float64) float64 { return f[0] + f[related.Semantic] })
		if rho := spearman(scores, judgements); r < floor || rho < rankFloor {
			t.Errorf("lee: Pearson = %.3f and Spearman = %.3f, want at least %.2f and %.2f", r, rho, floor, rankFloor)
		}
	})
}

// leePart judges features of the engine alone.
func leePart(t *testing.T, name string, x *related.Index, profiles []*related.Profile, human map[[2]int]float64, of func([related.FeatureCount]float64) float64) {
	t.Helper()
	var scores, judgements []float64
	for _, p := range slices.SortedFunc(maps.Keys(human), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
		scores = append(scores, of(related.FeaturesOf(x, profiles[p[0]], profiles[p[1]:p[1]+1])[0]))
		judgements = append(judgements, human[p])
	}
	t.Logf("%-12s %-20s Pearson %.3f Spearman %.3f", "lee", name, pearson(scores, judgements), spearman(scores, judgements))
}
