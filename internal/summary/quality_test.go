package summary

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nutgraph/internal/content"
)

var corpora = flag.String("corpora", "../../../shared/corpora", "folder of the evaluation corpora")

// example is one article of a corpus with what people wrote about it.
type example struct {
	ID, Lang, Title, Text, Genre string
	References                   []string
	refs                         []reference
}

// load reads a corpus, or skips the test when it is not there.
func load(tb testing.TB, name string) []example {
	tb.Helper()
	f, err := os.Open(filepath.Join(*corpora, "dev", "sum_"+name+".jsonl.gz"))
	if err != nil {
		tb.Skipf("skipped: no corpora at %s (set -corpora)", *corpora)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var out []example
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e example
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			tb.Fatal(err)
		}
		r := rougerOf(e.Lang)
		for _, ref := range e.References {
			e.refs = append(e.refs, r.read(ref))
		}
		out = append(out, e)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

// task is a set, the length its references have and the least ROUGE-1 and
// ROUGE-2 that a change may leave.
type task struct {
	set    string
	length content.SummaryLength
	lead   int // sentences of the baselines
	floor  [2]float64
}

var tasks = []task{
	{"realsumm", content.SummaryShort, 3, [2]float64{41.8, 18.1}},
	{"cnndm", content.SummaryShort, 3, [2]float64{40.3, 17.0}},
	{"writers", content.SummaryShort, 3, [2]float64{45.6, 21.9}},
	{"inshorts", content.SummaryShort, 3, [2]float64{47.7, 24.3}},
	{"newts", content.SummaryShort, 3, [2]float64{40.9, 18.2}},
	{"xsum", content.SummaryBrief, 1, [2]float64{19.5, 2.4}},
	{"gum_oneline", content.SummaryBrief, 1, [2]float64{23.2, 7.8}},
	{"orange_fr", content.SummaryBrief, 1, [2]float64{27.1, 8.5}},
}

var show = flag.String("show", "", "print the summaries that break this rule")

var crossValidate = flag.Bool("cv", false, "judge each half of dev by models trained on the other")

// TestQuality prints ROUGE on the corpora next to LEAD and TextRank, how often
// summaries break a rule, and the time an article takes:
//
//	go test ./internal/summary -run Quality -v [-corpora DIR] [-cv]
func TestQuality(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("measuring takes a minute; run it without -short and -race")
	}
	load(t, tasks[0].set) // or skip
	m := [2]models{trained(), trained()}
	if *crossValidate {
		for half := range 2 {
			m[half] = trainModels(t, func(e *example) bool { return e.half() != half })
		}
	}
	var all census
	for _, task := range tasks {
		got := task.run(t, load(t, task.set), m, &all)
		for i, f := range []float64{got.one, got.two} {
			if f < task.floor[i] && !*crossValidate {
				t.Errorf("%s: ROUGE-%d %.2f is below its floor of %.2f", task.set, i+1, f, task.floor[i])
			}
		}
	}
	all.print(t)
}

// run judges one set and returns our scores.
func (k task) run(tb testing.TB, examples []example, m [2]models, all *census) rouge {
	tb.Helper()
	var ours, lead, rank rouge
	words, none := 0, 0
	var spent time.Duration
	for i := range examples {
		e := &examples[i]
		a := Article{Title: e.Title, Text: e.Text, Language: e.Lang}
		start := time.Now()
		got := extract(a, m[e.half()], content.SummaryLengths)
		spent += time.Since(start)
		all.count(tb, a, got)
		candidate := ""
		for _, s := range got {
			if s.Length == k.length {
				candidate = lines(s)
			}
		}
		none += int(is(candidate == ""))
		words += len(strings.Fields(candidate))
		r := rougerOf(e.Lang)
		ours = ours.plus(best(e.refs, r.read(candidate)))
		lead = lead.plus(best(e.refs, r.read(leadOf(e, k.lead))))
		rank = rank.plus(best(e.refs, r.read(textRankOf(e, k.lead))))
	}
	n := float64(len(examples))
	ours, lead, rank = ours.times(100/n), lead.times(100/n), rank.times(100/n)
	tb.Logf("%-11s %-5s ours %s | LEAD-%d %s | TextRank %s | %4.1f words, %d none, %.2f ms", k.set, k.length,
		k.show(ours), k.lead, k.show(lead), k.show(rank), float64(words)/n, none, float64(spent.Microseconds())/1000/n)
	return ours
}

// show prints ROUGE-1, -2 and -L of a line, ROUGE-1, -2 and -Lsum of more.
func (k task) show(r rouge) string {
	if k.length == content.SummaryBrief {
		return fmt.Sprintf("%5.2f %5.2f %5.2f", r.one, r.two, r.long)
	}
	return fmt.Sprintf("%5.2f %5.2f %5.2f", r.one, r.two, r.sum)
}

func lines(s content.Summary) string {
	out := make([]string, len(s.Sentences))
	for i, q := range s.Sentences {
		out[i] = strings.ReplaceAll(q.Text, "\n", " ")
	}
	return strings.Join(out, "\n")
}

// census counts summaries, their words and the rules they break, by length.
type census struct {
	articles, full              int // full ones have 200 words or more
	made, words, cut, sentences map[content.SummaryLength]int
	madeFull                    map[content.SummaryLength]int
	broken                      map[content.SummaryLength]map[string]int
}

func (c *census) count(tb testing.TB, a Article, got []content.Summary) {
	tb.Helper()
	if c.made == nil {
		c.made, c.words = map[content.SummaryLength]int{}, map[content.SummaryLength]int{}
		c.cut, c.sentences = map[content.SummaryLength]int{}, map[content.SummaryLength]int{}
		c.broken, c.madeFull = map[content.SummaryLength]map[string]int{}, map[content.SummaryLength]int{}
	}
	const fullArticle = 200
	full := int(is(len(strings.Fields(a.Text)) >= fullArticle))
	c.articles++
	c.full += full
	for _, s := range got {
		c.made[s.Length]++
		c.madeFull[s.Length] += full
		c.words[s.Length] += len(strings.Fields(s.Text))
		c.sentences[s.Length] += len(s.Sentences)
		for _, q := range s.Sentences {
			c.cut[s.Length] += int(is(q.IsTrimmed))
		}
		for _, r := range rules {
			if r.breaks(a, s) {
				if c.broken[s.Length] == nil {
					c.broken[s.Length] = map[string]int{}
				}
				c.broken[s.Length][r.name]++
				if *show == r.name {
					tb.Logf("breaks %q: %s: %s", r.name, s.Length, s.Text)
				}
			}
		}
	}
}

func (c *census) print(tb testing.TB) {
	tb.Helper()
	for _, length := range content.SummaryLengths {
		n := float64(max(c.made[length], 1))
		var broken strings.Builder
		for _, r := range rules {
			fmt.Fprintf(&broken, " %s %.1f%%", r.name, 100*float64(c.broken[length][r.name])/n)
		}
		tb.Logf("%-8s for %4.1f%% of %d articles and %4.1f%% of %d with 200 words, %5.1f words, %.1f%% of sentences trimmed; rules broken:%s", length,
			100*n/float64(c.articles), c.articles, 100*float64(c.madeFull[length])/float64(max(c.full, 1)), c.full, float64(c.words[length])/n, 100*float64(c.cut[length])/float64(max(c.sentences[length], 1)), &broken)
	}
}
