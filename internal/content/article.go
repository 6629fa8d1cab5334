package content

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Article is one piece of the archive, without its body, which is long and is
// read on its own. Times are UTC and have millisecond precision.
type Article struct {
	ID          ID
	Slug        string
	Title       string
	Standfirst  string // the paragraph under the headline, or ""
	URL         string // where the article is published canonically, or ""
	External    *External
	Language    string // BCP 47, "und" when unknown
	Status      Status
	Revision    int // 1 for a new article, one more with each change
	PublishedAt *time.Time
	UnpublishAt *time.Time // the end of the publication, or nil
	DeletedAt   *time.Time // when it was put in the trash, or nil
	UpdatedAt   time.Time
	CreatedAt   time.Time
	WordCount   int // words of the plain text
	Image       *Image
	SectionID   *ID
	Owner       string // the name of the token that made it, or ""
}

// ReadingMinutes is the time an article takes at 230 words a minute, the mean
// silent reading rate of adults (Brysbaert 2019, 238 for non-fiction), rounded
// up; 0 only for an empty body.
func (a *Article) ReadingMinutes() int {
	const wordsPerMinute = 230
	return (a.WordCount + wordsPerMinute - 1) / wordsPerMinute
}

// External names an article in the system it came from.
type External struct {
	Source string
	ID     string
}

// Image is a lead image. Only its address is kept, never the picture.
type Image struct {
	URL    string
	Alt    string
	Credit string
}

// Body is the text of an article in every form it is served in.
type Body struct {
	Source   string // as it came
	Format   Format // of Source
	HTML     string // sanitised
	Markdown string
	Text     string // paragraphs separated by an empty line; summaries point into it
}

// In is where the body stands in one of its forms.
func (b *Body) In(f Format) *string {
	switch f {
	case Markdown:
		return &b.Markdown
	case Text:
		return &b.Text
	default:
		return &b.HTML
	}
}

// Format is a form in which a body is written.
type Format string

// The formats of a body.
const (
	HTML     Format = "HTML"
	Markdown Format = "MARKDOWN"
	Text     Format = "TEXT"
)

// Status says where an article stands in its life.
type Status string

// The states of an article. A scheduled article is a published one whose time
// has not come: the clock alone makes it visible.
const (
	StatusDraft     Status = "DRAFT"
	StatusScheduled Status = "SCHEDULED"
	StatusPublished Status = "PUBLISHED"
	StatusWithdrawn Status = "WITHDRAWN"
	StatusTrashed   Status = "TRASHED"
)

// transitions lists, for each state, the states an edit may move it to.
var transitions = map[Status][]Status{
	StatusDraft:     {StatusScheduled, StatusPublished},
	StatusScheduled: {StatusDraft, StatusPublished, StatusWithdrawn},
	StatusPublished: {StatusScheduled, StatusWithdrawn},
	StatusWithdrawn: {StatusDraft, StatusScheduled, StatusPublished},
}

// CanBecome tells whether an article may go from state s to state to. Staying
// as it is, is always allowed.
func (s Status) CanBecome(to Status) bool {
	return s == to || slices.Contains(transitions[s], to)
}

// At returns the state as seen at a moment: published becomes scheduled while
// its time has not come, scheduled becomes published once it has, and both
// become withdrawn when the publication has ended.
func (s Status) At(publishedAt, unpublishAt *time.Time, now time.Time) Status {
	switch {
	case s != StatusPublished && s != StatusScheduled:
		return s
	case publishedAt == nil || publishedAt.After(now):
		return StatusScheduled
	case unpublishAt != nil && !unpublishAt.After(now):
		return StatusWithdrawn
	}
	return StatusPublished
}

// Blank tells whether s shows nothing to a reader: it is empty, or has only
// white space, control and invisible formatting characters.
func Blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
	}) < 0
}
