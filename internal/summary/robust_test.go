package summary_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"nutgraph/internal/content"
	"nutgraph/internal/summary"
	"nutgraph/internal/text"
)

func TestExtractEndures(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"a million words without full stop": strings.Repeat("word and another one, which goes on ", 150_000),
		"100,000 one-word sentences":        strings.Repeat("Yes. No. ", 50_000),
		"100,000 lines":                     strings.Repeat("A short line of text.\n", 100_000),
		"emoji":                             strings.Repeat("😀😀 👩‍👩‍👧‍👦. ", 50_000),
		"control characters":                strings.Repeat("\x00\x01 a\x02.\r\x1b[0m B ", 50_000),
		"quotation marks":                   strings.Repeat("\"'“«", 100_000),
		"full stops":                        strings.Repeat(". ", 300_000),
		"brackets":                          strings.Repeat("He (she (it ", 100_000) + ".",
		"commas":                            strings.Repeat("The council, which ", 100_000) + ".",
		"no UTF-8":                          strings.Repeat("\xff\xfe abc. \xc3", 50_000),
		"one repeated sentence":             strings.Repeat("The council will meet on Friday to decide whether it can borrow the money. ", 10_000),
		"one long word":                     strings.Repeat("x", 1_000_000),
		"Chinese without stops":             strings.Repeat("今天天气很好我们去公园", 30_000),
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			check(t, summary.Article{Title: "A title", Text: body}, summary.Extract(summary.Article{Title: "A title", Text: body}))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("Extract took %s", took)
			}
		})
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("Storm breaches wall", harbour, "en")
	f.Add("", strings.ReplaceAll(harbour, " ", "\u00a0"), "fr")
	f.Add("标题", strings.Repeat("市议会周一宣布将重建城墙，费用为九百万元。居民们表示欢迎这一决定。", 10), "zh")
	f.Add("x", "However, Google (the firm), which is big, said so; it did. \xff\n\n\"Half a quotation.", "")
	f.Fuzz(func(t *testing.T, title, body, lang string) {
		a := summary.Article{Title: title, Standfirst: lang, Text: body, Language: lang}
		check(t, a, summary.Extract(a))
	})
}

// check fails unless summaries keep what they promise of any text.
func check(t *testing.T, a summary.Article, got []content.Summary) {
	t.Helper()
	units := utf16.Encode([]rune(a.Text))
	seen := map[content.SummaryLength]bool{}
	for _, s := range got {
		if seen[s.Length] || s.Text == "" || s.Origin != content.Extractive {
			t.Fatalf("bad summary %+v", s)
		}
		seen[s.Length] = true
		last := 0
		for _, q := range s.Sentences {
			if q.Start < last || q.End <= q.Start || q.End > len(units) || q.Score < 0 || q.Score > 1 {
				t.Fatalf("%s: bad offsets or score in %+v after %d", s.Length, q, last)
			}
			last = q.End
			if span := string(utf16.Decode(units[q.Start:q.End])); !keeps(span, q) {
				t.Fatalf("%s: %q is not in its span %q (trimmed: %t)", s.Length, q.Text, span, q.IsTrimmed)
			}
		}
	}
}

// keeps tells whether every word of q is in its span, in order.
func keeps(span string, q content.SummarySentence) bool {
	said := strings.ToValidUTF8(q.Text, "\ufffd")
	if !q.IsTrimmed {
		return span == said || len(q.Text) != len(said)
	}
	at := 0
	for _, w := range text.Words(said) {
		i := strings.Index(span[at:], w.Of(said))
		if i < 0 {
			return len(q.Text) != len(said)
		}
		at += i + w.End - w.Start
	}
	return true
}
