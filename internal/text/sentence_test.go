package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/text"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	// A bar marks where a sentence must end; it stands for a blank, or with
	// a second bar for nothing at all.
	cases := map[string][]string{
		"en": {
			"The wall fell. | Nobody was hurt.",
			"Dr. Smith met Mrs. Jones at 3.5 p.m. on Monday. | They left.",
			"He moved to the U.S. in 2001. | It was cold.",
			"He lives in the U.S. | The others stayed.",
			"The U.S. Senate voted. | J. R. R. Tolkien wrote it.",
			"It costs $3.50, i.e. nothing. | See fig. 3 and No. 7 for more.",
			"“Stop it!” he said. | “Why?” she asked. | “Because.”",
			"\"We won.\" | \"We lost,\" he said.",
			"'It is a formal offer.' | Muto was born here.",
			"Wait... what? | No… | Yes.",
			"Apple Inc. said so. | It was bought by Apple Inc. | The price rose.",
			"It opened (see below). | (It closed.) | Then what?!",
			"1. Wash the rice. | 2. Boil it.",
			"Visit www.example.com. | Use Next.js and ASP.NET daily.",
			"lower case only. | nobody cares. | dr. no cares.",
			"tokenised text , ends here . | and begins , `` here . '' | so it goes .",
			"He arrived.||They left.",
			"Version 2.0 is out. | 40 people came.",
			"Prices rose in Jan. 2020 and on Jan. 3. | That was all.",
			"Was it you?||Yes.",
			"He said: \"One. | \"Two.\" | Maud left. | \"Three,\" she said. | He slept.",
			"One.\" | Two (\"three\"). | Four.",
			"It was \"a wall\" or sea\" twice.||\"Three,\" she said.",
			"The plan was simple. | - First a step. | • Then another.",
		},
		"fr": {
			"Il est mort, a annoncé l'AFP.||\"Plusieurs personnes sont blessées\", a dit la police.",
			"« C'est fini. » | Il est parti. | M. Dupont reste avec Mme. Durand.",
			"« Pourquoi ? » demande-t-il. | C'est ainsi.",
			"Le prix est de 3,5 millions. | L'État paie.",
			"Il vit à St. Malo.||Elle aussi.",
			"\"Il est venu.\" | \"Elle est partie\".",
		},
		"de": {
			"Am 3. Mai kam Dr. Weber, z. B. mit der Bahn. | Er blieb.",
			"Das war 1989. | Danach kam alles anders.",
			"»Komm her!« | Sie kam. | „Warum?“ | Darum.",
			"Der 1. FC Köln gewann. | Die 2. Liga pausiert.",
		},
		"es": {"El banco cierra a las 15.00. | Lleven el pasaporte.", "¿Por qué? | Porque sí. | El Sr. Pérez pagó 3.500 euros. | ¡Vaya!"},
		"it": {"Il sig. Rossi è partito. | L'altro no."},
		"nl": {"De heer dr. Jansen, d.w.z. de baas, is weg. | Wij niet."},
		"pl": {"Przyjechał m.in. prof. Kowalski. | Było to 3. Maja."},
		"ru": {"Это было в 2001 г. в Москве. | А. С. Пушкин жил здесь. | Он умер."},
		"zh": {"今天下雨。||明天呢？||“好的。”||他说。"},
		"ja": {"今日は雨です。||「行きます。」と話した。||終わり。"},
		"hi": {"यह एक वाक्य है। | यह दूसरा है।"},
		"ar": {"هذه جملة. | هل هذا سؤال؟ | نعم۔"},
		"und": {
			"One line | \nAnother line | \n\nA third one.",
			"",
			" \n\t ",
			"No full stop",
		},
	}
	for lang, texts := range cases {
		for _, marked := range texts {
			in, want := unmark(marked)
			var got []string
			for _, sp := range text.Sentences(in, lang) {
				got = append(got, sp.Of(in))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Sentences(%q, %q) (-want +got):\n%s", in, lang, diff)
			}
		}
	}
}

func unmark(marked string) (in string, want []string) {
	for part := range strings.SplitSeq(marked, "|") {
		if part = strings.TrimSpace(part); part != "" {
			want = append(want, part)
		}
	}
	in = strings.ReplaceAll(marked, "||", "")
	return strings.ReplaceAll(in, "| ", ""), want
}

func FuzzSentences(f *testing.F) {
	for _, seed := range []string{
		"A b. C d!\nE", "...\"'»). . .", "“a.”«b.» c", "\xff.\xc3A", "。」と。", "1. 2. 3. A.B.C. d", "\u2028.\u200b.",
		strings.Repeat(". ", 500), strings.Repeat("a.\"", 500), strings.Repeat("😀.", 300), strings.Repeat("``x. '' ", 100),
		"a. \"", "1. “",
	} {
		f.Add(seed, "en")
		f.Add(seed, "de")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		checkSpans(t, s, text.Sentences(s, lang), false)
		checkSpans(t, s, text.Words(s), true)
	})
}

// checkSpans fails unless the spans are in order, in bounds, on rune
// boundaries, and apart unless overlap is fine.
func checkSpans(t *testing.T, s string, spans []text.Span, overlap bool) {
	t.Helper()
	last := text.Span{}
	for _, sp := range spans {
		switch {
		case sp.Start >= sp.End || sp.End > len(s):
			t.Fatalf("span %v of a text of %d bytes", sp, len(s))
		case sp.Start < last.End && !overlap, sp.Start < last.Start, sp.End < last.End:
			t.Fatalf("span %v follows %v", sp, last)
		case utf8.ValidString(s) && (!utf8.RuneStart(s[sp.Start]) || sp.End < len(s) && !utf8.RuneStart(s[sp.End])):
			t.Fatalf("span %v of %q cuts a rune", sp, s)
		case !overlap && strings.TrimSpace(sp.Of(s)) != sp.Of(s):
			t.Fatalf("span %v of %q is not trimmed", sp, s)
		}
		last = sp
	}
}
