package summary

import "testing"

// TestLead tells an opening from what follows on one, by nothing but its words.
func TestLead(t *testing.T) {
	t.Parallel()
	const body = "A harbour wall that has been closed for a year is to be rebuilt.\n" +
		"But the wall, as the mayor says, was closed for a year before that."
	d := newDocument(Article{Text: body, Language: "en"})
	tally := newTally(trained().brief.of(d, d.stats()), budget{reference: 40, pairs: 1})
	first, second := d.whole(0), d.whole(1)
	l := trained().lead["en"]
	words := &lead{feature: make([]float64, len(leadFeatureNames)), word: l.word, pair: l.pair}
	if a, b := words.of(d, tally, &first), words.of(d, tally, &second); a <= b {
		t.Errorf("an opening is worth %f by its words, what follows on it %f", a, b)
	}
	if len(trained().lead) == 0 || l.feature[0] == 0 {
		t.Error("the model of leads has no weight for the value of a sentence")
	}
}
