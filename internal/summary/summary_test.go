package summary_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"nutgraph/internal/content"
	"nutgraph/internal/summary"
)

const harbour = `The old harbour wall at Saltmere collapsed in Tuesday night's storm, cutting the island's only ferry berth off from the town. Nobody was hurt.

Engineers from the county council inspected the damage on Wednesday and closed the quay to all traffic. They found a gap of forty metres in the granite wall, which was built in 1871 and last repaired nine years ago.

"We have lost the whole outer face," said the chief engineer, Maud Oakes. "It will take months."

The ferry company said that its boats would sail from Port Ellis, twelve kilometres along the coast, until a temporary pontoon is ready. Passengers with tickets for this week will be taken there by bus. However, freight will have to wait.

Islanders 😀 have warned for years that the wall was sinking. A report that the council commissioned in 2019 put the cost of a new wall at nine million euros, a third more than the council had set aside for all of its harbours.

Councillors will meet on Friday to decide whether to borrow the money. The leader of the opposition, Piet Varga, said the delay had turned a repair into a disaster. He called for an inquiry into why the report was never published.`

func TestExtract(t *testing.T) {
	t.Parallel()
	got := summary.Extract(summary.Article{Title: "Storm breaches Saltmere harbour wall", Text: harbour, Language: "en"})
	if len(got) == 0 {
		t.Fatal("Extract returned nothing")
	}
	units := utf16.Encode([]rune(harbour))
	for _, s := range got {
		if s.Origin != content.Extractive || s.Text == "" {
			t.Errorf("%s: origin %s, text %q", s.Length, s.Origin, s.Text)
		}
		for _, q := range s.Sentences {
			if span := string(utf16.Decode(units[q.Start:q.End])); !strings.Contains(span, q.Text) {
				t.Errorf("%s: %q is not in its span %q", s.Length, q.Text, span)
			}
		}
		t.Logf("%s (%d words): %s", s.Length, len(strings.Fields(s.Text)), s.Text)
	}
}
