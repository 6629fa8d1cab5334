package summary

import (
	"slices"
	"strings"

	"nutgraph/internal/content"
	"nutgraph/internal/text"
)

// write puts chosen sentences into the order of the article.
func (d *document) write(length content.SummaryLength, chosen []int, scores []float64) content.Summary {
	slices.Sort(chosen)
	out := content.Summary{Length: length, Origin: content.Extractive}
	at, units := 0, 0
	for _, i := range chosen {
		sp := d.sentences[i].span
		units += text.UTF16Len(d.text[at:sp.Start])
		start := units
		units += text.UTF16Len(sp.Of(d.text))
		at = sp.End
		out.Sentences = append(out.Sentences, content.SummarySentence{
			Text: sp.Of(d.text), Start: start, End: units, Score: scores[i],
		})
	}
	out.Text = join(out.Sentences, length, d.lang)
	return out
}

// join sets points under each other and other sentences side by side, with a
// blank between them where the script has blanks.
func join(sentences []content.SummarySentence, length content.SummaryLength, lang string) string {
	blank := " "
	switch {
	case length == content.SummaryBullets:
		blank = "\n"
	case lang == "zh" || lang == "ja":
		blank = ""
	}
	parts := make([]string, len(sentences))
	for i := range sentences {
		parts[i] = sentences[i].Text
	}
	return strings.Join(parts, blank)
}
