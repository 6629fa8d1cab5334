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
	rest := f.ranking.hits
	var before, after []index.Hit // beyond the cursors
	var err error
	if w.After != nil {
		if before, rest, err = f.split("after", w.After, rest, true); err != nil {
			return err
		}
	}
	if w.Before != nil {
		if rest, after, err = f.split("before", w.Before, rest, false); err != nil {
			return err
		}
	}
	chosen, err := f.choose(ctx, &ranking{hits: slices.Clone(rest), worst: w.Backward}, w.Limit+1)
	if err != nil {
		return err
	}
	more := len(chosen) > w.Limit
	chosen = chosen[:min(len(chosen), w.Limit)]
	if w.Backward {
		slices.Reverse(chosen)
	}
	if err := f.load(ctx, chosen); err != nil {
		return err
	}
	f.PageInfo.HasNextPage, f.PageInfo.HasPreviousPage = more && !w.Backward, more && w.Backward
	if len(before) > 0 && !f.PageInfo.HasPreviousPage {
		if f.PageInfo.HasPreviousPage, err = f.any(ctx, before); err != nil {
			return err
		}
	}
	if len(after) > 0 && !f.PageInfo.HasNextPage {
		f.PageInfo.HasNextPage, err = f.any(ctx, after)
	}
	return err
}

// split parts hits at the place of a cursor, whose own hit goes to the first
// part or to the second. Scores move a little as articles come in, so the place
// is that of the cursor's article, if it is found still.
func (f *Found) split(field string, c *content.Cursor, hits []index.Hit, first bool) (upTo, from []index.Hit, err error) {
	key, err := strconv.ParseInt(c.ID, 10, 64)
	score, ok := 0.0, false
	if len(c.Values) == 1 {
		score, ok = c.Values[0].(float64)
	}
	if err != nil || !ok || c.Order != order {
		return nil, nil, content.FieldErrorf(field, "is a cursor of another list; use a cursor from a page of the same search")
	}
	place := index.Hit{Key: key, Score: float32(score)}
	if i := slices.IndexFunc(f.ranking.hits, func(h index.Hit) bool { return h.Key == key }); i >= 0 {
		place = f.ranking.hits[i]
	}
	for _, h := range hits {
		c := f.ranking.order(h, place)
		if c < 0 || c == 0 && first {
			upTo = append(upTo, h)
		} else {
			from = append(from, h)
		}
	}
	return upTo, from, nil
}

// choose returns the first n hits that where selects.
func (f *Found) choose(ctx context.Context, r *ranking, n int) ([]index.Hit, error) {
	if f.where == nil {
		return r.first(n), nil
	}
	var chosen []index.Hit
	for seen, look := 0, 200; len(chosen) < n && seen < len(r.hits); look *= 4 {
		hits := r.first(seen + look)[seen:]
		seen += len(hits)
		selected, err := f.selected(ctx, hits)
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, selected...)
	}
	return chosen[:min(n, len(chosen))], nil
}

func (f *Found) selected(ctx context.Context, hits []index.Hit) ([]index.Hit, error) {
	keys, err := f.store.Selected(ctx, keysOf(hits), f.where)
	if err != nil {
		return nil, err
	}
	var selected []index.Hit
	for _, h := range hits {
		if len(keys) > 0 && keys[0] == h.Key {
			selected, keys = append(selected, h), keys[1:]
		}
	}
	return selected, nil
}

func (f *Found) any(ctx context.Context, hits []index.Hit) (bool, error) {
	chosen, err := f.choose(ctx, &ranking{hits: hits}, 1)
	return len(chosen) > 0, err
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

// maxCounted is how many hits a filter is tried on, best first, for a count, and
// how many are counted for facets.
const maxCounted = 10_000

// best are the hits that are counted. It may be called at any time.
func (f *Found) best() []index.Hit {
	if len(f.ranking.hits) <= maxCounted {
		return f.ranking.hits
	}
	return (&ranking{hits: slices.Clone(f.ranking.hits)}).first(maxCounted)
}

func (f *Found) count(ctx context.Context) (int, error) {
	if f.where == nil {
		return len(f.ranking.hits), nil
	}
	keys, err := f.store.Selected(ctx, keysOf(f.best()), f.where)
	return len(keys), err
}

// IsTotalExact tells whether the number that Count returns is that of all
// articles found. When counting all would cost too much, there may be more.
func (f *Found) IsTotalExact() bool {
	return !f.bounded && (f.where == nil || len(f.ranking.hits) <= maxCounted)
}
