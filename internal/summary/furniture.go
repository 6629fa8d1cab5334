package summary

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// furnitureStarts are how short lines begin that stand in a body without being of
// the article: bylines, credits, captions, share lines, pointers to other pages,
// in the languages we know best. Each begins with letters.
var furnitureStarts = []string{
	`scroll down`, `click (?:here|on)`, `tap here`, `read (?:more|also|next)`, `see also`, `watch(?: video)?:`, `listen:`, `related:`,
	`follow (?:us|@)`, `share (?:this|on)`, `sign up`, `subscribe`, `advertisement`, `sponsored`, `last updated:?`, `updated:?`, `published:?`,
	`posted:?`, `copyright`, `©`, `all rights reserved`,
	`images?` + credit, `photos?` + credit, `photographs?` + credit, `pictures?` + credit, `video` + credit, `graphic` + credit,
	`source` + credit, `credit` + credit, `caption` + credit, `file photo` + credit,
	`media caption`, `image caption`, `image copyright`, `additional reporting`, `reporting by`, `editing by`, `edited by`,
	`this (?:article|story) (?:was|is|has been)`,
	`lire aussi`, `à lire`, `voir aussi`, `partager`, `abonnez`, `inscrivez`, `publié`, `mis à jour`, `crédits?`, `crédit photo`,
	`lesen sie auch`, `mehr zum thema`, `foto:`, `bild:`, `quelle:`, `lee también`, `leer más`, `suscríbete`, `fuente:`, `leggi anche`,
	`leia (?:também|mais)`, `lees ook`, `läs också`, `läs mer`, `czytaj (?:też|także|więcej)`, `читайте (?:также|також)`, `фото:`,
}

// credit follows the name of what is credited.
const credit = `\b[^.]{0,20}:`

var (
	furnitureStart = regexp.MustCompile(`(?i)^\W*(?:` + strings.Join(furnitureStarts, "|") + `)`)

	// byline is "By Jane Roe" and its sisters: nothing but names.
	byline = regexp.MustCompile(`^(?:` + strings.Join(bylineWords, "|") + `)\s+(?:\p{Lu}[\p{L}'’.-]+[\s,|]*){2,8}(?:[a-z]+\s+)?(?:\p{Lu}[\p{L}'’.-]+[\s,|]*){0,4}\.?$`)
)

var bylineWords = []string{"By", "Par", "Von", "Por", "Di", "Door", "Av", "Text", "Words"}

// pointers are found in lines of any length: old wire pages have them glued
// between two sentences. Shares are found anywhere in a short line.
var (
	pointers = []string{"media playback is", "scroll down for", "scroll down to", "click here for", "click here to", "read more:"}
	shares   = []string{
		"getty images", "all rights reserved", "sign up for", "sign up to", "subscribe to", "newsletter", "follow us on", "like us on", "click here", "cookie",
	}
)

// Longer lines are sentences that mention such things, or no lines at all.
const (
	longestFurniture = 22   // words
	longestShare     = 16   // words
	longestLine      = 1000 // bytes
)

func isFurniture(body string, s *sentence) bool {
	if len(body) > longestLine {
		return false
	}
	var buffer [longestLine]byte
	lower := buffer[:copy(buffer[:], body)]
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	if containsAny(lower, pointers) {
		return true
	}
	if s.size > longestFurniture {
		return false
	}
	return mayStartFurniture(lower) && furnitureStart.MatchString(body) ||
		slices.ContainsFunc(bylineWords, func(w string) bool { return strings.HasPrefix(body, w) }) && byline.MatchString(body) ||
		s.size < longestShare && containsAny(lower, shares)
}

func containsAny(lower []byte, phrases []string) bool {
	for _, phrase := range phrases {
		if bytes.Contains(lower, []byte(phrase)) {
			return true
		}
	}
	return false
}

