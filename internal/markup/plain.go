package markup

import (
	"html"
	"regexp"
	"strings"

	"nutgraph/internal/content"
)

func renderText(source string, body *content.Body) {
	paragraphs := splitParagraphs(source)
	body.HTML = plainHTML(paragraphs)
	body.Markdown = plainMarkdown(paragraphs)
	body.Text = strings.Join(paragraphs, "\n\n")
}

var emptyLine = regexp.MustCompile(`\n[ \t]*\n`)

// splitParagraphs returns the paragraphs of a plain text. Empty lines separate
// them; in a text without empty lines each line is a paragraph.
func splitParagraphs(s string) []string {
	parts := emptyLine.Split(strings.Trim(s, "\n"), -1)
	if len(parts) == 1 {
		parts = strings.Split(s, "\n")
	}
	paragraphs := parts[:0]
	for _, part := range parts {
		if p := squeeze(part); !content.Blank(p) {
			paragraphs = append(paragraphs, p)
		}
	}
	return paragraphs
}

func plainHTML(paragraphs []string) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString("<p>")
		b.WriteString(html.EscapeString(p))
		b.WriteString("</p>\n")
	}
	return b.String()
}

// plainMarkdown escapes what Markdown would take for markup.
func plainMarkdown(paragraphs []string) string {
	var b strings.Builder
	for i, p := range paragraphs {
		if i > 0 {
			b.WriteString("\n\n")
		}
		writeEscaped(&b, p)
	}
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	return b.String()
}

// writeEscaped writes one paragraph. Some characters mean something anywhere,
// others only at the start of a line, and the dot or parenthesis of a list
// number only after its digits.
func writeEscaped(b *strings.Builder, p string) {
	digits := len(p) - len(strings.TrimLeft(p, "0123456789"))
	for i := range len(p) {
		c := p[i]
		start := i == 0 && strings.IndexByte("#+-=:", c) >= 0
		number := digits > 0 && i == digits && (c == '.' || c == ')')
		if start || number || strings.IndexByte("\\`*_[]<>&~|", c) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
}
