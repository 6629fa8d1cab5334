package content

import (
	"errors"
	"slices"
	"time"
)

// Token is what somebody shows to be let in. The secret itself is shown once
// and not kept.
type Token struct {
	ID         ID
	Name       string
	Role       Role
	CreatedAt  time.Time
	ExpiresAt  *time.Time
	RevokedAt  *time.Time
	LastUsedAt *time.Time // to within ten minutes
}

// NewToken is a token to be made.
type NewToken struct {
	Name      string
	Role      Role
	ExpiresAt *time.Time // never, when nil
}

// Validate returns nil, or every mistake at once.
func (t *NewToken) Validate(now time.Time) error {
	var m mistakes
	t.Name = Clean(t.Name)
	if Blank(t.Name) {
		m.add("name", "is blank; say who or what will use the token")
	}
	m.characters("name", t.Name, MaxTokenName)
	if !slices.Contains(Roles, t.Role) {
		m.add("role", "%q is not a role; use READER, PREVIEWER, AUTHOR, EDITOR or ADMIN", t.Role)
	}
	if t.ExpiresAt != nil && !t.ExpiresAt.After(now) {
		m.add("expiresAt", "has passed already; give a time to come, or none")
	}
	m.moment("expiresAt", t.ExpiresAt)
	return errors.Join(m...)
}

// MaxTokenName is the longest name of a token, in characters.
const MaxTokenName = 100
