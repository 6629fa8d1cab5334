package summary

import "strings"

// porter is Porter's stemmer (1980) in the variant that NLTK calls
// NLTK_EXTENSIONS, which rouge_score uses. It exists to compare our figures
// with others'; the summariser itself stems with Snowball.
func porter(w string) string {
	if s, ok := porterIrregular[w]; ok {
		return s
	}
	if len(w) <= 2 {
		return w
	}
	w = porterVerb(porterPlural(w))
	if len(w) > 2 && w[len(w)-1] == 'y' && consonant(w, len(w)-2) {
		w = w[:len(w)-1] + "i"
	}
	w = porterDouble(w)
	w = suffix(w, porterStep3, 0)
	return porterEnd(suffix(w, porterStep4, 1))
}

var porterIrregular = map[string]string{
	"sky": "sky", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "news": "news",
	"innings": "inning", "inning": "inning", "outings": "outing", "outing": "outing",
	"cannings": "canning", "canning": "canning", "howe": "howe",
	"proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
}

// The rules of a step: ending, replacement, in order of trial.
var (
	porterStep2 = []string{
		"ational", "ate", "tional", "tion", "enci", "ence", "anci", "ance", "izer", "ize", "bli", "ble", "alli", "al",
		"entli", "ent", "eli", "e", "ousli", "ous", "ization", "ize", "ation", "ate", "ator", "ate", "alism", "al",
		"iveness", "ive", "fulness", "ful", "ousness", "ous", "aliti", "al", "iviti", "ive", "biliti", "ble", "fulli", "ful",
	}
	porterStep3 = []string{"icate", "ic", "ative", "", "alize", "al", "iciti", "ic", "ical", "ic", "ful", "", "ness", ""}
	porterStep4 = []string{
		"al", "", "ance", "", "ence", "", "er", "", "ic", "", "able", "", "ible", "", "ant", "", "ement", "", "ment", "",
		"ent", "", "sion", "s", "tion", "t", "ou", "", "ism", "", "ate", "", "iti", "", "ous", "", "ive", "", "ize", "",
	}
)

// suffix applies the first rule whose ending fits, if the stem left has more
// than the given measure.
func suffix(w string, rules []string, measured int) string {
	for i := 0; i < len(rules); i += 2 {
		stem, ok := strings.CutSuffix(w, rules[i])
		if !ok {
			continue
		}
		counted := stem
		if ending := rules[i]; ending == "sion" || ending == "tion" {
			counted += rules[i+1]
		}
		if measure(counted) > measured {
			return stem + rules[i+1]
		}
		return w
	}
	return w
}

func porterPlural(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) == 4:
		return w[:len(w)-1]
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ies"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

func porterVerb(w string) string {
	if stem, ok := strings.CutSuffix(w, "ied"); ok {
		if len(w) == 4 {
			return stem + "ie"
		}
		return stem + "i"
	}
	if stem, ok := strings.CutSuffix(w, "eed"); ok {
		if measure(stem) > 0 {
			return stem + "ee"
		}
		return w
	}
	for _, ending := range []string{"ed", "ing"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && hasVowel(stem) {
			return porterRepair(stem)
		}
	}
	return w
}

// porterRepair gives a stem back what -ed or -ing took.
func porterRepair(stem string) string {
	n := len(stem)
	switch {
	case strings.HasSuffix(stem, "at"), strings.HasSuffix(stem, "bl"), strings.HasSuffix(stem, "iz"):
		return stem + "e"
	case n >= 2 && stem[n-1] == stem[n-2] && consonant(stem, n-1):
		if strings.IndexByte("lsz", stem[n-1]) < 0 {
			return stem[:n-1]
		}
	case measure(stem) == 1 && shortEnd(stem):
		return stem + "e"
	}
	return stem
}

func porterDouble(w string) string {
	if stem, ok := strings.CutSuffix(w, "alli"); ok && measure(stem) > 0 {
		return porterDouble(stem + "al")
	}
	if stem, ok := strings.CutSuffix(w, "logi"); ok {
		if measure(stem+"l") > 0 {
			return stem + "log"
		}
		return w
	}
	return suffix(w, porterStep2, 0)
}

func porterEnd(w string) string {
	if stem, ok := strings.CutSuffix(w, "e"); ok {
		if m := measure(stem); m > 1 || m == 1 && !shortEnd(stem) {
			w = stem
		}
	}
	if strings.HasSuffix(w, "ll") && measure(w[:len(w)-1]) > 1 {
		w = w[:len(w)-1]
	}
	return w
}

func consonant(w string, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return false
	case 'y':
		return i == 0 || !consonant(w, i-1)
	}
	return true
}

func hasVowel(w string) bool {
	for i := range len(w) {
		if !consonant(w, i) {
			return true
		}
	}
	return false
}

// measure counts the changes from vowels to consonants.
func measure(w string) int {
	n, vowel := 0, false
	for i := range len(w) {
		c := consonant(w, i)
		if c && vowel {
			n++
		}
		vowel = !c
	}
	return n
}

// shortEnd tells consonant, vowel, consonant (not w, x, y) at the end.
func shortEnd(w string) bool {
	n := len(w)
	if n == 2 {
		return !consonant(w, 0) && consonant(w, 1)
	}
	return n > 2 && consonant(w, n-3) && !consonant(w, n-2) && consonant(w, n-1) && strings.IndexByte("wxy", w[n-1]) < 0
}
