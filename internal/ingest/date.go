package ingest

import (
	"strings"
	"time"
)

const dateHint = `write a time such as "2024-05-12T09:30:00Z" (RFC 3339), or a date such as "2024-05-12"`

// parseDate reads RFC 3339, or a date, which means midnight UTC.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return stored(t), true
		}
	}
	return time.Time{}, false
}

// looseLayouts are the ways dates are written in front matter.
var looseLayouts = []string{
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 MST",
	"2006-01-02 15:04 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-1-2", "2006/01/02", "2006/01/02 15:04:05", "2006.01.02",
	"Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006",
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, time.RFC822Z, time.RFC822,
}

// parseLooseDate reads a date as other systems write it. A time without a zone
// is UTC.
func parseLooseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if t, ok := parseDate(s); ok {
		return t, true
	}
	for _, layout := range looseLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return stored(t), true
		}
	}
	return time.Time{}, false
}

// stored returns t as the archive keeps it: UTC, to the millisecond.
func stored(t time.Time) time.Time {
	return t.UTC().Truncate(time.Millisecond)
}

// storable tells whether the year of t has four digits, as RFC 3339 wants.
func storable(t time.Time) bool {
	return t.Year() >= 1 && t.Year() <= 9999
}
