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

	"nutgraph/internal/content"
	"nutgraph/internal/text"
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

// task is a set and the length its references have.
type task struct {
	set    string
	length content.SummaryLength
	lead   int // sentences of LEAD
}

var tasks = []task{
	{"realsumm", content.SummaryShort, 3},
	{"cnndm", content.SummaryShort, 3},
	{"writers", content.SummaryShort, 3},
	{"inshorts", content.SummaryShort, 3},
	{"newts", content.SummaryShort, 3},
	{"xsum", content.SummaryBrief, 1},
	{"gum_oneline", content.SummaryBrief, 1},
	{"orange_fr", content.SummaryBrief, 1},
}

var crossValidate = flag.Bool("cv", false, "judge each half of dev by models trained on the other")

// TestQuality prints ROUGE on the corpora next to LEAD and TextRank.
func TestQuality(t *testing.T) {
	load(t, tasks[0].set) // or skip
	m := [2]models{trained(), trained()}
	if *crossValidate {
		for half := range 2 {
			m[half] = trainModels(t, func(e *example) bool { return e.half() != half })
		}
	}
	for _, task := range tasks {
		var ours, lead rouge
		words, none := 0, 0
		examples := load(t, task.set)
		for i := range examples {
			e := &examples[i]
			r := rougerOf(e.Lang)
			var lines []string
			for _, s := range extract(Article{Title: e.Title, Text: e.Text, Language: e.Lang}, m[e.half()], []content.SummaryLength{task.length}) {
				for _, q := range s.Sentences {
					lines = append(lines, strings.ReplaceAll(q.Text, "\n", " "))
				}
			}
			none += int(is(len(lines) == 0))
			candidate := strings.Join(lines, "\n")
			words += len(strings.Fields(candidate))
			ours = ours.plus(best(e.refs, r.read(candidate)))
			lead = lead.plus(best(e.refs, r.read(leadOf(e, task.lead))))
		}
		n := float64(len(examples))
		show := func(r rouge) string {
			r = r.times(100 / n)
			if task.length == content.SummaryBrief {
				return fmt.Sprintf("%5.2f %5.2f %5.2f", r.one, r.two, r.long)
			}
			return fmt.Sprintf("%5.2f %5.2f %5.2f", r.one, r.two, r.sum)
		}
		t.Logf("%-12s %-6s ours %s  LEAD %s  words %.1f  none %d", task.set, task.length, show(ours), show(lead), float64(words)/n, none)
	}
}

func leadOf(e *example, n int) string {
	var lines []string
	for i, sp := range text.Sentences(e.Text, e.Lang) {
		if i == n {
			break
		}
		lines = append(lines, sp.Of(e.Text))
	}
	return strings.Join(lines, "\n")
}
