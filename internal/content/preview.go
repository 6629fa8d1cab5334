package content

import "time"

// Preview lets somebody without a token look at one article that is not public.
type Preview struct {
	ID        ID
	Article   ID
	CreatedBy string // the name of a token
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
}

// How long a preview is good when nobody says otherwise, and at most.
const (
	DefaultPreview = 7 * 24 * time.Hour
	MaxPreview     = 90 * 24 * time.Hour
)
