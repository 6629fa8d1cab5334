package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraph/internal/content"
	"nutgraph/internal/markup"
)

// more is what links to the rest of an article say, in some languages.
const more = `(?:read more|continue reading|read the (?:full|whole|rest)|lire la suite|weiterlesen|mehr lesen|leer más|sigue leyendo|leggi tutto|lees verder)`

// truncated is how texts end that were cut off: with an ellipsis, with a link
// to the rest that follows a sentence or has an arrow, or with both.
var truncated = regexp.MustCompile(`(?i)(?:…|\.\.\.|\[(?:…|\.\.\.|\+)\]|\(…\)|(?:^|\n|[.!?…:\])»]\s)` + more + `[^\n.]{0,80}|` + more + `[^\n.]{0,80}[»›→>])[\s»›→>.]*$`)

// isExcerpt tells whether a plain text plainly ends before the article does.
func isExcerpt(text string) bool {
	const tail = 300
	if len(text) > tail {
		text = text[len(text)-tail:]
	}
	return truncated.MatchString(strings.ToValidUTF8(text, ""))
}

var (
	tagLike    = regexp.MustCompile(`<[a-zA-Z/!][^<>]*>`)
	entityLike = regexp.MustCompile(`&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)
)

// looksLikeHTML tells HTML from plain text where the feed does not say.
func looksLikeHTML(s string) bool {
	return tagLike.MatchString(s) || entityLike.MatchString(s)
}

// standfirst returns the description as the paragraph under the headline,
// unless the text says the same or it is a cut-off beginning of the text.
func standfirst(description, text string) string {
	line := plainLine(description)
	start := strings.TrimRight(line, " .…[]")
	flat := strings.ReplaceAll(text, "\n\n", " ")
	if content.Blank(line) || isExcerpt(line) || strings.HasPrefix(flat, start) || len(line) > content.MaxStandfirst || strings.HasPrefix(start, flat) {
		return ""
	}
	return line
}

// plainLine turns a text that may have some HTML in it into one plain line.
// Only the elements that occur in a line are taken for HTML, so that a title
// such as "Sorting a vector<int>" keeps its words.
func plainLine(s string) string {
	if !strings.ContainsAny(s, "<&\n\r\t\x00") && utf8.ValidString(s) {
		return strings.TrimSpace(s)
	}
	body, err := markup.Render(escapeTags(s, html.EscapeString), content.HTML)
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(body.Text, "\n\n", " ")
}

// escapeTags escapes what looks like a tag and is none that occurs in a line.
func escapeTags(s string, escape func(string) string) string {
	return tagLike.ReplaceAllStringFunc(s, func(tag string) string {
		name := strings.ToLower(strings.TrimLeft(tag, "</"))
		if end := strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); end >= 0 {
			name = name[:end]
		}
		if strings.HasPrefix(tag, "<!") || lineElements[atom.Lookup([]byte(name))] {
			return tag
		}
		return escape(tag)
	})
}

var lineElements = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Br: true, atom.Cite: true, atom.Code: true, atom.Del: true, atom.Div: true, atom.Em: true,
	atom.Font: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.I: true, atom.Iframe: true, atom.Img: true, atom.Ins: true,
	atom.Li: true, atom.Mark: true, atom.Ol: true, atom.P: true, atom.Q: true, atom.S: true, atom.Script: true, atom.Small: true,
	atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Style: true, atom.Sub: true, atom.Sup: true, atom.Table: true,
	atom.Td: true, atom.Tr: true, atom.Tt: true, atom.U: true, atom.Ul: true,
}

// firstWords makes a title from a text: its first sentence, or as many words
// as fit into a headline.
func firstWords(text string) string {
	const headline = 90
	first, _, _ := strings.Cut(text, "\n\n")
	for i, r := range first {
		if !strings.ContainsRune(".!?。！？", r) || i > headline {
			continue
		}
		if rest := first[i+utf8.RuneLen(r):]; i > 10 && (rest == "" || strings.HasPrefix(rest, " ")) {
			return strings.TrimSuffix(first[:i+utf8.RuneLen(r)], ".")
		}
	}
	return cut(first, headline)
}

// cut shortens s to at most limit bytes, between words, and marks the cut.
func cut(s string, limit int) string {
	const mark = "…"
	if len(s) <= limit {
		return s
	}
	s = strings.ToValidUTF8(s[:limit-len(mark)], "")
	if i := strings.LastIndexByte(s, ' '); i > limit/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:") + mark
}

// absolute resolves the relative addresses in HTML against the address of the
// article, else that of the feed.
func (e *entry) absolute(source string) string {
	base := e.base
	if u, err := url.Parse(e.draft.URL); err == nil && e.draft.URL != "" {
		base = u
	}
	if base == nil || !relativeAddress.MatchString(source) {
		return source
	}
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(source))
	for tokens.Next() != html.ErrorToken {
		raw := string(tokens.Raw())
		token := tokens.Token()
		if resolveAttributes(&token, base) {
			raw = token.String()
		}
		b.WriteString(raw)
	}
	return b.String()
}

// relativeAddress finds an address that is not absolute, roughly.
var relativeAddress = regexp.MustCompile(`(?i)\b(href|src|cite)\s*=\s*["']?\s*[^"'\s>#]`)

func resolveAttributes(token *html.Token, base *url.URL) (changed bool) {
	if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
		return false
	}
	for i, a := range token.Attr {
		if !slices.Contains([]string{"href", "src", "cite"}, a.Key) || strings.HasPrefix(a.Val, "#") {
			continue
		}
		u, err := url.Parse(strings.TrimSpace(a.Val))
		if err == nil && !u.IsAbs() {
			token.Attr[i].Val = base.ResolveReference(u).String()
			changed = true
		}
	}
	return changed
}
