package content

import (
	"strings"

	"github.com/google/uuid"
)

// ID names one object of the archive for ever. It is a typed prefix and a
// UUIDv7 ("art_0197…"), opaque to clients, and sorts by the time it was made.
type ID string

// The prefixes of the ids, one for each kind of object that a client can refetch.
const (
	ArticlePrefix = "art_"
	AuthorPrefix  = "aut_"
	TagPrefix     = "tag_"
	SectionPrefix = "sec_"

	RevisionPrefix = "rev_"
	EventPrefix    = "evt_"
	TokenPrefix    = "tok_"
	PreviewPrefix  = "prv_"
)

// NewID returns a fresh id with one of the prefixes above. Ids made by one
// process sort in the order in which they were made.
func NewID(prefix string) ID {
	return ID(prefix + uuid.Must(uuid.NewV7()).String())
}

// Prefix returns the part of the id that tells the kind of object, with its
// underscore, or "" when there is none.
func (id ID) Prefix() string {
	kind, _, found := strings.Cut(string(id), "_")
	if !found {
		return ""
	}
	return kind + "_"
}
