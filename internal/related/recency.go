package related

import (
	"math"
	"time"
)

// Recency is the factor for the distance in time between two articles by
// which candidates are chosen: 1 for the same moment, and it falls to 0.35
// with a half-life of 30 days. Undated articles count as far from all others.
func Recency(p, q *Profile) float64 { return recency(momentOf(p), momentOf(q)) }

func recency(p, q moment) float64 {
	const timeless = 0.35
	return timeless + (1-timeless)*nearness(p.daysTo(q), 30)
}

// nearness falls from one to zero and halves with every halfLife.
func nearness(days, halfLife float64) float64 { return math.Exp(-days * (math.Ln2 / halfLife)) }

// moment is when an article was published, in milliseconds.
type moment int64

// undated is the moment of an article whose date is not known.
const undated moment = math.MinInt64

func momentOf(p *Profile) moment {
	if p.PublishedAt.IsZero() {
		return undated
	}
	return moment(p.PublishedAt.UnixMilli())
}

// ages are the days between articles whose distance in time is not known.
const ages = 1e6

// daysTo is the distance in time, a very long one when it is not known.
func (p moment) daysTo(q moment) float64 {
	if p == undated || q == undated {
		return ages
	}
	return math.Abs(float64(p-q)) / float64((24 * time.Hour).Milliseconds())
}

// daysBetween is the distance in time between two articles.
func daysBetween(p, q *Profile) float64 { return momentOf(p).daysTo(momentOf(q)) }
