package summary

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"nutgraph/internal/content"
	"nutgraph/internal/text"
)

// rule is a promise to the reader, checked from the outside: on the finished
// summary and with means of its own.
type rule struct {
	name   string
	breaks func(a Article, s content.Summary) bool
}

var rules = []rule{
	{"length", func(_ Article, s content.Summary) bool {
		n := wordsOf(s.Text)
		switch s.Length {
		case content.SummaryBrief:
			return n < 15 || n > 35
		case content.SummaryShort:
			return n < 45 || n > 75
		case content.SummaryLong:
			return n < 110 || n > 180
		}
		for line := range strings.SplitSeq(s.Text, "\n") {
			if n := wordsOf(line); n < 8 || n > 30 {
				return true
			}
		}
		return len(s.Sentences) < 3 || len(s.Sentences) > 5
	}},
	{"pronoun start", func(_ Article, s content.Summary) bool {
		for i, q := range s.Sentences {
			if (i == 0 || s.Length == content.SummaryBullets) && leaning.MatchString(q.Text) && !impersonal.MatchString(q.Text) {
				return true
			}
		}
		return false
	}},
	{"half quotation", func(_ Article, s content.Summary) bool {
		for _, q := range s.Sentences {
			if strings.Count(q.Text, `"`)%2 != 0 || strings.Count(q.Text, "“") != strings.Count(q.Text, "”") ||
				strings.Count(q.Text, "«") != strings.Count(q.Text, "»") || strings.Count(q.Text, "(") != strings.Count(q.Text, ")") {
				return true
			}
		}
		return false
	}},
	{"question", func(_ Article, s content.Summary) bool {
		return slices.ContainsFunc(s.Sentences, func(q content.SummarySentence) bool { return strings.HasSuffix(q.Text, "?") })
	}},
	{"no full stop", func(_ Article, s content.Summary) bool {
		return slices.ContainsFunc(s.Sentences, func(q content.SummarySentence) bool { return !fullStop.MatchString(q.Text) })
	}},
	{"furniture", func(_ Article, s content.Summary) bool {
		return slices.ContainsFunc(s.Sentences, func(q content.SummarySentence) bool { return boilerplate.MatchString(q.Text) })
	}},
	{"repetition", func(a Article, s content.Summary) bool {
		for i := range s.Sentences {
			for j := range i {
				if shared(s.Sentences[i].Text, s.Sentences[j].Text, a.Language) > 0.65 {
					return true
				}
			}
		}
		return false
	}},
	{"order", func(_ Article, s content.Summary) bool {
		return !slices.IsSortedFunc(s.Sentences, func(x, y content.SummarySentence) int { return x.Start - y.Start })
	}},
	{"unfaithful", func(a Article, s content.Summary) bool {
		units := utf16.Encode([]rune(a.Text))
		return slices.ContainsFunc(s.Sentences, func(q content.SummarySentence) bool {
			return !faithful(string(utf16.Decode(units[q.Start:q.End])), q)
		})
	}},
	{"whole article", func(a Article, s content.Summary) bool {
		return 10*len(strings.Fields(s.Text)) > 8*len(strings.Fields(a.Text))
	}},
}

// wordsOf counts what stands between blanks, without the marks that tokenised
// text sets apart.
func wordsOf(s string) int {
	n := 0
	for field := range strings.FieldsSeq(s) {
		if strings.Trim(field, ".,\"'`()") != "" {
			n++
		}
	}
	return n
}

var (
	leaning = regexp.MustCompile(`(?i)^\W*(he|she|it|they|him|his|her|its|their|this|these|those|but|and|however|also|meanwhile|moreover|therefore|` +
		`il|elle|ils|elles|ce|cela|ces|mais|et|cependant|pourtant|ainsi|toutefois|son|sa|ses|leur|leurs)(\W|$)`)
	// impersonal are openings that look like leaning ones: impersonal verbs and days.
	impersonal = regexp.MustCompile(`(?i)^\W*(?:il (?:faut|faudra|faudrait|fallait|a fallu|aura fallu|existe|suffit|suffira|suffisait|convient|vaut|paraît|semble|semblerait|se p|ne faut|n['’]y a|y a|y avait|y aura|` +
		`(?:est|était|sera|serait) )|(?:ces derni|ce (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|midi|soir|week-end|printemps))|` +
		`this (?:week|month|year|morning|afternoon|evening|summer|winter|autumn|spring|season|weekend|[a-z]+day)\b)`)
	fullStop    = regexp.MustCompile(`[.。।۔]["'”’»)\]\s]*$`)
	boilerplate = regexp.MustCompile(`(?i)scroll down|click here|read more|follow us|subscribe to|getty images|lire aussi|(?-i:^By [A-Z][a-z]+ [A-Z][a-z]+\.?$)|^published|^\(cnn\)|^advertisement`)
)

// faithful tells whether every word of q is in span, in order, and q is the
// span itself unless it says that it is trimmed.
func faithful(span string, q content.SummarySentence) bool {
	if !q.IsTrimmed {
		return strings.Contains(span, q.Text)
	}
	at := 0
	for _, w := range text.Words(q.Text) {
		i := strings.Index(span[at:], w.Of(q.Text))
		if i < 0 {
			return false
		}
		at += i + w.End - w.Start
	}
	return true
}

// shared is the share of the shorter sentence's words of meaning that are in
// the other.
func shared(a, b, lang string) float64 {
	bag := func(s string) map[string]bool {
		out := map[string]bool{}
		for _, w := range text.Words(s) {
			if word := strings.ToLower(w.Of(s)); !text.IsStop(word, lang) {
				out[text.Stem(word, lang)] = true
			}
		}
		return out
	}
	x, y := bag(a), bag(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0.0
	for w := range x {
		n += is(y[w])
	}
	return n / float64(max(len(x), 1))
}
