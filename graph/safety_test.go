package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// attacks are the ways in which markup runs scripts, one for each kind of the
// known lists: elements, handlers, addresses, styles, other namespaces, broken
// tags, and encodings of them.
var attacks = []string{
	`<script>alert(1)</script>`, `<ScRiPt >alert(1)</sCrIpT>`, `<script src="https://evil.example/x.js"></script>`, `<<script>alert(1)//<</script>`,
	`<img src=x onerror=alert(1)>`, `<img src="x" ONERROR="alert(1)">`, "<img src=x onerror\n=\nalert(1)>", `<img/src=x/onerror=alert(1)>`, `<img src="x:x" onerror="alert(1)"//`,
	`<a href="javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`, "<a href=\"java\tscript:alert(1)\">x</a>", `<a href="&#106;avascript:alert(1)">x</a>`,
	`<a href=" &#14; javascript:alert(1)">x</a>`, `<a href="vbscript:msgbox(1)">x</a>`, `<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>`,
	`<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<object data="javascript:alert(1)"></object>`, `<embed src="javascript:alert(1)">`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<svg><foreignObject><iframe onload=alert(1)></iframe></foreignObject></svg>`, `<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>`,
	`<math href="javascript:alert(1)">x</math>`, `<form action="javascript:alert(1)"><button>x</button></form>`, `<button formaction="javascript:alert(1)">x</button>`,
	`<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>`, `<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`, `<body onload=alert(1)>`, `<marquee onstart=alert(1)>`,
	`<div style="background:url(javascript:alert(1))">x</div>`, `<div style="width: expression(alert(1))">x</div>`, `<style>@import 'https://evil.example/x.css'</style>`, `<link rel=stylesheet href="javascript:alert(1)">`,
	`<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`, `<base href="javascript:alert(1)//">`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<title><img src=x onerror=alert(1)></title>`, `<textarea><img src=x onerror=alert(1)></textarea>`, `<template><script>alert(1)</script></template>`, `<xmp><img src=x onerror=alert(1)></xmp>`,
	`<!--><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`, `<?xml version="1.0"?><script>alert(1)</script>`, "<scr\x00ipt>alert(1)</scr\x00ipt>",
	`"><script>alert(1)</script>`, `'-alert(1)-'`, `</p><script>alert(1)</script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `<p onclick="alert(1)">x</p>`, `<a href="https://example.org" target="_blank" onmouseover="alert(1)">x</a>`,
	"[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "![x](javascript:alert(1))", "<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]", "[x](data:text/html,<script>alert(1)</script>)",
	"```\n<script>alert(1)</script>\n```", "`<img src=x onerror=alert(1)>`", "[a](<javascript:alert(1)>)", "![x](x\"onerror=\"alert(1))", `[x](https://example.org "t" onclick="alert(1)")`,
}

// harmful finds what could run in HTML, as a browser reads it.
func harmful(t *testing.T, markup string) string {
	t.Helper()
	for tokens := html.NewTokenizer(strings.NewReader(markup)); ; {
		if tokens.Next() == html.ErrorToken {
			return ""
		}
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		switch token.Data {
		case "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "link", "meta", "base", "template", "noscript", "textarea", "title", "xmp":
			return "<" + token.Data + ">"
		}
		for _, a := range token.Attr {
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "formaction" ||
				strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:") || strings.HasPrefix(value, "data:") {
				return fmt.Sprintf("%s=%q", a.Key, a.Val)
			}
		}
	}
}

// TestAttacksComeOutHarmless sends each attack through every field that holds
// rich text, and reads it back in every form that is HTML: bodies, and what marks
// the words of a search. Titles and the like are text: they come out as they went
// in, for the front end to escape.
func TestAttacksComeOutHarmless(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	c := newClient(store).as(content.RoleEditor)
	for _, format := range []string{"HTML", "MARKDOWN", "TEXT"} {
		for i, attack := range attacks {
			made := c.data(t, create, map[string]any{"input": map[string]any{
				"title": "Attack " + attack, "standfirst": attack, "body": "Before.\n\n" + attack + "\n\nAfter.", "bodyFormat": format,
				"slug": fmt.Sprintf("%s-%d", strings.ToLower(format), i),
			}})
			body, _ := at(t, made, "createArticle", "article", "body").(string)
			if found := harmful(t, body); found != "" {
				t.Errorf("%s as %s comes out with %s: %s", attack, format, found, body)
			}
			if !strings.Contains(body, "Before.") {
				t.Errorf("%s as %s has lost what stood before it: %s", attack, format, body)
			}
			c.edit(t, "publishArticle", fmt.Sprintf("id: %q", at(t, made, "createArticle", "article", "id")), "article { id }")
		}
	}
	if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	found, after := 0, any(nil)
	for more := true; more; {
		got := at(t, c.data(t, `query ($after: String) { search(query: "attack before", first: 100, after: $after) {
			pageInfo { hasNextPage endCursor } edges { node { slug } highlight { title body } } } }`, map[string]any{"after": after}), "search")
		edges := at(t, got, "edges").([]any)
		for _, e := range edges {
			for _, field := range []string{"title", "body"} {
				text := at(t, e, "highlight", field).(string)
				if bad := harmful(t, text); bad != "" || strings.Contains(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(text), "<") {
					t.Errorf("the %s of %s is marked with %s: %s", field, at(t, e, "node", "slug"), bad, text)
				}
			}
		}
		found += len(edges)
		more, after = at(t, got, "pageInfo", "hasNextPage").(bool), at(t, got, "pageInfo", "endCursor")
	}
	if want := 3 * len(attacks); found != want {
		t.Errorf("the search finds %d attacks, want %d", found, want)
	}
}

// TestAddressesAreWebAddresses is about what front ends put into attributes.
func TestAddressesAreWebAddresses(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	for _, address := range []string{"javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "https://user:pass@example.org", `https://example.org/"onclick="x`} {
		for _, field := range []string{fmt.Sprintf("url: %q", address), fmt.Sprintf("image: {url: %q}", address)} {
			if a := c.post(t, `mutation { createArticle(input: {title: "x" `+field+`}) { article { id } } }`, nil); a.status != http.StatusBadRequest || a.code() != "GRAPHQL_VALIDATION_FAILED" {
				t.Errorf("%s was taken: %+v", field, a)
			}
		}
	}
}
