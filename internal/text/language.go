package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// Unknown is the tag of a language that could not be told.
const Unknown = "und"

// Detect returns the BCP 47 tag of the language that s begins in, "und" when
// it cannot be told. It reads the first 1,500 bytes.
//
// A script that one language uses answers at once. Otherwise each of our stop
// word lists counts its words among the first hundred; a clear winner is the
// answer, and the same every time. Only then the trigrams of
// abadojack/whatlanggo (after Cavnar and Trenkle, 1994) decide, which know 84
// languages, cost a hundred times more and are often wrong on a short text.
func Detect(s string) string {
	s = sample(s, 1500)
	if lang := byScript(s); lang != "" {
		return lang
	}
	if lang := byStopWords(s); lang != "" {
		return lang
	}
	return byTrigrams(s)
}

// sample is the beginning of s, at most n bytes, cut between runes.
func sample(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// scriptLanguages are the scripts that (nearly) one language uses.
var scriptLanguages = []struct {
	lang  string
	table *unicode.RangeTable
}{
	{"ko", unicode.Hangul},
	{"th", unicode.Thai},
	{"el", unicode.Greek},
	{"ka", unicode.Georgian},
	{"hy", unicode.Armenian},
	{"ta", unicode.Tamil},
	{"te", unicode.Telugu},
	{"kn", unicode.Kannada},
	{"ml", unicode.Malayalam},
	{"bn", unicode.Bengali},
	{"gu", unicode.Gujarati},
	{"pa", unicode.Gurmukhi},
	{"or", unicode.Oriya},
	{"si", unicode.Sinhala},
	{"my", unicode.Myanmar},
	{"km", unicode.Khmer},
	{"lo", unicode.Lao},
	{"am", unicode.Ethiopic},
}

// byScript answers for texts that are mostly in a script of one language, ""
// for the rest.
func byScript(s string) string {
	var letters, ascii, han, kana, arabic, hebrew, devanagari int
	counts := make([]int, len(scriptLanguages))
	for _, r := range s {
		if r < utf8.RuneSelf {
			if unicode.IsLetter(r) {
				ascii++
				letters++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch {
		case r < 0x370 || 0x400 <= r && r < 0x530: // Latin, Cyrillic: words decide
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Hebrew, r):
			hebrew++
		case unicode.Is(unicode.Devanagari, r):
			devanagari++
		default:
			for i := range scriptLanguages {
				if unicode.Is(scriptLanguages[i].table, r) {
					counts[i]++
					break
				}
			}
		}
	}
	switch {
	case letters == 0:
		return Unknown
	case ascii*3 > letters*2:
		return ""
	case (han+kana)*2 > letters && kana*10 > han:
		return "ja"
	case (han+kana)*2 > letters:
		return "zh"
	case hebrew*2 > letters:
		return "he"
	case arabic*2 > letters:
		return arabicScript(s)
	case devanagari*2 > letters:
		return devanagariScript(s)
	}
	for i, n := range counts {
		if n*2 > letters {
			return scriptLanguages[i].lang
		}
	}
	return ""
}

// arabicScript tells Arabic, Persian and Urdu apart by the letters that only
// one of them writes.
func arabicScript(s string) string {
	var arabic, persian, urdu int
	for _, r := range s {
		switch r {
		case 'ة', 'ى', 'ي', 'ك', 'أ', 'إ':
			arabic++
		case 'پ', 'چ', 'ژ', 'گ', 'ی', 'ک':
			persian++
		case 'ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ', 'ھ':
			urdu++
		}
	}
	switch {
	case arabic >= persian+urdu:
		return "ar"
	case urdu*4 > persian:
		return "ur"
	}
	return "fa"
}

// devanagariScript tells Marathi and Nepali from Hindi by words each of them
// can hardly do without.
func devanagariScript(s string) string {
	var hindi, marathi, nepali int
	for w := range strings.FieldsSeq(s) {
		switch strings.TrimRight(w, "।,.") {
		case "है", "हैं", "में", "के", "की", "और":
			hindi++
		case "आहे", "आहेत", "आणि", "होते", "होता", "मध्ये":
			marathi++
		case "छ", "छन्", "हो", "गरेको", "भएको", "मा", "र":
			nepali++
		}
	}
	switch {
	case marathi > hindi && marathi >= nepali:
		return "mr"
	case nepali > hindi:
		return "ne"
	}
	return "hi"
}

// byStopWords returns the language whose stop words clearly are the most
// frequent among the first hundred words, "" when none is.
func byStopWords(s string) string {
	votes, words := stopVotes(s)
	best, second, lang := 0, 0, ""
	for _, l := range votedLanguages {
		switch n := votes[l]; {
		case n > best:
			best, second, lang = n, best, l
		case n > second:
			second = n
		}
	}
	const share = 6 // of words that must be stop words: one in six
	if best >= 3 && best*share >= words && best*4 >= second*5 {
		return lang
	}
	return ""
}

// votedLanguages is in a fixed order, so that a draw is always drawn alike.
var votedLanguages = []string{
	"en", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "ru", "uk", "da", "nb", "fi", "cs", "ro",
}

func stopVotes(s string) (votes map[string]int, words int) {
	const most = 100
	votes = map[string]int{}
	lists := stopLists()
	for _, sp := range Words(s) {
		if words == most {
			break
		}
		w := strings.ToLower(sp.Of(s))
		words++
		for _, lang := range votedLanguages {
			if lists[lang][w] {
				votes[lang]++
			}
		}
	}
	return votes, words
}

// byTrigrams asks whatlanggo, and believes it when it is sure.
func byTrigrams(s string) string {
	const sure = 0.5
	info := whatlanggo.Detect(s)
	if info.Lang < 0 || info.Confidence < sure {
		return Unknown
	}
	switch code := info.Lang.Iso6391(); code {
	case "":
		return Unknown
	case "no", "nn":
		return "nb"
	default:
		return code
	}
}
