package content

import (
	"context"
	"slices"
	"time"
)

// Role is what somebody may do. Each one may do what those before it may.
type Role string

// The roles, least first.
const (
	RoleReader    Role = "READER"    // as anonymous
	RolePreviewer Role = "PREVIEWER" // sees what is not published
	RoleAuthor    Role = "AUTHOR"    // makes drafts, and edits his own
	RoleEditor    Role = "EDITOR"    // edits and publishes everything
	RoleAdmin     Role = "ADMIN"     // hands out tokens
)

// Roles lists every role, least first.
var Roles = []Role{RoleReader, RolePreviewer, RoleAuthor, RoleEditor, RoleAdmin}

// Includes tells whether a role may do what another one may.
func (r Role) Includes(other Role) bool {
	return slices.Index(Roles, r) >= slices.Index(Roles, other) && slices.Contains(Roles, other)
}

// Principal is who asks: the bearer of a token. Tokens of one name are one
// person, so that a token can be replaced.
type Principal struct {
	Token     ID
	Name      string
	Role      Role
	ExpiresAt *time.Time
}

type principalKey struct{}

// WithPrincipal returns a context in which PrincipalOf finds who asks.
func WithPrincipal(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// PrincipalOf is who asks; nil when nobody said who it is.
func PrincipalOf(ctx context.Context) *Principal {
	p, _ := ctx.Value(principalKey{}).(*Principal)
	return p
}

// Allow returns nil when whoever asks has a role, Unauthenticated when nobody
// said who it is, and Forbidden otherwise.
func Allow(ctx context.Context, role Role) error {
	p := PrincipalOf(ctx)
	switch {
	case role == RoleReader:
		return nil
	case p == nil:
		return Errorf(Unauthenticated, "this needs a token with the role %s; send it as Authorization: Bearer TOKEN", role)
	case !p.Role.Includes(role):
		return Errorf(Forbidden, "this needs the role %s; the token %q has the role %s", role, p.Name, p.Role)
	}
	return nil
}

type previewKey struct{}

// WithPreview returns a context in which one article is seen whatever its state.
func WithPreview(ctx context.Context, article ID) context.Context {
	return context.WithValue(ctx, previewKey{}, article)
}

// Sight is what of the archive is seen besides what readers see.
type Sight struct {
	Everything bool
	Preview    ID // one article, or ""
}

// SightOf is what whoever asks may see.
func SightOf(ctx context.Context) Sight {
	p := PrincipalOf(ctx)
	preview, _ := ctx.Value(previewKey{}).(ID)
	return Sight{Everything: p != nil && p.Role.Includes(RolePreviewer), Preview: preview}
}
