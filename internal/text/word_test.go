package text_test

import (
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/text"
)

// FuzzWords compares the short way through plain ASCII with the segments of
// Unicode's rules.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{
		"The wall, of 3.5 m, isn't in the U.S. yet: \"so what?\" a_b _c d_ e.f_g 1,000.5:30;2 don''t -5 +a",
		"l’homme d'État e\u0301 -\u0301a \u200d. a\u00adb",
		"a\r\nb\n\nc \u0301d  e\u00a0f", "x.\u0301y", "א\"ב א' a\"b 1\"2",
		"カタ_カナ 北京a1 ひらa", "🇫🇷🇩🇪a 1️⃣ a🇫🇷", "a.", "a.b.", "a:", "'a'", "''", "_", "a_", "_'a",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("where Unicode has no rules")
		}
		var want []text.Span
		for it := words.FromString(s); it.Next(); {
			if text.IsWord(it.Value()) {
				want = append(want, text.Span{Start: it.Start(), End: it.End()})
			}
		}
		if diff := cmp.Diff(want, text.SegmentsOf(s)); diff != "" {
			t.Errorf("segments of %q (-want +got):\n%s", s, diff)
		}
	})
}
