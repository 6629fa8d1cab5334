package markup_test

import (
	"strings"
	"testing"
	"time"

	"nutgraph/internal/content"
	"nutgraph/internal/markup"
)

func render(t *testing.T, source string, format content.Format) content.Body {
	t.Helper()
	body, err := markup.Render(source, format)
	if err != nil {
		t.Fatalf("Render(%.80q, %s): %v", source, format, err)
	}
	return body
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source string
		format       content.Format
		want         string
	}{
		{"soft breaks", "One line\nand the next.\n\nA second paragraph.", content.Markdown, "One line and the next.\n\nA second paragraph."},
		{"emphasis and links", "The *old* **wall** [held](https://example.org) `firm`.", content.Markdown, "The old wall held firm."},
		{"headings", "# Storm\n\nIt came.\n\n## Morning\n\nIt went.", content.Markdown, "Storm\n\nIt came.\n\nMorning\n\nIt went."},
		{"lists", "- one\n- two\n  - three\n\n1. four", content.Markdown, "one\n\ntwo\n\nthree\n\nfour"},
		{"quotation", "> Said she.\n> And he.", content.Markdown, "Said she. And he."},
		{"table", "| Club | Points |\n|---|--:|\n| Rovers | 12 |", content.Markdown, "Club; Points\n\nRovers; 12"},
		{"entities", "Fish &amp; chips &#8212; 3 &lt; 4", content.Markdown, "Fish & chips — 3 < 4"},
		{"code block out, code span in", "Run `make`.\n\n```sh\nmake all\n```\n\nDone.", content.Markdown, "Run make.\n\nDone."},
		{"footnotes out", "The bridge[^1] fell.\n\n[^1]: Built in 1904.", content.Markdown, "The bridge fell."},
		{"struck out", "It costs ~~9~~ 8 crowns.", content.Markdown, "It costs 8 crowns."},
		{"image without text", "Before.\n\n![a boat](https://example.org/boat.jpg)\n\nAfter.", content.Markdown, "Before.\n\nAfter."},
		{"raw HTML", "A <b>bold</b> word.<script>alert(1)</script>", content.Markdown, "A bold word."},
		{"hard break", "Rose Street 4  \nHarbour", content.Markdown, "Rose Street 4 Harbour"},
		{"caption out", `<p>Text.</p><figure><img src="https://e.org/a.png"><figcaption>Photo: me</figcaption></figure>`, content.HTML, "Text."},
		{"aside and nav out", "<p>Text.</p><aside>Share this!</aside><nav>Home</nav><p>More.</p>", content.HTML, "Text.\n\nMore."},
		{"two breaks end a paragraph", "First part.<br><br/>\nSecond<br>part.", content.HTML, "First part.\n\nSecond part."},
		{"loose text around blocks", "Loose <div>inside</div> again", content.HTML, "Loose\n\ninside\n\nagain"},
		{"words of neighbours stay apart", "<ul><li>one</li><li>two</li></ul><td>x</td>", content.HTML, "one\n\ntwo\n\nx"},
		{"quotation element", "<p>He said <q>never</q>.</p>", content.HTML, "He said “never”."},
		{"blocks in a cell", "<table><tr><td><p>a</p><p>b</p></td><td>c<br>d</td><td></td></tr></table>", content.HTML, "a b; c d"},
		{"no-break space alone", "<p>Vraiment&nbsp;? Oui.&nbsp; Non</p>", content.HTML, "Vraiment\u00a0? Oui. Non"},
		{"hidden", "<p hidden>secret</p><p>seen<span aria-hidden=true>★</span></p>", content.HTML, "seen"},
		{"control characters", "<p>a&#1;b&#8203;c\x00d&shy;e</p>", content.HTML, "abcde"},
		{"invalid UTF-8", "caf\xe9 here", content.Markdown, "caf\uFFFD here"},
		{"old line breaks", "One.\r\n\r\nTwo.\rThree.", content.Markdown, "One.\n\nTwo. Three."},
		{"whole document", "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><p>Body.</p></body></html>", content.HTML, "Body."},
		{"plain paragraphs", "One\nline.\n \n\nTwo <b> & *three*.\n", content.Text, "One line.\n\nTwo <b> & *three*."},
		{"plain lines", "First.\nSecond.\n", content.Text, "First.\n\nSecond."},
		{"empty", "", content.Markdown, ""},
		{"only a comment", "<!-- nothing -->", content.HTML, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := render(t, c.source, c.format).Text; got != c.want {
				t.Errorf("Render(%q, %s).Text = %q, want %q", c.source, c.format, got, c.want)
			}
		})
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source string
		format       content.Format
		want         string
	}{
		{"paragraph", "A *b*.", content.Markdown, "<p>A <em>b</em>.</p>\n"},
		{"link", "[a](https://e.org/?x=1&y=2)", content.Markdown, `<p><a href="https://e.org/?x=1&amp;y=2" rel="nofollow noopener">a</a></p>` + "\n"},
		{"foreign rel replaced", `<a href="/a" rel="opener" target="_blank">a</a>`, content.HTML, `<a href="/a" rel="nofollow noopener">a</a>`},
		{"image", `<img src="https://e.org/a.png" alt="A boat" width="10" onerror="x()">`, content.HTML, `<img src="https://e.org/a.png" alt="A boat" width="10"/>`},
		{"image elsewhere", `<p>a<img src="/a.png" alt="no"><img src="data:image/png;base64,AA">b</p>`, content.HTML, "<p>ab</p>"},
		{"unclosed elements are closed", "<div><p>a<em>b", content.HTML, "<div><p>a<em>b</em></p></div>"},
		{"stray end tags go", "a</div></p>b", content.HTML, "a<p></p>b"},
		{"footnote", "a[^1]\n\n[^1]: b", content.Markdown, `<p>a<sup id="fnref:1"><a href="#fn:1" rel="nofollow noopener">1</a></sup></p>` + "\n<div>\n<hr/>\n<ol>\n" +
			`<li id="fn:1">` + "\n" + `<p>b <a href="#fnref:1" rel="nofollow noopener">↩︎</a></p>` + "\n</li>\n</ol>\n</div>\n"},
		{"code keeps its language", "```go\na < b\n```", content.Markdown, "<pre><code class=\"language-go\">a &lt; b\n</code></pre>\n"},
		{"table", "|a|\n|:-:|\n|b|", content.Markdown, "<table>\n<thead>\n<tr>\n<th align=\"center\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"center\">b</td>\n</tr>\n</tbody>\n</table>\n"},
		{"text is escaped", "1 < 2 & <b>", content.Text, "<p>1 &lt; 2 &amp; &lt;b&gt;</p>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := render(t, c.source, c.format).HTML; got != c.want {
				t.Errorf("Render(%q, %s).HTML =\n%q, want\n%q", c.source, c.format, got, c.want)
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, source string
		format       content.Format
		want         string
	}{
		{"as it came", "A  *b*\n", content.Markdown, "A  *b*\n"},
		{"line breaks alone change", "A\r\nb\x00", content.Markdown, "A\nb"},
		{"from HTML", "<h2>Storm</h2><p>The <em>old</em> <a href=\"https://e.org/\">wall</a></p>", content.HTML, "## Storm\n\nThe *old* [wall](https://e.org/)"},
		{"from HTML, sanitised", `<p><a href="javascript:alert(1)">x</a></p><script>y</script>`, content.HTML, "x"},
		{"from HTML, escaped", "<p>1 &lt;b&gt; *x* [y](z) <code>[0]</code></p>", content.HTML, "1 &lt;b&gt; \\*x* \\[y](z) `[0]`"},
		{"from HTML, table", "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", content.HTML, "| a |\n|---|\n| b |"},
		{"from text", "# 1 *a* <b>\n\n1. x [y](z)", content.Text, "\\# 1 \\*a\\* \\<b\\>\n\n1\\. x \\[y\\](z)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := render(t, c.source, c.format).Markdown; got != c.want {
				t.Errorf("Render(%q, %s).Markdown = %q, want %q", c.source, c.format, got, c.want)
			}
		})
	}
}

