package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/search"
)

func TestParse(t *testing.T) {
	t.Parallel()
	word := func(w string) search.Term { return search.Term{Words: []string{w}} }
	phrase := func(words ...string) search.Term { return search.Term{Words: words, Exact: true} }
	for in, want := range map[string][]search.Term{
		"":                          nil,
		"  \t\n ":                   nil,
		`"`:                         nil,
		`""`:                        nil,
		`-`:                         nil,
		`*`:                         nil,
		`-"" * ()^:{}`:              nil,
		"Harbour WALL":              {word("harbour"), word("wall")},
		"wall, harbour; (sea)":      {word("wall"), word("harbour"), word("sea")},
		"well-known":                {word("well"), word("known")},
		"l'Été":                     {word("l"), word("été")},
		`"storm surge"`:             {phrase("storm", "surge")},
		`“storm surge” wall`:        {phrase("storm", "surge"), word("wall")},
		`«mer agitée»`:              {phrase("mer", "agitée")},
		`sea"wall`:                  {word("sea"), phrase("wall")},
		`"storm surge`:              {phrase("storm", "surge")},
		`"wall"`:                    {phrase("wall")},
		"harb*":                     {{Words: []string{"harb"}, Prefix: true}},
		"sea-wal*":                  {word("sea"), {Words: []string{"wal"}, Prefix: true}},
		`"sea wal*"`:                {{Words: []string{"sea", "wal"}, Exact: true, Prefix: true}},
		"-ferry":                    {{Words: []string{"ferry"}, Not: true}},
		"−ferry":                    {{Words: []string{"ferry"}, Not: true}},
		`wall -"ferry terminal"`:    {word("wall"), {Words: []string{"ferry", "terminal"}, Exact: true, Not: true}},
		"-ferr*":                    {{Words: []string{"ferr"}, Prefix: true, Not: true}},
		"AND OR NOT NEAR(a b)":      {word("and"), word("or"), word("not"), word("near"), word("a"), word("b")},
		"example.com 3.14 U.S. a_b": {word("example"), word("com"), word("3.14"), word("u.s"), word("a"), word("b")},
		"title:wall":                {word("title"), word("wall")},
		"北京大学":                      {phrase("北京", "京大", "大学")},
		"京":                         {{Words: []string{"京"}, Exact: true, Prefix: true}},
		"iPhone発売":                  {word("iphone"), phrase("発売")},
		"a\x00b\xff":                {word("a"), word("b")},
		strings.Repeat("a ", 40):    search.Parse(strings.Repeat("a ", 32)).Terms,
		strings.Repeat("北", 600):    {phrase(slices.Repeat([]string{"北北"}, 32)...)},
		strings.Repeat("a ", 32) + "北京大学": search.Parse(strings.Repeat("a ", 32)).Terms,
		strings.Repeat("x", 10_000):       search.Parse(strings.Repeat("x", 2000)).Terms,
	} {
		if diff := cmp.Diff(want, search.Parse(in).Terms); diff != "" {
			t.Errorf("Parse(%.40q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"": true, "-a": true, `-"a b" -c`: true, "a": false, "a -b": false} {
		if got := search.Parse(in).Empty(); got != want {
			t.Errorf("Parse(%q).Empty() = %t, want %t", in, got, want)
		}
	}
}

func TestHighlight(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ query, language, text, want string }{
		{"HARBOUR", "en", "The harbour wall", "The <mark>harbour</mark> wall"},
		{"ete", "fr", "Été à l'été", "<mark>Été</mark> à l&#39;<mark>été</mark>"},
		{"wall", "en", `<b>wall</b> & "wall"`, `&lt;b&gt;<mark>wall</mark>&lt;/b&gt; &amp; &#34;<mark>wall</mark>&#34;`},
		{"wall", "en", "walls", "<mark>walls</mark>"},
		{`"wall"`, "en", "walls", "walls"},
		{"wall", "und", "walls", "walls"},
		{"walls flooding", "en", "the wall flooded", "the <mark>wall</mark> <mark>flooded</mark>"},
		{"wa*", "en", "Walls and water", "<mark>Walls</mark> and <mark>water</mark>"},
		{`"sea wa*"`, "en", "sea, sea walls", "sea, <mark>sea walls</mark>"},
		{`"sea wall" sea`, "en", "sea wall, sea", "<mark>sea wall</mark>, <mark>sea</mark>"},
		{"-wall sea", "en", "sea wall", "<mark>sea</mark> wall"},
		{"北京大", "zh", "在北京大学", "在<mark>北京大</mark>学"},
		{"wall", "en", "", ""},
		{"", "en", "no words", "no words"},
	} {
		if got := search.Parse(tt.query).Highlight(tt.text, "", tt.language).Title; got != tt.want {
			t.Errorf("Parse(%q).Highlight(%q, %s) = %q, want %q", tt.query, tt.text, tt.language, got, tt.want)
		}
	}
}

func TestPassage(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("The council met on Tuesday to hear how it had been. ", 12)
	for _, tt := range []struct{ query, body, has, hasNot string }{
		{"wall", "short", "short", "…"},
		{"wall", filler, "The council", "<mark>"},
		{"wall", filler + "A wall fell. " + filler, "A <mark>wall</mark> fell.", ""},
		{"wall sea", "A wall fell. " + filler + "The sea came over the wall. " + filler, "The <mark>sea</mark> came over the <mark>wall</mark>.", "fell"},
		{"é", strings.Repeat("é", 400), "ééé …", "�"},
	} {
		got := search.Parse(tt.query).Highlight("", tt.body, "en").Body
		if !strings.Contains(got, tt.has) || tt.hasNot != "" && strings.Contains(got, tt.hasNot) {
			t.Errorf("the passage for %q is %q, want one with %q and without %q", tt.query, got, tt.has, tt.hasNot)
		}
		if len(got) > 400 {
			t.Errorf("the passage for %q has %d bytes", tt.query, len(got))
		}
	}
}

// Each of many terms that stands everywhere is not looked for from each place
// anew: that took ten seconds.
func TestPassageOfManyTerms(t *testing.T) {
	t.Parallel()
	got := search.Parse(strings.Repeat("wall ", 32)).Highlight("", strings.Repeat("wall ", 20_000), "en").Body
	if !strings.HasPrefix(got, "<mark>wall</mark> <mark>wall</mark>") || !strings.HasSuffix(got, "…") {
		t.Errorf("the passage is %q", got)
	}
}
