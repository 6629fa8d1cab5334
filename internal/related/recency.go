package related

import "time"

// Recency is the factor by which the distance in time between two articles
// counts in their score, for a store that sorts candidates before it reads
// their profiles.
func Recency(a, b time.Time) float64 {
	return recency(&Profile{PublishedAt: a}, &Profile{PublishedAt: b})
}
