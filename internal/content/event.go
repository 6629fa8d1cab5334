package content

import "time"

// EventKind is what happened.
type EventKind string

// What can happen to an article that others may want to hear of.
const (
	ArticlePublished EventKind = "article.published" // readers see it now
	ArticleUpdated   EventKind = "article.updated"   // readers see something else now
	ArticleWithdrawn EventKind = "article.withdrawn" // readers see it no more
	SummaryReady     EventKind = "summary.ready"
	RelatedChanged   EventKind = "related.changed"
)

// Event is something that happened to an article, as it was then. Events are
// numbered in the order in which they happened; the numbers have gaps.
type Event struct {
	Seq      int64
	ID       ID
	Kind     EventKind
	At       time.Time
	Article  ID // which may be gone since
	Slug     string
	Title    string
	URL      string // or ""
	Revision int
}
