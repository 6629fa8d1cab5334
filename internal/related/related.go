// Package related links the articles of an archive: it says how much any two
// of them have to do with each other, and why, in words that a reader knows.
//
// An article is analysed once, on its own, into a Profile of about two
// kilobytes. What the archive as a whole knows, how many articles use a term
// and which terms go together, is learned now and then into a Model. A score
// depends on two profiles and the model alone, and is the same in both
// directions:
//
//	p := related.Analyse(document)
//	keys := p.Keys(model)                          // look up and store these
//	edges := related.Rank(&p, candidates, model, 10)
//
// For work on many articles at once, an Index finds the candidates in memory:
//
//	index := related.NewIndex(profiles)            // or model.Index(profiles)
//	edges := related.Rank(p, index.Candidates(p, related.Pool), index, 10)
//
// The package reads no files, no clock and no store.
package related

import (
	"time"

	"nutgraph/internal/content"
)

// Version is raised whenever Analyse, Keys or Rank may give another result
// for the same input; what was stored under an older version is made anew.
const Version = 4

// Pool is how many candidates Rank wants to see: 96 of 100 links that
// journalists drew lead to one of the first 150 found by keys.
const Pool = 150

// Document is an article as Analyse wants it.
type Document struct {
	Key         int64 // the caller's name for the article; breaks ties, smallest first
	Title       string
	Standfirst  string
	Text        string // plain text
	Language    string // BCP 47; only the primary language counts
	PublishedAt time.Time
	Section     string   // path of slugs, "" when unknown
	Tags        []string // as readers see them
	Authors     []string // as readers see them
}

// Edge leads from the article that was ranked for to another one.
type Edge struct {
	Key     int64            // of the other article
	Score   float64          // 0 to 1, comparable between articles
	Reasons []content.Reason // at most five, strongest first
}
