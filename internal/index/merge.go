package index

import (
	"bytes"
	"iter"
	"slices"
)

// Part is a segment that is merged with others, without the articles whose
// keys, sorted, are gone.
type Part struct {
	Segment
	Gone []int64
}

// Merge makes one segment of several. No article that is left may be in two of
// them.
func Merge(parts []Part) (Segment, error) {
	w := writer{}
	languages := map[string]bool{}
	cursors := make([]*cursor, len(parts))
	for i := range parts {
		p := &parts[i]
		for _, key := range p.Keys {
			if _, gone := slices.BinarySearch(p.Gone, key); !gone {
				w.segment.Keys = append(w.segment.Keys, key)
			}
		}
		for _, language := range p.Languages {
			languages[language] = true
		}
		cursors[i] = newCursor(p)
		defer cursors[i].stop()
	}
	slices.Sort(w.segment.Keys)
	for {
		at, err := lowest(cursors)
		if err != nil || len(at) == 0 {
			return w.finish(languages), err
		}
		if err := w.mergeTerm(at); err != nil {
			return Segment{}, err
		}
		for _, c := range at {
			c.advance()
		}
	}
}

// cursor goes through the dictionary of a part.
type cursor struct {
	part *Part
	term Term
	done bool
	err  error
	next func() (Term, error, bool)
	stop func()
}

func newCursor(p *Part) *cursor {
	c := &cursor{part: p}
	c.next, c.stop = iter.Pull2(func(yield func(Term, error) bool) {
		for _, b := range p.Blocks {
			for t, err := range Terms(b.Data) {
				if !yield(t, err) {
					return
				}
			}
		}
	})
	c.advance()
	return c
}

func (c *cursor) advance() {
	var more bool
	c.term, c.err, more = c.next()
	c.done = !more
	if more && c.err == nil && (c.term.Docs.End > len(c.part.Docs) || c.term.Positions.End > len(c.part.Positions)) {
		c.err = ErrDamaged
	}
}

func (c *cursor) docs() []byte { return c.part.Docs[c.term.Docs.Start:c.term.Docs.End] }
func (c *cursor) positions() []byte {
	return c.part.Positions[c.term.Positions.Start:c.term.Positions.End]
}

// lowest are the cursors that stand at the first term of all; none at the end.
func lowest(cursors []*cursor) ([]*cursor, error) {
	var at []*cursor
	for _, c := range cursors {
		if c.err != nil {
			return nil, c.err
		}
		if c.done {
			continue
		}
		if len(at) > 0 {
			order := bytes.Compare(c.term.Term, at[0].term.Term)
			if order > 0 {
				continue
			}
			if order < 0 {
				at = at[:0]
			}
		}
		at = append(at, c)
	}
	return at, nil
}

func (w *writer) mergeTerm(at []*cursor) error {
	if len(at) == 1 && len(at[0].part.Gone) == 0 {
		w.copy(string(at[0].term.Term), at[0].term.Articles, at[0].docs(), at[0].positions())
		return nil
	}
	var postings []posting
	for _, c := range at {
		var err error
		if postings, err = c.postings(postings); err != nil {
			return err
		}
	}
	if len(postings) == 0 {
		return nil
	}
	slices.SortFunc(postings, func(a, b posting) int { return int(a.key - b.key) })
	w.add(string(at[0].term.Term), postings)
	return nil
}

// postings adds those of the term that are not gone.
func (c *cursor) postings(all []posting) ([]posting, error) {
	docs, positions := stream{docs: c.docs()}, c.positions()
	placed := len(positions) > 0
	for {
		more, err := docs.next()
		if err != nil || !more {
			return all, err
		}
		p := posting{key: docs.key, impact: docs.impact}
		if placed {
			if p.positions, positions, err = cutPlaces(positions); err != nil {
				return nil, err
			}
		}
		if _, gone := slices.BinarySearch(c.part.Gone, p.key); !gone {
			all = append(all, p)
		}
	}
}