// Plain text that went through Markdown reads the same again.
func TestEscapedTextReadsBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"# no heading", "- no list", "+ no list", "1. no list", "2) no list", "> no quotation", "a *b* _c_ `d`", "~~~", "---", "===",
		"&amp; stays", "<b>", "[a](b)", "![a](b)", "\\*", "| a | b |", "a~~b~~", "https://example.org/a_b_c", "    indented", "[^1]: no footnote", ": no",
	} {
		want := render(t, text, content.Text)
		if got := render(t, want.Markdown, content.Markdown).Text; got != want.Text {
			t.Errorf("Render(%q).Text = %q, want %q", want.Markdown, got, want.Text)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source string
		format content.Format
		want   string
	}{
		{"x", "RTF", `bodyFormat: "RTF" is unknown; use MARKDOWN, HTML or TEXT`},
		{strings.Repeat("<div>", 100_000), content.HTML, "body: has elements nested more than 500 deep; close the elements it opens"},
		{strings.Repeat("<i>", 10_000), content.Markdown, "body: has elements nested more than 500 deep; close the elements it opens"},
	} {
		_, err := markup.Render(c.source, c.format)
		if err == nil || err.Error() != c.want {
			t.Errorf("Render(%.20q…, %s) = %v, want %q", c.source, c.format, err, c.want)
		}
	}
}

