package search

import (
	"context"
	"slices"
	"strconv"

	"nutgraph/internal/content"
	"nutgraph/internal/index"
)

// order is what cursors of searches say they belong to.
const order = "search"

// page reads the page of a window into f.
func (f *Found) page(ctx context.Context, w content.Window) error {
	f.Count = f.count
	rest := f.ranking
	var before, after *ranking // beyond the cursors
	if w.After != nil {
		place, err := f.place("after", w.After)
		if err != nil {
			return err
		}
		before = rest.part(func(h index.Hit) bool { return f.ranking.order(h, place) <= 0 })
		rest = rest.part(func(h index.Hit) bool { return f.ranking.order(h, place) > 0 })
	}
	if w.Before != nil {
		place, err := f.place("before", w.Before)
		if err != nil {
			return err
		}
		after = rest.part(func(h index.Hit) bool { return f.ranking.order(h, place) >= 0 })
		rest = rest.part(func(h index.Hit) bool { return f.ranking.order(h, place) < 0 })
	}
	if w.Backward {
		rest = rest.reversed()
	}
	chosen, err := f.choose(ctx, rest, w.Limit+1)
	if err != nil {
		return err
	}
	more := len(chosen) > w.Limit
	chosen = slices.Clone(chosen[:min(len(chosen), w.Limit)])
	if w.Backward {
		slices.Reverse(chosen)
	}
	if err := f.load(ctx, chosen); err != nil {
		return err
	}
	f.PageInfo.HasNextPage, f.PageInfo.HasPreviousPage = more && !w.Backward, more && w.Backward
	if before != nil && !f.PageInfo.HasPreviousPage {
		if f.PageInfo.HasPreviousPage, err = f.any(ctx, before); err != nil {
			return err
		}
	}
	if after != nil && !f.PageInfo.HasNextPage {
		f.PageInfo.HasNextPage, err = f.any(ctx, after)
	}
	return err
}

// place is where a cursor stands. Scores move a little as articles come in, so
// it is that of the cursor's article, if it is found still.
func (f *Found) place(field string, c *content.Cursor) (index.Hit, error) {
	key, err := strconv.ParseInt(c.ID, 10, 64)
	score, ok := 0.0, false
	if len(c.Values) == 1 {
		score, ok = c.Values[0].(float64)
	}
	if err != nil || !ok || c.Order != order {
		return index.Hit{}, content.FieldErrorf(field, "is a cursor of another list; use a cursor from a page of the same search")
	}
	its, err := f.ranking.part(func(h index.Hit) bool { return h.Key == key }).first(1)
	if len(its) > 0 {
		return its[0], nil
	}
	return index.Hit{Key: key, Score: float32(score)}, err
}

func keysOf(hits []index.Hit) []int64 {
	keys := make([]int64, len(hits))
	for i, h := range hits {
		keys[i] = h.Key
	}
	return keys
}

// load makes the edges of a page.
func (f *Found) load(ctx context.Context, hits []index.Hit) error {
	if len(hits) == 0 {
		return nil
	}
	articles, err := f.store.ArticlesByKey(ctx, keysOf(hits))
	if err != nil {
		return err
	}
	for _, h := range hits {
		a, visible := articles[h.Key]
		if !visible {
			continue
		}
		cursor := content.Cursor{Order: order, Values: []any{float64(h.Score)}, ID: strconv.FormatInt(h.Key, 10)}
		f.Edges = append(f.Edges, content.Edge[Hit]{Node: Hit{a, float64(h.Score)}, Cursor: cursor.String()})
	}
	if len(f.Edges) > 0 {
		f.PageInfo.StartCursor, f.PageInfo.EndCursor = &f.Edges[0].Cursor, &f.Edges[len(f.Edges)-1].Cursor
	}
	return nil
}
