package summary

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"nutgraph/internal/text"
)

// rouge holds F1 scores as google-research/rouge computes them.
type rouge struct{ one, two, long, sum float64 }

func (r rouge) plus(o rouge) rouge {
	return rouge{r.one + o.one, r.two + o.two, r.long + o.long, r.sum + o.sum}
}

func (r rouge) max(o rouge) rouge {
	return rouge{max(r.one, o.one), max(r.two, o.two), max(r.long, o.long), max(r.sum, o.sum)}
}

func (r rouge) times(f float64) rouge { return rouge{r.one * f, r.two * f, r.long * f, r.sum * f} }

// rouger scores candidates against references. Sentences are apart by line
// breaks.
type rouger struct{ tokens func(string) []string }

// english is the tokenizer of rouge_score with Porter's stemmer.
var english = rouger{func(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for i, w := range words {
		if len(w) > 3 {
			words[i] = porter(w)
		}
	}
	return words
}}

// anywhere has letters and digits of any script, folded, without stems.
var anywhere = rouger{func(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
}}

func rougerOf(lang string) rouger {
	if lang == "en" {
		return english
	}
	return anywhere
}

// reference is a reference made ready for many candidates.
type reference struct {
	tokens    []string
	sentences [][]string
}

func (r rouger) read(s string) reference {
	ref := reference{tokens: r.tokens(s)}
	for line := range strings.SplitSeq(s, "\n") {
		if line != "" {
			ref.sentences = append(ref.sentences, r.tokens(line))
		}
	}
	return ref
}

// best is the best score of each kind over the references.
func best(refs []reference, candidate reference) rouge {
	var out rouge
	for _, ref := range refs {
		out = out.max(score(ref, candidate))
	}
	return out
}

func score(ref, c reference) rouge {
	return rouge{
		one:  f1(overlaps(ref.tokens, c.tokens, 1), len(c.tokens), len(ref.tokens)),
		two:  f1(overlaps(ref.tokens, c.tokens, 2), len(c.tokens)-1, len(ref.tokens)-1),
		long: f1(len(common(ref.tokens, c.tokens)), len(c.tokens), len(ref.tokens)),
		sum:  f1(unionCommon(ref.sentences, c.sentences), total(c.sentences), total(ref.sentences)),
	}
}

func f1(hits, candidate, reference int) float64 {
	if hits == 0 {
		return 0
	}
	p, r := float64(hits)/float64(candidate), float64(hits)/float64(reference)
	return 2 * p * r / (p + r)
}

func total(sentences [][]string) int {
	n := 0
	for _, s := range sentences {
		n += len(s)
	}
	return n
}

func overlaps(ref, c []string, n int) int {
	counts := map[string]int{}
	for i := 0; i+n <= len(ref); i++ {
		counts[strings.Join(ref[i:i+n], " ")]++
	}
	hits := 0
	for i := 0; i+n <= len(c); i++ {
		g := strings.Join(c[i:i+n], " ")
		if counts[g] > 0 {
			counts[g]--
			hits++
		}
	}
	return hits
}

// common returns the places in a of a longest common subsequence.
func common(a, b []string) []int {
	width := len(b) + 1
	t := make([]uint16, (len(a)+1)*width)
	for i := range a {
		for j := range b {
			if a[i] == b[j] {
				t[(i+1)*width+j+1] = t[i*width+j] + 1
			} else {
				t[(i+1)*width+j+1] = max(t[i*width+j+1], t[(i+1)*width+j])
			}
		}
	}
	var out []int
	for i, j := len(a), len(b); i > 0 && j > 0; {
		switch {
		case a[i-1] == b[j-1]:
			out = append(out, i-1)
			i--
			j--
		case t[i*width+j-1] > t[(i-1)*width+j]:
			j--
		default:
			i--
		}
	}
	return out
}

// unionCommon counts the hits of ROUGE-Lsum.
func unionCommon(ref, c [][]string) int {
	left := map[string]int{}
	for _, s := range c {
		for _, w := range s {
			left[w]++
		}
	}
	hits := 0
	for _, s := range ref {
		in := make([]bool, len(s))
		for _, k := range c {
			for _, i := range common(s, k) {
				in[i] = true
			}
		}
		for i, w := range s {
			if in[i] && left[w] > 0 {
				hits++
				left[w]--
			}
		}
	}
	return hits
}

func TestRougeGolden(t *testing.T) {
	t.Parallel()
	path := filepath.Join(*corpora, "dev", "rouge_golden.jsonl")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("skipped: no corpora at %s (set -corpora)", *corpora)
	}
	plain := rouger{func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	}}
	n := 0
	for line := range strings.Lines(string(data)) {
		var g struct {
			Reference, Candidate              string
			Stem                              bool
			Rouge1, Rouge2, RougeL, RougeLsum [3]float64
		}
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		r := plain
		if g.Stem {
			r = english
		}
		got := score(r.read(g.Reference), r.read(g.Candidate))
		for _, pair := range [][2]float64{{got.one, g.Rouge1[2]}, {got.two, g.Rouge2[2]}, {got.long, g.RougeL[2]}, {got.sum, g.RougeLsum[2]}} {
			if n++; math.Abs(pair[0]-pair[1]) > 2e-6 {
				t.Errorf("score of %.60q = %.6f, want %.6f", g.Candidate, pair[0], pair[1])
			}
		}
	}
	t.Logf("%d scores equal rouge_score's", n)
}
