package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/text"
)

func TestWords(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"The harbour's wall, 3.5 m high.":  "The harbour's wall 3.5 m high",
		"L'État n’a pas dit qu'il":         "L État n a pas dit qu il",
		"dell'acqua, don't, O'Neill, it's": "dell acqua don't O'Neill it's",
		"北京大学 2024年":                       "北京 京大 大学 2024 年",
		"東京でコーヒーを飲んだ":                      "東京 で コーヒー を 飲 んだ",
		"नमस्ते दुनिया":                    "नमस्ते दुनिया",
		"Привет, мир!":                     "Привет мир",
		"☂ … — !":                          "",
		"한국어 문장":                           "한국어 문장",
		"ไทยแท้":                           "ไท ทย ยแ แท ท้",
		"葛\U000E0100城市":                    "葛\U000E0100城 城市",
		"周\u0301会":                         "周\u0301会",
	}
	for in, want := range cases {
		var got []string
		for _, sp := range text.Words(in) {
			got = append(got, sp.Of(in))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("Words(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"Émile ZOLA":      "emile zola",
		"Straße":          "strasse",
		"Łódź, Ørsted":    "lodz, orsted",
		"Ёлка й":          "елка и",
		"e\u0301te\u0301": "ete",
		"हिन्दी":          "हिन्दी",
		"한국":              "한국",
		"Ἀθῆναι":          "αθηναι",
		"مُحَمَّد":        "محمد",
		"":                "",
	}
	for in, want := range cases {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	t.Parallel()
	cases := []struct{ lang, word, want string }{
		{"en", "running", "run"},
		{"en-GB", "nationally", "nation"},
		{"fr", "continuellement", "continuel"},
		{"de", "häuser", "haus"},
		{"ru", "важнейшими", "важн"},
		{"it", "abbandonata", "abbandon"},
		{"no", "havnene", "havn"},
		{"pl", "kotami", "kotami"},
		{"", "running", "running"},
		{"en", strings.Repeat("ing", 1000), strings.Repeat("ing", 1000)},
	}
	for _, c := range cases {
		if got := text.Stem(c.word, c.lang); got != c.want {
			t.Errorf("Stem(%q, %q) = %q, want %q", c.word, c.lang, got, c.want)
		}
	}
}

func TestIsStop(t *testing.T) {
	t.Parallel()
	cases := []struct {
		lang, word string
		want       bool
	}{
		{"en", "the", true},
		{"en", "harbour", false},
		{"fr", "était", true},
		{"de-CH", "nicht", true},
		{"uk", "щоб", true},
		{"pl", "że", true},
		{"zh", "的", false},
		{"", "the", false},
	}
	for _, c := range cases {
		if got := text.IsStop(c.word, c.lang); got != c.want {
			t.Errorf("IsStop(%q, %q) = %t, want %t", c.word, c.lang, got, c.want)
		}
	}
}

func TestUTF16Len(t *testing.T) {
	t.Parallel()
	cases := map[string]int{"": 0, "abc": 3, "né": 2, "北京": 2, "a😀b": 4, "\xff\xfe": 2}
	for in, want := range cases {
		if got := text.UTF16Len(in); got != want {
			t.Errorf("UTF16Len(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"The council said on Monday that the wall will be rebuilt.":                            "en",
		"Le conseil a annoncé lundi que le mur sera reconstruit dans les mois à venir.":        "fr",
		"Der Rat hat am Montag beschlossen, dass die Mauer wieder aufgebaut wird.":             "de",
		"El consejo anunció el lunes que el muro será reconstruido en los próximos meses.":     "es",
		"Il consiglio ha annunciato lunedì che il muro sarà ricostruito nei prossimi mesi.":    "it",
		"O conselho anunciou na segunda-feira que o muro será reconstruído nos próximos meses": "pt",
		"De raad maakte maandag bekend dat de muur opnieuw wordt opgebouwd.":                   "nl",
		"Rådet meddelade på måndagen att muren ska byggas upp igen under året.":                "sv",
		"Rada ogłosiła w poniedziałek, że mur zostanie odbudowany w ciągu kilku miesięcy.":     "pl",
		"Совет объявил в понедельник, что стена будет восстановлена в течение года.":           "ru",
		"Рада оголосила в понеділок, що стіну буде відбудовано протягом року.":                 "uk",
		"Rådet meddelte mandag, at muren skal bygges op igen, og det er ikke for tidligt.":     "da",
		"理事会は月曜日、壁を再建すると発表した。":                                                                 "ja",
		"市议会周一宣布将重建城墙。":                                                                        "zh",
		"أعلن المجلس يوم الاثنين أنه سيعيد بناء الجدار.":                                       "ar",
		"परिषद ने सोमवार को घोषणा की कि दीवार फिर से बनाई जाएगी।":                              "hi",
		"시의회는 월요일 벽을 재건하겠다고 발표했다.":                                                             "ko",
		"Το συμβούλιο ανακοίνωσε τη Δευτέρα.":                                                  "el",
		"הודיעה המועצה ביום שני":                                                               "he",
		"":           "und",
		"12 345 !!!": "und",
		"😀😀😀":        "und",
	}
	for in, want := range cases {
		for range 3 { // the same every time
			if got := text.Detect(in); got != want {
				t.Errorf("Detect(%q) = %q, want %q", in, got, want)
				break
			}
		}
	}
}

func BenchmarkDetect(b *testing.B) {
	s := strings.Repeat("The council said on Monday that the wall will be rebuilt. ", 100)
	b.ReportAllocs()
	for b.Loop() {
		text.Detect(s)
	}
}

func BenchmarkSentences(b *testing.B) {
	s := strings.Repeat("Dr. Smith, of the U.S., said on Monday that the \"wall\" will be rebuilt. ", 1000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Sentences(s, "en")
	}
}

func BenchmarkWords(b *testing.B) {
	s := strings.Repeat("Dr. Smith, of the U.S., said on Monday that the \"wall\" will be rebuilt. ", 1000)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Words(s)
	}
}

func BenchmarkStem(b *testing.B) {
	stem := text.Stemmer("en")
	b.ReportAllocs()
	for b.Loop() {
		stem("nationalisation")
		stem("wall")
	}
}
