package markup

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraph/internal/content"
)

func renderHTML(source string, body *content.Body) error {
	root, err := renderFragment(source, body)
	if err != nil {
		return err
	}
	body.Markdown, err = toMarkdown(root)
	return err
}

// renderFragment parses a fragment as a browser would, takes away what no
// article needs, and fills in the sanitised HTML and the plain text. The
// sanitiser runs last, so that whatever it lets through is what is served. It
// returns the tree that is left.
func renderFragment(source string, body *content.Body) (*html.Node, error) {
	root, err := parse(source)
	if err != nil {
		return nil, err
	}
	prune(root)
	var b strings.Builder
	b.Grow(len(source) * 5 / 4)
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&b, n); err != nil {
			return nil, fmt.Errorf("render HTML: %w", err)
		}
	}
	body.HTML = policy.Sanitize(b.String())
	body.Text = plainText(root)
	return root, nil
}

// parse returns a node whose children are the fragment. The parser gives up on
// more than 512 open elements, which is the only way it can fail here.
func parse(source string) (*html.Node, error) {
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(source), root, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, content.FieldErrorf("body", "has elements nested more than 500 deep; close the elements it opens")
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root, nil
}

// dropped are the elements that go with everything in them.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Title: true,
	atom.Iframe: true, atom.Frame: true, atom.Frameset: true, atom.Noframes: true, atom.Noembed: true,
	atom.Object: true, atom.Embed: true, atom.Applet: true, atom.Audio: true, atom.Video: true, atom.Canvas: true,
	atom.Button: true, atom.Select: true, atom.Textarea: true, atom.Datalist: true, atom.Input: true,
	atom.Xmp: true, atom.Plaintext: true, atom.Dialog: true, atom.Meta: true, atom.Link: true, atom.Base: true,
}

// prune removes what is dropped or hidden, foreign elements (SVG, MathML),
// comments and images without a usable address, gives links their rel, and cleans every
// text of control characters that were written as entities.
func prune(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		switch {
		case n.Type == html.TextNode:
			n.Data = dropControls(n.Data)
		case n.Type != html.ElementNode, n.Namespace != "", dropped[n.DataAtom], has(n, "hidden"),
			n.DataAtom == atom.Img && !webAddress.MatchString(attribute(n, "src")):
			parent.RemoveChild(n)
		default:
			pruneAttributes(n)
			prune(n)
			if n.DataAtom == atom.A && !has(n, "href") {
				unwrap(n)
			}
		}
		n = next
	}
}

// unwrap puts the children of n in its place.
func unwrap(n *html.Node) {
	for child := n.FirstChild; child != nil; child = n.FirstChild {
		n.RemoveChild(child)
		n.Parent.InsertBefore(child, n)
	}
	n.Parent.RemoveChild(n)
}

// pruneAttributes keeps no address of a link that the sanitiser would refuse.
func pruneAttributes(n *html.Node) {
	kept := n.Attr[:0]
	isLink := false
	for _, a := range n.Attr {
		a.Val = dropControls(a.Val)
		href := n.DataAtom == atom.A && a.Key == "href"
		if a.Namespace != "" || a.Key == "rel" || href && !linkable(a.Val) {
			continue
		}
		isLink = isLink || href
		kept = append(kept, a)
	}
	if isLink {
		kept = append(kept, html.Attribute{Key: "rel", Val: linkRel})
	}
	n.Attr = kept
}

func linkable(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && address != "" && (u.Scheme == "" || slices.Contains(linkSchemes, u.Scheme))
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

const linkRel = "nofollow noopener"

var linkSchemes = []string{"http", "https", "mailto", "tel"}

var (
	webAddress = regexp.MustCompile(`^(?i:https?)://[^\s"'<>]+$`)
	number     = regexp.MustCompile(`^[0-9]{1,5}$`)
	footnoteID = regexp.MustCompile(`^fn(ref[0-9]*)?:[0-9]{1,5}$`)
)

var policy = newsPolicy()

// newsPolicy allows what a news article is made of, and nothing else.
func newsPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "article", "header", "footer", "aside", "nav",
		"blockquote", "pre", "figure", "figcaption", "picture", "details", "summary", "address",
		"ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
		"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby",
		"s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
	)
	allowAttributes(p)
	p.AllowURLSchemes(linkSchemes...)
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

func allowAttributes(p *bluemonday.Policy) {
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$`)).Globally()
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + linkRel + `$`)).OnElements("a")
	p.AllowAttrs("src").Matching(webAddress).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("title").OnElements("a", "abbr", "img")
	p.AllowAttrs("width", "height").Matching(number).OnElements("img")
	p.AllowAttrs("cite").OnElements("blockquote", "q", "del", "ins")
	p.AllowAttrs("datetime").Matching(bluemonday.ISO8601).OnElements("time", "del", "ins")
	p.AllowAttrs("id").Matching(footnoteID).OnElements("sup", "li")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("value").Matching(number).OnElements("li")
	p.AllowAttrs("colspan", "rowspan").Matching(number).OnElements("td", "th")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("td", "th")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[a-zA-Z0-9+#_-]{1,40}$`)).OnElements("code")
	p.AllowAttrs("open").Matching(regexp.MustCompile(`^$`)).OnElements("details")
}
