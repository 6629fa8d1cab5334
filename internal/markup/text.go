package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraph/internal/content"
)

// plainText returns the readable text under root, as Render describes it.
func plainText(root *html.Node) string {
	var w textWriter
	w.children(root)
	w.flush()
	return w.out.String()
}

// textWriter gathers one paragraph at a time.
type textWriter struct {
	out       strings.Builder
	paragraph strings.Builder
	inRow     bool
	breaks    int // <br> since the last text
}

// flush ends the paragraph, if anything is in it.
func (w *textWriter) flush() {
	w.breaks = 0
	if w.paragraph.Len() == 0 {
		return
	}
	p := squeeze(w.paragraph.String())
	w.paragraph.Reset()
	if content.Blank(p) {
		return
	}
	if w.out.Len() > 0 {
		w.out.WriteString("\n\n")
	}
	w.out.WriteString(p)
}

func (w *textWriter) children(n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			w.text(child.Data)
		case html.ElementNode:
			w.element(child)
		}
	}
}

// text appends to the paragraph. One <br> before it is a blank, two end the
// paragraph, as writers of old web pages meant them.
func (w *textWriter) text(s string) {
	if w.breaks > 0 {
		if strings.TrimSpace(s) == "" {
			return
		}
		if w.breaks > 1 && !w.inRow {
			w.flush()
		}
		w.paragraph.WriteByte(' ')
		w.breaks = 0
	}
	w.paragraph.WriteString(s)
}

func (w *textWriter) element(n *html.Node) {
	switch {
	case unread(n):
	case n.DataAtom == atom.Br:
		w.breaks++
	case n.DataAtom == atom.Tr && !w.inRow:
		w.row(n)
	case n.DataAtom == atom.Q:
		w.text("“")
		w.children(n)
		w.text("”")
	case w.inRow && block[n.DataAtom]:
		w.text(" ")
		w.children(n)
		w.text(" ")
	case block[n.DataAtom]:
		w.flush()
		w.children(n)
		w.flush()
	default:
		w.children(n)
	}
}

// row writes the cells of a table row as one paragraph. A table inside a cell
// is part of the cell's text.
func (w *textWriter) row(tr *html.Node) {
	w.flush()
	var cells []string
	for cell := tr.FirstChild; cell != nil; cell = cell.NextSibling {
		inner := textWriter{inRow: true}
		inner.children(cell)
		if text := squeeze(inner.paragraph.String()); !content.Blank(text) {
			cells = append(cells, text)
		}
	}
	w.text(strings.Join(cells, "; "))
	w.flush()
}

// block are the elements that stand on lines of their own.
var block = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true,
	atom.Main: true, atom.Address: true, atom.Hgroup: true, atom.Center: true, atom.Form: true, atom.Fieldset: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true,
	atom.Blockquote: true, atom.Figure: true, atom.Details: true, atom.Summary: true, atom.Legend: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dl: true, atom.Dt: true, atom.Dd: true,
	atom.Table: true, atom.Thead: true, atom.Tbody: true, atom.Tfoot: true, atom.Tr: true, atom.Td: true, atom.Th: true,
	atom.Caption: true,
}

// silent are the elements whose text is not part of what the article says.
var silent = map[atom.Atom]bool{
	atom.Pre: true, atom.Figcaption: true, atom.Aside: true, atom.Nav: true,
	atom.Del: true, atom.S: true, atom.Strike: true, atom.Rt: true, atom.Rp: true,
}

// unread tells whether an element is left out of the plain text: the silent
// ones, what is decoration (aria-hidden), footnotes, and captions of WordPress's classic
// editor, which are paragraphs.
func unread(n *html.Node) bool {
	if silent[n.DataAtom] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "aria-hidden":
			return a.Val == "true"
		case "class":
			for name := range strings.FieldsSeq(a.Val) {
				if unreadClass[name] {
					return true
				}
			}
		case "id":
			if n.DataAtom == atom.Sup && footnoteID.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

var unreadClass = map[string]bool{
	"footnotes": true, "footnote-ref": true, "wp-caption-text": true, "screen-reader-text": true, "sr-only": true,
}
