package related

import (
	"math"
	"time"
)

// Recency is the factor for the distance in time between two articles by
// which candidates are chosen: 1 for the same moment, and it falls to 0.35
// with a half-life of 30 days. Undated articles count as far from all others.
func Recency(p, q *Profile) float64 {
	const timeless = 0.35
	return timeless + (1-timeless)*nearness(daysBetween(p, q), 30)
}

// nearness falls from one to zero and halves with every halfLife.
func nearness(days, halfLife float64) float64 { return math.Exp2(-days / halfLife) }

// ages are the days between articles whose distance in time is not known.
const ages = 1e6

// daysBetween is the distance in time, a very long one when it is not known.
func daysBetween(p, q *Profile) float64 {
	if p.PublishedAt.IsZero() || q.PublishedAt.IsZero() {
		return ages
	}
	return p.PublishedAt.Sub(q.PublishedAt).Abs().Hours() / (24 * time.Hour).Hours()
}
