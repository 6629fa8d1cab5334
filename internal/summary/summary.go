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
const Version = 5

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
	return extract(a, trained(), content.SummaryLengths)
}

// extract is Extract with other models or fewer lengths.
func extract(a Article, m models, lengths []content.SummaryLength) []content.Summary {
	d := newDocument(a)
	if len(d.sentences) == 0 {
		return nil
	}
	st := d.stats()
	rated := map[*model]*importance{}
	var out []content.Summary
	for _, length := range lengths {
		model := m.of(length)
		if rated[model] == nil {
			rated[model] = model.of(d, st)
		}
		imp := rated[model]
		if chosen := d.choose(imp, length); len(chosen) > 0 {
			out = append(out, d.write(length, chosen, d.scorer(imp)))
		}
	}
	return out
}

// scorer rates a piece from 0 to 1: its value alone as a share of the highest
// in the article.
func (d *document) scorer(imp *importance) func(*piece) float64 {
	t := newTally(imp, budgets[content.SummaryBrief][0])
	most := 0.0
	for i := range d.sentences {
		p := d.whole(i)
		most = max(most, t.alone(&p))
	}
	return func(p *piece) float64 { return min(1, max(0, t.alone(p))/max(most, 1e-9)) }
}
