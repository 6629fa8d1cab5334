package content

// Hunk is a passage of a text in which two versions of it differ, with a little
// of what is around it. Lines are sentences, and counted from 1.
type Hunk struct {
	OldStart int
	NewStart int
	Lines    []DiffLine
}

// DiffLine is a line of one version, of the other, or of both.
type DiffLine struct {
	Kind DiffKind
	Text string
}

// DiffKind says in which of two versions a line stands.
type DiffKind string

// Where a line stands.
const (
	DiffSame    DiffKind = "SAME"
	DiffRemoved DiffKind = "REMOVED"
	DiffAdded   DiffKind = "ADDED"
)
