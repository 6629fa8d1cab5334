package related

import "slices"

// shortlist keeps the n best of many matches: a heap with the worst of them on
// top.
type shortlist struct {
	n       int
	matches []match
	least   float64 // matches below cannot be among the best
}

func (l *shortlist) offer(m match) {
	switch {
	case m.score <= 0:
		return
	case len(l.matches) < l.n:
		l.matches = append(l.matches, m)
		l.rise()
	case len(l.matches) > 0 && better(m, l.matches[0]) < 0:
		l.matches[0] = m
		l.sink()
	}
	if len(l.matches) == l.n && l.n > 0 {
		l.least = l.matches[0].score
	}
}

// rise moves the last match up to its place.
func (l *shortlist) rise() {
	i := len(l.matches) - 1
	for i > 0 {
		above := (i - 1) / 2
		if better(l.matches[i], l.matches[above]) < 0 {
			return
		}
		l.matches[i], l.matches[above] = l.matches[above], l.matches[i]
		i = above
	}
}

// sink moves the first match down to its place.
func (l *shortlist) sink() {
	for i := 0; ; {
		worse := 2*i + 1
		if worse >= len(l.matches) {
			return
		}
		if right := worse + 1; right < len(l.matches) && better(l.matches[right], l.matches[worse]) > 0 {
			worse = right
		}
		if better(l.matches[worse], l.matches[i]) < 0 {
			return
		}
		l.matches[i], l.matches[worse] = l.matches[worse], l.matches[i]
		i = worse
	}
}

// profiles are those of the matches, best first.
func (l *shortlist) profiles() []*Profile {
	slices.SortFunc(l.matches, better)
	found := make([]*Profile, len(l.matches))
	for i, m := range l.matches {
		found[i] = m.profile
	}
	return found
}
