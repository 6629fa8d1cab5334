package content

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
)

// The bounds of a page of any list.
const (
	DefaultPage = 20
	MaxPage     = 100
)

// PageArgs are the paging arguments of a connection as Relay defines them.
type PageArgs struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Window is a page to read: at most Limit items strictly between two cursors,
// from the far end when Backward. The order of the list stays the same.
type Window struct {
	Limit    int
	Backward bool
	After    *Cursor
	Before   *Cursor
}

// Window checks the arguments. Neither first nor last means the first
// DefaultPage; both, a number outside 0 to MaxPage, or a cursor that is not
// ours is Invalid.
func (p PageArgs) Window() (Window, error) {
	w := Window{Limit: DefaultPage}
	if p.First != nil && p.Last != nil {
		return w, FieldErrorf("last", "first and last cannot be used together; page forward with first and after, or backward with last and before")
	}
	for field, n := range map[string]*int{"first": p.First, "last": p.Last} {
		if n == nil {
			continue
		}
		if *n < 0 || *n > MaxPage {
			return w, FieldErrorf(field, "must be from 0 to %d", MaxPage)
		}
		w.Limit, w.Backward = *n, field == "last"
	}
	var err error
	if w.After, err = parseCursor("after", p.After); err != nil {
		return w, err
	}
	w.Before, err = parseCursor("before", p.Before)
	return w, err
}

// cursorVersion leads every cursor, so that a change of its form is noticed.
const cursorVersion = 1

// Cursor is a place in a list: the values the list is sorted by, then the id.
// Each value is a string, a float64 or nil. Order names the order it belongs
// to, so that a cursor of one list is refused by another.
type Cursor struct {
	Order  string
	Values []any
	ID     string
}

// String returns the opaque text that clients see.
func (c Cursor) String() string {
	body, err := json.Marshal([]any{c.Order, c.Values, c.ID})
	if err != nil {
		panic(err) // strings and finite numbers always marshal
	}
	return base64.RawURLEncoding.EncodeToString(append([]byte{cursorVersion}, body...))
}

func parseCursor(field string, s *string) (*Cursor, error) {
	if s == nil {
		return nil, nil //nolint:nilnil // no cursor is a valid answer to no text
	}
	invalid := FieldErrorf(field, "is not a cursor of this list; use a cursor from a page of the same list and order")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(*s)
	if err != nil || len(raw) == 0 || raw[0] != cursorVersion {
		return nil, invalid
	}
	var parts []json.RawMessage
	var c Cursor
	if json.Unmarshal(raw[1:], &parts) != nil || len(parts) != 3 ||
		json.Unmarshal(parts[0], &c.Order) != nil ||
		json.Unmarshal(parts[1], &c.Values) != nil ||
		json.Unmarshal(parts[2], &c.ID) != nil {
		return nil, invalid
	}
	for _, v := range c.Values {
		switch v.(type) {
		case nil, string, float64:
		default:
			return nil, invalid
		}
	}
	if canonical := c.String(); !bytes.Equal([]byte(canonical), []byte(*s)) {
		return nil, invalid
	}
	return &c, nil
}

// PageInfo tells a client where a page stands in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Edge is an item of a page with its place.
type Edge[T any] struct {
	Node   T
	Cursor string
}

// Page is a page of a list. The number of items in the whole list is counted
// only when it is asked for.
type Page[T any] struct {
	Edges    []Edge[T]
	PageInfo PageInfo
	Count    func(context.Context) (int, error)
}

// Nodes returns the items without their cursors.
func (p *Page[T]) Nodes() []T {
	nodes := make([]T, len(p.Edges))
	for i, e := range p.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// TotalCount counts the whole list, under the same conditions as the page.
func (p *Page[T]) TotalCount(ctx context.Context) (int, error) {
	return p.Count(ctx)
}
