package search

import (
	"context"
	"slices"
	"strings"

	"nutgraph/db"
	"nutgraph/internal/index"
)

// reader reads the full-text index as it is at one moment.
type reader struct {
	store     *db.DB
	segments  []db.SegmentInfo
	gone      [][]int64 // by segment: what it has of articles that readers may not see
	languages []string
	articles  int  // those that readers may see
	bounded   bool // whether a term asked for more than is read
}

func newReader(ctx context.Context, store *db.DB) (*reader, error) {
	segments, err := store.Segments(ctx)
	if err != nil {
		return nil, err
	}
	hidden, err := store.Hidden(ctx)
	if err != nil {
		return nil, err
	}
	// How many there are weighs in every score, and so must not tell of a scheduled one.
	r := &reader{store: store, segments: segments, gone: make([][]int64, len(segments)), articles: -len(hidden)}
	for i, s := range segments {
		r.gone[i] = slices.Concat(s.Dead, hidden)
		slices.Sort(r.gone[i])
		r.articles += s.Articles - len(s.Dead)
		r.languages = append(r.languages, s.Languages...)
	}
	slices.Sort(r.languages)
	r.languages = slices.Compact(r.languages)
	return r, nil
}

// wanted is a term of the index that is looked up, or the beginning of several.
type wanted struct {
	term      string
	prefix    bool
	positions bool
}

// line is what a segment's dictionary says of a term, and its postings.
type line struct {
	index.Term
	docs, positions []byte
}

// The most that is read for the beginning of words, of each segment: a letter
// or two begin a great many.
const (
	maxPrefixBlocks = 300
	maxPrefixBytes  = 1 << 20
)

// read looks terms up in all segments. The result is by term and segment; there
// is more than one line where words begin with the term.
func (r *reader) read(ctx context.Context, terms []wanted) ([][][]line, error) {
	lines := make([][][]line, len(terms))
	for i := range lines {
		lines[i] = make([][]line, len(r.segments))
	}
	if err := r.lookUp(ctx, terms, lines); err != nil {
		return nil, err
	}
	for i, t := range terms {
		for n := range r.segments {
			if !t.prefix {
				continue
			}
			found, err := r.between(ctx, n, t.term, maxPrefixBlocks)
			if err != nil {
				return nil, err
			}
			lines[i][n] = found
		}
	}
	return lines, r.fill(ctx, terms, lines)
}

// lookUp finds the lines of whole terms, in one statement.
func (r *reader) lookUp(ctx context.Context, terms []wanted, lines [][][]line) error {
	var whole []string
	var places []int
	for i, t := range terms {
		if !t.prefix {
			whole, places = append(whole, t.term), append(places, i)
		}
	}
	if len(whole) == 0 {
		return nil
	}
	blocks, err := r.store.TermBlocks(ctx, whole)
	if err != nil {
		return err
	}
	if len(blocks) != len(whole)*len(r.segments) {
		return db.ErrSegmentGone
	}
	for _, b := range blocks {
		n := slices.IndexFunc(r.segments, func(s db.SegmentInfo) bool { return s.ID == b.Segment })
		if n < 0 || b.Data == nil {
			return db.ErrSegmentGone
		}
		t, found, err := index.Find(b.Data, whole[b.Term])
		if err != nil {
			return err
		}
		if found {
			i := places[b.Term]
			lines[i][n] = []line{{Term: t}}
		}
	}
	return nil
}

// between finds the lines of a segment whose terms begin so, in so many blocks
// at most.
func (r *reader) between(ctx context.Context, segment int, prefix string, limit int) ([]line, error) {
	blocks, err := r.store.BlocksBetween(ctx, r.segments[segment].ID, prefix, prefix+"\U0010FFFF", limit)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return nil, db.ErrSegmentGone
	}
	r.bounded = r.bounded || len(blocks) == limit
	var found []line
	for _, b := range blocks {
		for t, err := range index.Terms(b) {
			if err != nil {
				return nil, err
			}
			if !strings.HasPrefix(t.Term, prefix) {
				continue
			}
			if len(found) > 0 && t.Docs.End-found[0].Docs.Start > maxPrefixBytes {
				r.bounded = true
				return found, nil
			}
			found = append(found, line{Term: t})
		}
	}
	return found, nil
}

// fill reads the postings of lines, in one statement. Those of neighbouring
// terms are neighbours.
func (r *reader) fill(ctx context.Context, terms []wanted, lines [][][]line) error {
	var extents []db.Extent
	for _, segments := range lines {
		for n, found := range segments {
			if !adjoin(found, r.segments[n].Size) {
				return index.ErrDamaged
			}
		}
	}
	each := func(visit func(term, segment int, found []line)) {
		for i := range lines {
			for n, found := range lines[i] {
				if len(found) > 0 {
					visit(i, n, found)
				}
			}
		}
	}
	each(func(i, n int, found []line) {
		first, last, id := found[0], found[len(found)-1], r.segments[n].ID
		extents = append(extents, db.Extent{Segment: id, Stream: db.Docs, Start: first.Docs.Start, End: last.Docs.End})
		if terms[i].positions {
			extents = append(extents, db.Extent{Segment: id, Stream: db.Positions, Start: first.Positions.Start, End: last.Positions.End})
		}
	})
	if len(extents) == 0 {
		return nil
	}
	parts, err := r.store.Extents(ctx, extents)
	if err != nil {
		return err
	}
	each(func(i, _ int, found []line) {
		docs, positions := parts[0], []byte(nil)
		parts = parts[1:]
		if terms[i].positions {
			positions, parts = parts[0], parts[1:]
		}
		from, at := found[0].Docs.Start, found[0].Positions.Start
		for k := range found {
			l := &found[k]
			l.docs = docs[l.Docs.Start-from : l.Docs.End-from]
			if terms[i].positions {
				l.positions = positions[l.Positions.Start-at : l.Positions.End-at]
			}
		}
	})
	return nil
}

// adjoin tells whether the postings of lines lie one after the other in a
// segment of so many bytes, as those of neighbouring terms do.
func adjoin(lines []line, size int) bool {
	for k, l := range lines {
		if l.Docs.End > size || l.Positions.End > size {
			return false
		}
		if k > 0 && (l.Docs.Start != lines[k-1].Docs.End || l.Positions.Start != lines[k-1].Positions.End) {
			return false
		}
	}
	return true
}

// list is the articles that have at least one of several terms in a segment.
func (r *reader) list(segment int, lines ...[]line) (index.List, error) {
	var lists []index.List
	for _, l := range slices.Concat(lines...) {
		list, err := index.Decode(l.docs, l.Articles, r.gone[segment])
		if err != nil {
			return index.List{}, err
		}
		lists = append(lists, list)
	}
	return index.Union(lists...), nil
}
