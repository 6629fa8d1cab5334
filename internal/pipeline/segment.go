package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/index"
	"nutgraph/internal/parallel"
)

// Segment is what the full-text index holds of articles: nothing of those that
// are not published.
func Segment(materials []db.Material) db.Segment {
	materials = slices.DeleteFunc(slices.Clone(materials), func(m db.Material) bool { return !m.Published })
	return packed(index.Build(parallel.Map(materials, func(m db.Material) index.Entry { return entry(&m) })))
}

func entry(m *db.Material) index.Entry {
	return index.Analyse(index.Document{
		Key: m.Key, Language: m.Language, Title: m.Title, Standfirst: m.Standfirst, Tags: m.Tags, Authors: m.Authors, Body: m.Text,
	})
}

// packed is a segment as the store takes it.
func packed(s index.Segment) db.Segment {
	stored := db.Segment{Keys: s.Keys, Languages: s.Languages, Docs: s.Docs, Positions: s.Positions}
	for _, b := range s.Blocks {
		stored.Blocks = append(stored.Blocks, db.SearchBlock(b))
	}
	return stored
}

func unpacked(s db.Segment) index.Segment {
	packed := index.Segment{Keys: s.Keys, Languages: s.Languages, Docs: s.Docs, Positions: s.Positions}
	for _, b := range s.Blocks {
		packed.Blocks = append(packed.Blocks, index.Block(b))
	}
	return packed
}

// The segments of the full-text index are merged when there are many of about
// one size, so that each article is packed anew only when its segment grows
// manyfold, and a search looks into few segments. A merge is done in memory, so
// the largest are left as they are.
const (
	mergeFactor  = 8
	largestMerge = 48 << 20 // bytes
)

// MergeSegments merges what has piled up. What somebody else merges at the same
// time is left to him.
func (p *Pipeline) MergeSegments(ctx context.Context) error {
	if err := p.store.RemoveDeleted(ctx); err != nil {
		return fmt.Errorf("take deleted articles out of the full-text index: %w", err)
	}
	for {
		segments, err := p.store.Segments(ctx)
		if err != nil {
			return fmt.Errorf("list the segments of the full-text index: %w", err)
		}
		due := dueSegments(segments)
		if len(due) == 0 {
			return nil
		}
		err = p.merge(ctx, due)
		if errors.Is(err, db.ErrSegmentGone) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("merge the full-text index: %w", err)
		}
	}
}

// dueSegments are the segments to merge next: one that is mostly dead, or as
// many of one size as there should not be.
func dueSegments(segments []db.SegmentInfo) []db.SegmentInfo {
	levels := map[int][]db.SegmentInfo{}
	for _, s := range segments {
		alive := s.Articles - len(s.Dead)
		if len(s.Dead) > alive {
			return []db.SegmentInfo{s}
		}
		if s.Size > largestMerge/mergeFactor {
			continue
		}
		level := 0
		for n := alive; n >= mergeFactor; n /= mergeFactor {
			level++
		}
		if levels[level] = append(levels[level], s); len(levels[level]) == mergeFactor {
			return levels[level]
		}
	}
	return nil
}

func (p *Pipeline) merge(ctx context.Context, segments []db.SegmentInfo) error {
	parts := make([]index.Part, len(segments))
	for i, info := range segments {
		s, err := p.store.Segment(ctx, info)
		if err != nil {
			return err
		}
		parts[i] = index.Part{Segment: unpacked(s), Gone: info.Dead}
	}
	merged, err := index.Merge(parts)
	if err != nil {
		return err
	}
	return p.store.ReplaceSegments(ctx, segments, packed(merged))
}
