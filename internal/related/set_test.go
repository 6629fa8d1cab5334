package related_test

import (
	"flag"
	"hash/fnv"
	"regexp"
	"slices"
	"testing"
)

var only = flag.String("only", "", "sets of TestQuality to run, as a regular expression")

// set is one collection with queries and truth.
type set struct {
	name     string
	articles []article
	queries  []query
	past     bool     // only articles of the query's day or before count
	hundreds bool     // of articles are relevant to a query, and so the order of all counts for MAP
	whole    bool     // articles are so short that BM25 over all of their terms is the best plain method
	copies   bool     // of an article count as relevant to it
	must     measures // how far the engine has to be ahead of the best plain method
	floor    float64  // of nDCG@10 on the development half
}

// query is an article whose relevant articles are known, with their gains.
type query struct {
	place    int
	relevant map[int]float64
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

// selected tells whether -only asks for a set.
func selected(name string) bool {
	ok, err := regexp.MatchString(*only, name)
	return ok && err == nil
}

// side is the half of the queries that query i falls into, by its id.
func (s *set) side(i int) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s.articles[s.queries[i].place].ID))
	return h.Sum32() >> 7 & 1
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
	s := set{name: "orange", past: true, must: measures{nDCG: 0.103, averagePrecision: 0.091}, floor: 0.64}
	if selected(s.name) {
		s.articles = lines[article](tb, "shared/orange_docs.jsonl.gz")
		s.queries = judged(tb, "dev/rel_orange_links.qrels.jsonl.gz", s.articles)
	}
	return s
}

// reuters: articles with the same subject codes.
func reuters(tb testing.TB) set {
	s := set{name: "reuters", hundreds: true, must: measures{nDCG: 0.017, averagePrecision: 0.013}, floor: 0.63}
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
	s := set{name: "agnews", hundreds: true, whole: true, must: measures{nDCG: 0.022, precision5: 0.01}, floor: 0.785}
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
	s := set{name: name, copies: true, floor: map[string]float64{"multinews": 0.89, "ecbplus": 0.915, "fnc": 0.95}[name]}
	if name == "multinews" {
		s.must.nDCG = 0.003
	}
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
