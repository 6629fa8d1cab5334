package search

import (
	"bytes"
	"context"
	"slices"

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
	language  string // of which the articles are that can have it; "" for any
	prefix    bool
	positions bool
}

// lines are what a segment's dictionary says of a term, or of neighbouring
// ones, and their postings.
type lines struct {
	terms           []index.Term
	docs, positions []byte // of all of them
}

// The most that is read for the beginning of words, of each segment: a few
// letters begin a great many.
const (
	maxPrefixBlocks = 300
	maxPrefixBytes  = 1 << 20
)

// read looks terms up in all segments. The result is by term and segment.
func (r *reader) read(ctx context.Context, terms []wanted) ([][]lines, error) {
	found := make([][]lines, len(terms))
	for i, t := range terms {
		found[i] = make([]lines, len(r.segments))
		if !t.prefix {
			continue
		}
		for n := range r.segments {
			var err error
			if found[i][n].terms, err = r.between(ctx, n, t.term, maxPrefixBlocks); err != nil {
				return nil, err
			}
		}
	}
	if err := r.lookUp(ctx, terms, found); err != nil {
		return nil, err
	}
	return found, r.fill(ctx, terms, found)
}

// lookUp finds the lines of whole terms, in one statement.
func (r *reader) lookUp(ctx context.Context, terms []wanted, found [][]lines) error {
	type place struct{ term, segment int }
	var places []place
	var asked []db.TermOfSegment
	for i, t := range terms {
		for n, s := range r.segments {
			if !t.prefix && (t.language == "" || slices.Contains(s.Languages, t.language)) {
				places, asked = append(places, place{i, n}), append(asked, db.TermOfSegment{Segment: s.ID, Term: t.term})
			}
		}
	}
	if len(asked) == 0 {
		return nil
	}
	blocks, err := r.store.TermBlocks(ctx, asked)
	if err != nil {
		return err
	}
	for i, p := range places {
		if blocks[i] == nil {
			return db.ErrSegmentGone
		}
		t, has, err := index.Find(blocks[i], terms[p.term].term)
		if err != nil {
			return err
		}
		if has {
			found[p.term][p.segment].terms = []index.Term{t}
		}
	}
	return nil
}

// between finds the terms of a segment that begin so, in so many blocks at
// most.
func (r *reader) between(ctx context.Context, segment int, prefix string, limit int) ([]index.Term, error) {
	blocks, err := r.store.BlocksBetween(ctx, r.segments[segment].ID, prefix, prefix+"\U0010FFFF", limit)
	if err != nil {
		return nil, err
	}
	if len(blocks) == 0 {
		return nil, db.ErrSegmentGone
	}
	r.bounded = r.bounded || len(blocks) == limit
	var found []index.Term
	for _, b := range blocks {
		for t, err := range index.Terms(b) {
			if err != nil {
				return nil, err
			}
			if !bytes.HasPrefix(t.Term, []byte(prefix)) {
				continue
			}
			if len(found) > 0 && t.Docs.End-found[0].Docs.Start > maxPrefixBytes {
				r.bounded = true
				return found, nil
			}
			found = append(found, t)
		}
	}
	return found, nil
}

// fill reads the postings of lines, in one statement. Those of neighbouring
// terms are neighbours.
func (r *reader) fill(ctx context.Context, terms []wanted, found [][]lines) error {
	var extents []db.Extent
	var into []*[]byte
	for i := range found {
		for n := range found[i] {
			l := &found[i][n]
			if !adjoin(l.terms, r.segments[n].Size) {
				return index.ErrDamaged
			}
			if len(l.terms) == 0 {
				continue
			}
			first, last, id := l.terms[0], l.terms[len(l.terms)-1], r.segments[n].ID
			extents, into = append(extents, db.Extent{Segment: id, Stream: db.Docs, Start: first.Docs.Start, End: last.Docs.End}), append(into, &l.docs)
			if terms[i].positions {
				extents, into = append(extents, db.Extent{Segment: id, Stream: db.Positions, Start: first.Positions.Start, End: last.Positions.End}), append(into, &l.positions)
			}
		}
	}
	if len(extents) == 0 {
		return nil
	}
	parts, err := r.store.Extents(ctx, extents)
	for i, part := range parts {
		*into[i] = part
	}
	return err
}

// adjoin tells whether the postings of terms lie one after the other in a
// segment of so many bytes, as those of neighbouring terms do.
func adjoin(terms []index.Term, size int) bool {
	for k, t := range terms {
		if t.Docs.End > size || t.Positions.End > size {
			return false
		}
		if k > 0 && (t.Docs.Start != terms[k-1].Docs.End || t.Positions.Start != terms[k-1].Positions.End) {
			return false
		}
	}
	return true
}

// packed are the articles of each of several terms in a segment.
func packed(forms []lines) (all []index.Packed) {
	for _, l := range forms {
		for _, t := range l.terms {
			start := l.terms[0].Docs.Start
			all = append(all, index.Packed{Docs: l.docs[t.Docs.Start-start : t.Docs.End-start], Articles: t.Articles})
		}
	}
	return all
}

// places are where each of several terms stands.
func places(forms []lines) (all []*index.Places) {
	for _, l := range forms {
		for i, list := range packed([]lines{l}) {
			start, at := l.terms[0].Positions.Start, l.terms[i].Positions
			all = append(all, index.NewPlaces(list.Docs, l.positions[at.Start-start:at.End-start]))
		}
	}
	return all
}
