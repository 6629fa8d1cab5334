package related

import "time"

// Profile is what is kept of one article to relate it to others. It depends
// on that article alone. Everything but the exported fields is opaque; store
// a profile by its binary form.
type Profile struct {
	Key         int64
	Language    string // the primary subtag: "pt" for "pt-BR"
	PublishedAt time.Time
	Section     string
	Tags        []string
	Authors     []string

	terms  []term // by id, each id once
	words  string // of terms, in the same order
	sketch sketch
	place  *place // under the model it was last placed in
}
