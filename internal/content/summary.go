package content

import (
	"errors"
	"time"
)

// SummaryLength is how long a summary a reader wants.
type SummaryLength string

// The lengths of a summary.
const (
	SummaryBrief   SummaryLength = "BRIEF"   // one sentence
	SummaryShort   SummaryLength = "SHORT"   // about 60 words
	SummaryLong    SummaryLength = "LONG"    // about 150 words
	SummaryBullets SummaryLength = "BULLETS" // three to five points
)

// SummaryLengths lists every length, shortest first.
var SummaryLengths = []SummaryLength{SummaryBrief, SummaryShort, SummaryBullets, SummaryLong}

// SummaryOrigin says who wrote a summary.
type SummaryOrigin string

// The origins of a summary.
const (
	Extractive SummaryOrigin = "EXTRACTIVE" // sentences of the article, chosen by the machine
	Editor     SummaryOrigin = "EDITOR"     // written by a person
	Model      SummaryOrigin = "MODEL"      // written by a language model
)

// Summary is one summary of one article.
type Summary struct {
	Text      string // sentences joined by a blank, points by a line break
	Length    SummaryLength
	Origin    SummaryOrigin
	IsStale   bool // the article has changed since
	Sentences []SummarySentence
	CreatedAt time.Time
}

// SummarySentence is a sentence of an extractive summary. Start and End bound
// its source in the plain text of the body, in UTF-16 code units, so that
// text.slice(start, end) works in a browser. The text is that span, unless
// words were left out of it.
type SummarySentence struct {
	Text      string  `json:"text"`
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Score     float64 `json:"score"` // 0 to 1, within one article
	IsTrimmed bool    `json:"trimmed,omitempty"`
}

// MaxSummary is the longest summary that a person writes, in characters.
const MaxSummary = 2_000

// CheckSummary returns nil, or what is wrong with a summary that a person wrote.
func CheckSummary(text string) error {
	var m mistakes
	if Blank(text) {
		m.add("text", "is blank; write the summary, or clear it with clearSummary")
	}
	m.characters("text", text, MaxSummary)
	return errors.Join(m...)
}