// Each of these small texts is a trap for some parser: it recurses once per
// mark, or looks at all marks again for each mark. The limit leaves room for
// the race detector on a busy machine; without the bounds some take minutes.
func TestHostileNesting(t *testing.T) {
	t.Parallel()
	const n = 40_000
	many := func(s string) string { return strings.Repeat(s, n) }
	for name, source := range map[string]string{
		"quotations":                         many(">"),
		"quotations, blanks":                 many("> "),
		"lazy lines":                         many("> ") + "\n" + many("a\n"),
		"brackets":                           many("["),
		"closed brackets":                    many("[") + many("]"),
		"bracket pairs":                      many("[a]"),
		"links opened":                       many("[a]("),
		"angle links opened":                 many("[a](<b"),
		"images opened":                      many("!["),
		"emphasis":                           many("*a "),
		"emphasis, both":                     many("*a **a "),
		"emphasis, mixed":                    many("*a_ "),
		"underscores":                        many("_"),
		"strikethrough":                      many("~~a "),
		"list in list":                       many("- "),
		"numbered":                           many("1. "),
		"list, then lines":                   strings.Repeat("- ", 500) + "a\n" + many("b\n"),
		"indented lists":                     indentedLists(400) + many("b\n"),
		"backticks":                          backticks(400),
		"code spans opened":                  many("`a``"),
		"definitions":                        many("[a]: b\n"),
		"footnotes":                          many("[^1]: "),
		"footnote marks":                     many("[^a]"),
		"comments opened":                    many("<!-- a"),
		"instructions opened":                many("<?"),
		"declarations opened":                many("<!A "),
		"CDATA opened":                       many("<![CDATA["),
		"tags opened":                        many("<a "),
		"tags":                               many("<b>"),
		"attributes":                         "<p " + many("a=b ") + ">x</p>",
		"entities":                           many("&"),
		"tables":                             "|" + many("a|") + "\n|" + many("-|") + "\n" + strings.Repeat("|\n", 1000),
		"table, wide and long":               "|" + strings.Repeat("a|", 1000) + "\n|" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("|\n", 20_000),
		"footnotes and marks":                many("[^1]: a\n\n") + many("[^1]"),
		"footnotes, and paragraphs of marks": many("[^1]: a\n\n") + many("[^2]\n\n"),
		"unclosed paragraphs":                many("<p>"),
		"formatting reopened":                many("<b><p>"),
		"anchors":                            many("<a>"),
		"tables in tables":                   many("<table>"),
		"foreign":                            many("<svg>"),
		"hard breaks":                        many("a  \n"),
		"backslashes":                        many("\\"),
		"rows":                               many("<tr><td>"),
		"selects":                            many("<select><option>"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, format := range []content.Format{content.Markdown, content.HTML, content.Text} {
				start := time.Now()
				_, err := markup.Render(source, format)
				if took := time.Since(start); took > time.Minute {
					t.Errorf("%s as %s: took %v for %d bytes (error %v)", name, format, took, len(source), err)
				} else {
					t.Logf("%s as %s: %v, %v", name, format, took, err)
				}
			}
		})
	}
}

func indentedLists(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func backticks(longest int) string {
	var b strings.Builder
	for i := range longest {
		b.WriteString("e" + strings.Repeat("`", i))
	}
	return b.String()
}

func BenchmarkRender(b *testing.B) {
	words := strings.Repeat("The harbour wall held through the night, said the *keeper* of the [old lamp](https://example.org/lamp). ", 5)
	paragraph := strings.TrimSpace(words) + "\n\n"
	markdown := "## Storm\n\n" + strings.Repeat(paragraph, 3) + "> Nobody slept.\n\n- one\n- two\n\n" + strings.Repeat(paragraph, 3)
	body, err := markup.Render(markdown, content.Markdown)
	if err != nil {
		b.Fatal(err)
	}
	for format, source := range map[content.Format]string{content.Markdown: markdown, content.HTML: body.HTML, content.Text: body.Text} {
		b.Run(string(format), func(b *testing.B) {
			b.ReportAllocs()
			b.ReportMetric(float64(len(strings.Fields(body.Text))), "words")
			for b.Loop() {
				if _, err := markup.Render(source, format); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
