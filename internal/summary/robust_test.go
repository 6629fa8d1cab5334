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
		"20,000 lines":                      strings.Repeat("A short line of text.\n", 20_000),
		"emoji":                             strings.Repeat("😀😀 👩‍👩‍👧‍👦. ", 10_000),
		"control characters":                strings.Repeat("\x00\x01 a\x02.\r\x1b[0m B ", 10_000),
		"quotation marks":                   strings.Repeat("\"'“«", 20_000),
		"full stops":                        strings.Repeat(". ", 50_000),
		"brackets":                          strings.Repeat("He (she (it ", 20_000) + ".",
		"commas":                            strings.Repeat("The council, which ", 20_000) + ".",
		"no UTF-8":                          strings.Repeat("\xff\xfe abc. \xc3", 10_000),
		"one repeated sentence":             strings.Repeat("The council will meet on Friday to decide whether it can borrow the money. ", 3_000),
		"one long word":                     strings.Repeat("x", 200_000),
		"Chinese without stops":             strings.Repeat("今天天气很好我们去公园", 6_000),
	}
	for name, body := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			check(t, summary.Article{Title: "A title", Text: body}, summary.Extract(summary.Article{Title: "A title", Text: body}))
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("Extract took %s", took)
			}
		})
	}
}

// fuzzSeeds are titles, bodies and languages: short, so that the fuzzer tries
// thousands of them a second, and long enough for every length of summary only
// by the words that count as such.
var fuzzSeeds = [][3]string{
	{"Storm breaches wall", "The old wall at Saltmere fell in Tuesday's storm. Nobody was hurt, but Maud Oakes, 45, the engineer, said: \"It is gone. All of it.\"", "en"},
	{"", "Le\u00a0mur, qui\u00a0datait de 1871, est tombé\u00a0; chacun «\u00a0le connaît\u00a0». Il a dit : « Non. »", "fr"},
	{"标题", strings.Repeat("市议会周一宣布将重建城墙，费用为九百万元。居民们表示欢迎这一决定。", 4), "zh"},
	{"x", "However, Google (the firm), which is big, said so; it did. \xff\n\n\"Half a quotation.", ""},
	{"b", "Bet.\x80\xff\xffd The town \x00 of a b c d e f g h i j k l m n o p q r s t u v w x y z closed – at once – the quay.", "en"},
	{"0", "市议会周\xe4\xb8", "\xb7\xb7"},
	{"葛城", "葛\U000E0100城市议会周\u0301一宣布将重建城墙。", "ja"},
	{"c", strings.Repeat("Ah no it is so. ", 25), ""},
	{"0", "\"\xb0", "0"},
	{"d", "The town, which is small, closed the quay on Monday 3 June ; it is late on Monday ", "en"},
}

func FuzzExtract(f *testing.F) {
	for _, seed := range fuzzSeeds {
		f.Add(seed[0], seed[1], seed[2])
	}
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
	said := string([]rune(q.Text)) // each byte that is no UTF-8 is one code unit
	if !q.IsTrimmed {
		return span == said
	}
	at := 0
	for _, w := range text.Words(said) {
		i := strings.Index(span[at:], w.Of(said))
		if i < 0 {
			return false
		}
		at += i + w.End - w.Start
	}
	return true
}

// Quotations of several sentences that have one of them in common are not both
// chosen: an import of a hundred thousand articles met two.
func TestQuotationsThatOverlap(t *testing.T) {
	t.Parallel()
	text := "below and complain about any omissions. Boat of the year Harbour Ferry Lantern I, Martin Gull: the trailer for Len Quay’s Vague " +
		"d’Or-winnerPetersen (Dir. Tim Jarrow)Nocturnal Ferries (Dir. Rob Ward)Northern Harbour (Dir. Agnes Arden)I, Martin Gull (Dir. Len " +
		"Quay)The Boyhood of a Pilot (Dir. Benny Corvane)Harbours (Dir. for Northern Harbour Harriet Sands for I, Martin GullEdda Frost for The " +
		"Green Lantern (Dir. Nils Winter Rask)Nora Rand for Under the Bridge TidewaterEva Sands for Marieta (Dir. Pablo Almeria)Alma Ulrich for " +
		"Marieta Ingrid Harper for Boats to Come Simon K Johnson for"
	title := "Once again, it is time for the least anticipated part of the"
	for _, s := range summary.Extract(summary.Article{Title: title, Text: text, Language: "en"}) {
		for i := 1; i < len(s.Sentences); i++ {
			if s.Sentences[i].Start < s.Sentences[i-1].End {
				t.Errorf("%s: %q begins within %q", s.Length, s.Sentences[i].Text, s.Sentences[i-1].Text)
			}
		}
	}
}
