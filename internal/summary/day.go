package summary

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dates are what tells the day something happened on: "on Monday morning", "ce
// lundi 3 juin". A sentence is as whole without.
type dates struct {
	on    phrases // what stands before a day, if anything must or may
	bare  bool    // whether a day may stand without
	day   phrases
	part  phrases // what may follow a day, besides numbers
	holds phrases // what a day behind it belongs to: "since"
	ties  phrases // what ties a day to what follows: "and"
}

// datesIn appends the days that may be left out of body.
func (t *trims) datesIn(lower string, out []cut) []cut {
	if len(t.dates.day) == 0 {
		return out
	}
	before := ""
	for at := wordEnd(lower); at < len(lower); {
		if lower[at] == ' ' {
			if end := t.dates.end(lower, at+1); end > 0 && !t.dates.held(before) {
				out = append(out, cut{at, end})
			}
		}
		_, size := utf8.DecodeRuneInString(lower[at:])
		n := wordEnd(lower[at+size:])
		before = lower[at+size : at+size+n]
		at += size + n
	}
	return out
}

// held tells whether a day belongs to the word before it.
func (d *dates) held(before string) bool {
	return before == "" || unicode.IsDigit(rune(before[0])) || d.holds.match(before) > 0
}

// end returns where the date ends that begins at start, nought when none does or
// something hangs on it.
func (d *dates) end(lower string, start int) int {
	at := start
	n := d.on.match(lower[at:])
	if n > 0 {
		at += n + 1
	}
	if n == 0 && !d.bare || at >= len(lower) {
		return 0
	}
	if n = d.day.match(lower[at:]); n == 0 {
		return 0
	}
	for at += n; strings.HasPrefix(lower[at:], " "); at += 1 + n {
		rest := lower[at+1:]
		if n = d.part.match(rest); n == 0 && rest != "" && unicode.IsDigit(rune(rest[0])) {
			n = wordEnd(rest)
		}
		if n == 0 {
			break
		}
	}
	next := strings.TrimPrefix(lower[at:], " ")
	r, _ := utf8.DecodeRuneInString(next)
	follows := next != lower[at:] && unicode.IsLetter(r) && d.ties.match(next) == 0
	if !follows && lower[at:] != "." {
		return 0
	}
	return at
}
