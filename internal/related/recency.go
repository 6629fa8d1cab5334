package related

import (
	"math"
	"time"
)

// Recency is the factor for the distance in time between two articles by
// which candidates are chosen: 1 for the same moment, and it falls to 0.35
// with a half-life of 30 days. Undated articles count as far from all others.
func Recency(p, q *Profile) float64 { return recencyAfter(daysBetween(p, q)) }

func recencyAfter(days float64) float64 {
	const timeless = 0.35
	return timeless + (1-timeless)*nearness(days, 30)
}

// recencyAtMost is not below recencyAfter, and found in a tenth of the time.
func recencyAtMost(days float64) float64 {
	return recencies[int(min(days, float64(len(recencies)-1)))]
}

// recencies holds recencyAfter whole days, and a little more for rounding.
var recencies = func() (table [365]float64) {
	for days := range table {
		table[days] = recencyAfter(float64(days)) + 1e-9
	}
	return table
}()

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
