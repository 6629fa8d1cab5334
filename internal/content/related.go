package content

// RelatedOrigin says who drew an edge between two articles.
type RelatedOrigin string

// The origins of an edge.
const (
	Automatic RelatedOrigin = "AUTOMATIC"
	Pinned    RelatedOrigin = "PINNED"
)

// ReasonKind is what two related articles have in common.
type ReasonKind string

// The kinds of reason.
const (
	SharedTerm  ReasonKind = "SHARED_TERM"
	SharedName  ReasonKind = "SHARED_NAME"
	SharedTag   ReasonKind = "SHARED_TAG"
	SameSection ReasonKind = "SAME_SECTION"
	SameAuthor  ReasonKind = "SAME_AUTHOR"
	SameStory   ReasonKind = "SAME_STORY"
	Recency     ReasonKind = "RECENCY"
)

// Reason is one thing that two articles share, in words a reader knows.
type Reason struct {
	Kind   ReasonKind `json:"kind"`
	Value  string     `json:"value"`
	Weight float64    `json:"weight"` // its share of the score, 0 to 1
}

// Related is an edge from one article to another.
type Related struct {
	Article ID // the article it leads to
	Score   float64
	Origin  RelatedOrigin
	Reasons []Reason // at most five, strongest first
}
