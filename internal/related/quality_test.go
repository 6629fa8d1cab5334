package related_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"nutgraph/internal/related"
)

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

func runSet(t *testing.T, s set) {
	t.Run(s.name, func(t *testing.T) {
		b := newBaseline(s.articles)
		x, profiles := index(&s)
		var copies []copies
		if s.copies {
			copies = copiesOf(s.queries, profiles)
		}
		var plain figures
		for _, m := range b.methods(&s) {
			plain = plain.best(s.report(t, m.name, copies, m.rank))
		}
		served := s.report(t, "nutgraph", copies, func(q int) []int { return served(x, profiles, &s, q) })
		ahead, got := served.all.ahead(plain.all), served.all
		switch {
		case s.copies:
			s.report(t, "with copies shown", copies, func(q int) []int { return withCopies(x, profiles, &s, q) })
			t.Logf("%-10s ahead of the best plain one where copies are relevant: %v", s.name, ahead)
			ahead = served.once.ahead(plain.once)
		case s.hundreds:
			t.Logf("%-10s ahead of the best plain one with %d candidates scored: %v", s.name, related.Pool, ahead)
			whole := s.report(t, "score of all articles", copies, func(q int) []int { return scored(x, profiles, q) })
			ahead.averagePrecision = whole.all.averagePrecision - plain.all.averagePrecision
		}
		t.Logf("%-10s ahead of the best plain one: %v", s.name, ahead)
		if short := ahead.ahead(s.must); min(short.nDCG, short.averagePrecision, short.precision5) < 0 {
			t.Errorf("%s is ahead of the best plain one by %v, want %v", s.name, ahead, s.must)
		}
		if got.nDCG < s.floor {
			t.Errorf("%s: nDCG@10 = %.4f, want at least %.3f", s.name, got.nDCG, s.floor)
		}
	})
}

// figures are the means of one method, and those with copies counted once.
type figures struct{ all, once measures }

// best takes the better of every figure.
func (f figures) best(g figures) figures { return figures{f.all.best(g.all), f.once.best(g.once)} }

// report judges one way of ranking and prints the means, over all queries and
// over two halves.
func (s *set) report(t *testing.T, method string, copies []copies, rank func(q int) []int) figures {
	t.Helper()
	all, once := make([]measures, len(s.queries)), make([]measures, len(s.queries))
	for i, q := range s.queries {
		ranking := rank(q.place)
		if s.past {
			ranking = slices.DeleteFunc(ranking, func(d int) bool {
				return s.articles[d].Published > s.articles[q.place].Published
			})
		}
		all[i] = measure(ranking, q.relevant)
		if s.copies {
			once[i] = copies[i].measure(ranking)
		}
	}
	half := func(side uint32) float64 {
		return mean(all, func(i int) bool { return s.side(i) == side }).nDCG
	}
	every := func(int) bool { return true }
	f := figures{all: mean(all, every)}
	line := fmt.Sprintf("%-10s %-22s %v (halves %.4f %.4f)", s.name, method, f.all, half(0), half(1))
	if s.copies {
		f.once = mean(once, func(i int) bool { return len(copies[i].relevant) > 0 })
		line += fmt.Sprintf("; copies once: %v", f.once)
	}
	t.Log(line)
	return f
}

func index(s *set) (*related.Index, []*related.Profile) {
	profiles := make([]*related.Profile, len(s.articles))
	for i, a := range s.articles {
		p := related.Analyse(a.document(i))
		profiles[i] = &p
	}
	return related.NewIndex(profiles), profiles
}

// served ranks as the product does: candidates, of which the first are scored.
// Behind these come the other candidates, in their order, which the product does
// not show: it keeps some twenty edges of an article, and no copies.
func served(x *related.Index, profiles []*related.Profile, s *set, q int) []int {
	found := candidates(x, profiles[q], len(profiles), s.past)
	first := found[:min(len(found), related.Pool)]
	var ranking []int
	for _, e := range related.Rank(profiles[q], first, x, len(first)) {
		ranking = append(ranking, int(e.Key))
	}
	return append(ranking, keys(found[len(first):])...)
}

// withCopies is what served would be if copies were shown.
func withCopies(x *related.Index, profiles []*related.Profile, s *set, q int) []int {
	found := candidates(x, profiles[q], len(profiles), s.past)
	first := found[:min(len(found), related.Pool)]
	return append(keys(related.RankAll(profiles[q], first, x)), keys(found[len(first):])...)
}

// scored ranks all articles by score alone.
func scored(x *related.Index, profiles []*related.Profile, q int) []int {
	ranking := ranked(related.ScoresOf(x, profiles[q], profiles))
	return slices.DeleteFunc(ranking, func(d int) bool { return d == q })
}

func keys(profiles []*related.Profile) []int {
	keys := make([]int, len(profiles))
	for i, p := range profiles {
		keys[i] = int(p.Key)
	}
	return keys
}

// candidates are those of p, without later articles if only past ones count.
func candidates(x *related.Index, p *related.Profile, n int, past bool) []*related.Profile {
	found := x.Candidates(p, n)
	if past {
		found = slices.DeleteFunc(found, func(c *related.Profile) bool { return c.PublishedAt.After(p.PublishedAt) })
	}
	return found
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
			scores = append(scores, related.ScoresOf(x, profiles[p[0]], profiles[p[1]:p[1]+1])[0])
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