// mayStartFurniture spares most sentences the regular expression, which takes as
// long as all else that is done with a sentence.
func mayStartFurniture(lower []byte) bool {
	start := bytes.IndexFunc(lower, func(r rune) bool { return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' })
	if start < 0 {
		return true
	}
	// A beginning may have letters that are not of ASCII, too; quotation marks are none.
	return bytes.ContainsFunc(lower[:start], unicode.IsLetter) || bytes.ContainsRune(lower[:start], '©') || furnitureLetters()[firstLetters(lower[start:])]
}

// furnitureLetters are the letters that furniture begins with.
var furnitureLetters = sync.OnceValue(func() map[[3]byte]bool {
	all := map[[3]byte]bool{}
	for _, start := range furnitureStarts {
		all[firstLetters([]byte(start))] = true
	}
	return all
})

// firstLetters are three bytes; those that are not of ASCII, and so have a case
// that nobody knows, are alike.
func firstLetters(lower []byte) (letters [3]byte) {
	for i := range letters {
		if i < len(lower) {
			letters[i] = min(lower[i], utf8.RuneSelf)
		}
	}
	return letters
}

// datelines open a report of an agency: "LONDON (Reuters) - ", "(CNN) ",
// "WASHINGTON — ", "Sunday, May 28, 2006 ".
var datelines = regexp.MustCompile(`^(?:[\p{Lu}][\p{L}\d'’.,/ -]{0,40})?\(\s?(?i:cnn|pti|ians|ani|uni|kyodo|yonhap|cnn student news|reuters|ap|afp|dpa|efe|ansa|upi|pa|bbc|rfe/rl|тасс|xinhua|belga|ats|apa|lusa|anp|tt|pap)\s?\)\s?(?:--|[-–—:])?\s*|` +
	`^[\p{Lu}][\p{Lu} ,.'’-]{3,40}(?:, [\p{L}. ]{2,20})?\s(?:--|–|—)\s|` +
	`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}\s+`)

// crosshead opens a paragraph of an agency whose line break was lost: "- No
// witnesses -The police…", "- "No witnesses" - The police…".
var crosshead = regexp.MustCompile(`^[-–—] (?:[^\n–—]{3,80}? [-–—]|"[^\n"–—]{3,80}" [-–—] )([\p{Lu}"«“])`)

// player is what stands where a page without its script would play something.
var player = regexp.MustCompile(`^Media playback is (?:not supported|unsupported) on (?:this|your) device\s+`)

// headingEnd returns the length of the crosshead, or of the note of a player, that
// opens a sentence.
func headingEnd(body string) int {
	const looked = 120
	if strings.HasPrefix(body, "Media playback") {
		return len(player.FindString(body))
	}
	if !strings.HasPrefix(body, "- ") && !strings.HasPrefix(body, "– ") && !strings.HasPrefix(body, "— ") {
		return 0
	}
	if at := crosshead.FindStringSubmatchIndex(body[:min(len(body), looked)]); at != nil {
		return at[2]
	}
	return 0
}

// dateline returns the length of the dateline that opens an article.
func dateline(body string, first bool) int {
	if !first {
		return 0
	}
	const looked = 90
	head := strings.ToValidUTF8(body[:min(len(body), looked)], "")
	if !strings.HasPrefix(body, head) {
		return 0
	}
	at := datelines.FindStringIndex(head)
	if at == nil || at[1] >= len(body) {
		return 0
	}
	line := strings.TrimSpace(head[:at[1]])
	if next, _ := utf8.DecodeRuneInString(body[at[1]:]); unicode.IsLower(next) && strings.HasSuffix(line, ")") && line[0] != '(' {
		return 0 // "The Press Association (PA) said"
	}
	return at[1]
}

// findTicker flags the lines of a ticker below a report, "Ebb Town wins a free kick
// in the attacking half": most of their pairs of words come time and again. They are
// told only where many stand, and a report besides.
func (d *document) findTicker() {
	const (
		lines, share   = 5, 4 // so many of them, and one sentence in so many
		report         = 3    // sentences besides
		most, suspects = 0.5, 0.4
	)
	ticker, others := 0, 0
	for i := range d.sentences {
		switch formula := d.formula(i); {
		case formula > most:
			ticker++
		case formula < suspects && d.sentences[i].flaws == 0:
			others++
		}
	}
	if ticker < lines || share*ticker < len(d.sentences) || others < report {
		return
	}
	for i := range d.sentences {
		if d.formula(i) >= suspects {
			d.sentences[i].flaws |= furniture
		}
	}
}

// formula is the share of the pairs of sentence i that come time and again.
func (d *document) formula(i int) float64 {
	const often, fewest = 3, 4 // times, pairs of a sentence
	pairs := d.sentences[i].pairs
	n := 0.0
	for _, q := range pairs {
		n += is(d.pairs[q].count >= often)
	}
	if len(pairs) < fewest {
		return 0
	}
	return n / float64(len(pairs))
}
