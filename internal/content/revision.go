package content

import "time"

// Action is what a change did to an article.
type Action string

// What a change can do.
const (
	ActionImported    Action = "IMPORTED"
	ActionCreated     Action = "CREATED"
	ActionEdited      Action = "EDITED"
	ActionPublished   Action = "PUBLISHED"
	ActionUnpublished Action = "UNPUBLISHED"
	ActionWithdrawn   Action = "WITHDRAWN"
	ActionTrashed     Action = "TRASHED"
	ActionUntrashed   Action = "UNTRASHED"
	ActionRestored    Action = "RESTORED" // an earlier revision
	ActionRefiled     Action = "REFILED"  // under what an author, a tag or a section was merged into
)

// Revision is an article as one change left it.
type Revision struct {
	ID      ID
	Article ID
	Number  int // 1 for a new article, one more with each change
	At      time.Time
	Actor   string // the name of the token, or "import"
	Action  Action
	Note    string // why, or ""
}
