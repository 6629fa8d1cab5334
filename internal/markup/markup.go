// Package markup turns the body of an article, written in Markdown, HTML or
// plain text by somebody we do not trust, into the forms it is served in: safe
// HTML, Markdown and readable plain text. It does no I/O, keeps no state, and
// gives the same output for the same input.
//
//	body, err := markup.Render("The *harbour* wall held.", content.Markdown)
//	body.HTML // <p>The <em>harbour</em> wall held.</p>
//	body.Text // The harbour wall held.
//
// It refuses to fetch, to resolve addresses against a base, and to guess the
// format of a body.
package markup

import "nutgraph/internal/content"

// Render returns a body in every form. An empty format means Markdown, as in a
// draft. It fails with a *content.Error on field "body" when the format is
// unknown, or when elements are nested deeper than 500; anything else renders.
//
// HTML is a balanced fragment: headings, paragraphs, lists, quotations,
// figures, images from http and https addresses, tables, code, and links that
// carry rel="nofollow noopener". Scripts, styles, frames, forms, embedded
// objects, SVG, MathML, event handlers, and addresses such as javascript: and
// data: are gone, whatever the format of the source.
//
// Markdown is the source itself for a Markdown body, so it may hold raw HTML
// that has not been sanitised; for the other formats it is converted.
//
// Text has paragraphs separated by exactly one empty line and no other line
// break. A heading, a list item, a table row (its cells joined by "; ") and a
// description are each a paragraph. In it: everything a reader would read out,
// entities decoded, <q> in quotation marks. Not in it: code blocks, captions
// (figcaption), <aside>, <nav>, footnotes and their marks, struck-out text,
// hidden elements, and the alternative texts of images.
func Render(source string, format content.Format) (content.Body, error) {
	body := content.Body{Source: source, Format: format}
	clean := normalise(source)
	var err error
	switch format {
	case content.Markdown, "":
		body.Format = content.Markdown
		err = renderMarkdown(clean, &body)
	case content.HTML:
		err = renderHTML(clean, &body)
	case content.Text:
		renderText(clean, &body)
	default:
		err = content.FieldErrorf("bodyFormat", "%q is unknown; use MARKDOWN, HTML or TEXT", format)
	}
	if err != nil {
		return content.Body{}, err
	}
	return body, nil
}
