package summary

import (
	"strings"

	"nutgraph/internal/content"
	"nutgraph/internal/text"
)

// write puts chosen pieces into a summary.
func (d *document) write(length content.SummaryLength, chosen []piece, score func(*piece) float64) content.Summary {
	out := content.Summary{Length: length, Origin: content.Extractive}
	at, units := 0, 0
	for i := range chosen {
		p := &chosen[i]
		sp := text.Span{Start: d.sentences[p.sentence].span.Start, End: d.sentences[p.last].span.End}
		units += text.UTF16Len(d.text[at:sp.Start])
		start := units
		units += text.UTF16Len(sp.Of(d.text))
		at = sp.End
		out.Sentences = append(out.Sentences, content.SummarySentence{
			Text: p.text, Start: start, End: units, Score: score(p), IsTrimmed: p.trimmed,
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
