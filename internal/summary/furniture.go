package summary

import (
	"regexp"
	"strings"
)

// furniture of a page: what stands in a body without being of the article.
var (
	// furnitureStart are openings of short lines: bylines, credits, captions,
	// share lines, pointers to other pages, in the languages we know best.
	furnitureStart = regexp.MustCompile(`(?i)^\W*(?:` +
		`scroll down|click (?:here|on)|tap here|read (?:more|also|next)|see also|watch(?: video)?:|listen:|related:|follow (?:us|@)|` +
		`share (?:this|on)|sign up|subscribe|advertisement|sponsored|(?:last )?updated:?|published:?|posted:?|copyright|©|all rights reserved|` +
		`(?:image|images|photo|photos|photograph|photographs|picture|pictures|video|graphic|source|credit|caption|file photo)\b[^.]{0,20}:|` +
		`media caption|image caption|image copyright|additional reporting|reporting by|editing by|edited by|this (?:article|story) (?:was|is|has been)|` +
		`lire aussi|à lire|voir aussi|partager|abonnez|inscrivez|publié|mis à jour|crédits?|crédit photo|` +
		`lesen sie auch|mehr zum thema|foto:|bild:|quelle:|lee también|leer más|suscríbete|foto:|fuente:|leggi anche|leia (?:também|mais)|` +
		`lees ook|läs också|läs mer|bild:|czytaj (?:też|także|więcej)|читайте (?:также|також)|фото:)`)

	// byline is "By Jane Roe" and its sisters: nothing but names.
	byline = regexp.MustCompile(`^(?:By|Par|Von|Por|Di|Door|Av|Text|Words)\s+(?:\p{Lu}[\p{L}'’.-]+[\s,|]*){2,8}(?:[a-z]+\s+)?(?:\p{Lu}[\p{L}'’.-]+[\s,|]*){0,4}\.?$`)

	// share is found anywhere in a short line.
	share = regexp.MustCompile(`(?i)getty images|all rights reserved|sign up (?:for|to)|subscribe to|newsletter|follow us on|like us on|click here|cookie`)
)

// pointer is found in lines of any length: old wire pages have it glued
// between two sentences.
var pointer = regexp.MustCompile(`(?i)scroll down (?:for|to)|click here (?:for|to)|read more:`)

// longestFurniture is how many words a line may have to be taken for
// furniture; longer ones are sentences that mention such things.
const longestFurniture = 22

func isFurniture(body string, s *sentence) bool {
	const longestLine = 1000 // bytes; what is longer is no line at all
	if len(body) > longestLine {
		return false
	}
	if pointer.MatchString(body) {
		return true
	}
	if s.size > longestFurniture {
		return false
	}
	return furnitureStart.MatchString(body) || byline.MatchString(body) || s.size < 16 && share.MatchString(body)
}

// datelines open a report of an agency: "LONDON (Reuters) - ", "(CNN) ",
// "WASHINGTON — ".
var datelines = regexp.MustCompile(`^(?:[\p{Lu}][\p{L}'’.,/ -]{0,40})?\(\s?(?i:cnn|cnn student news|reuters|ap|afp|dpa|efe|ansa|upi|pa|bbc|rfe/rl|тасс|xinhua|belga|ats|apa|lusa|anp|tt|pap)\s?\)\s?(?:--|[-–—:])?\s*|` +
	`^[\p{Lu}][\p{Lu} ,.'’-]{3,40}(?:, [\p{L}. ]{2,20})?\s(?:--|–|—)\s`)

// crosshead opens a paragraph of an agency whose line break was lost: "- No
// witnesses -The police…", "- "No witnesses" - The police…".
var crosshead = regexp.MustCompile(`^[-–—] (?:[^\n–—]{3,80}? [-–—]|"[^\n"–—]{3,80}" [-–—] )([\p{Lu}"«“])`)

// headingEnd returns the length of the crosshead that opens a sentence.
func headingEnd(body string) int {
	const looked = 120
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
	return at[1]
}
