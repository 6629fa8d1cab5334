// Package summary writes summaries by choosing sentences of the article
// itself, so that every word of a summary is the author's.
//
// It is pure: values in, values out, the same every time, with no model to
// load and nothing to wait for. It does not write, rephrase or translate.
//
//	for _, s := range summary.Extract(summary.Article{Title: title, Text: body}) {
//		fmt.Println(s.Length, s.Text)
//	}
package summary

import "nutgraph/internal/content"

// Version names the algorithm. It is stored with each summary and raised with
// every change that changes what comes out, so that old ones can be remade.
const Version = 1

// Article is what a summary is made from.
type Article struct {
	Title      string
	Standfirst string // never copied into a summary
	Text       string // plain text of the body, paragraphs apart by line breaks
	Language   string // BCP 47; detected when empty
}

// Extract returns the summaries of an article, one of each length that makes
// sense for it, shortest first. It returns none for a body without a sentence
// worth quoting.
func Extract(a Article) []content.Summary {
	d := newDocument(a)
	d.judge()
	scores := d.scores()
	var out []content.Summary
	for _, length := range content.SummaryLengths {
		if chosen := d.choose(scores, length); len(chosen) > 0 {
			out = append(out, d.write(length, chosen, scores))
		}
	}
	return out
}
