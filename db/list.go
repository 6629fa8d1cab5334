package db

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"nutgraph/internal/content"
)

// listing is a list that is read a page at a time: what it selects, from
// where, and in which order. It is always completed with an integer key, so
// that the order is total and a page can start at any item.
type listing[T any] struct {
	items      string // what it lists, as it is written in cursors
	columns    string
	from       string
	conditions []string
	args       []any
	order      []sortTerm
	key        string // the column of the integer key
	scan       func(scanner) (T, error)
}

// sortTerm is one level of an order. An expression must not be NULL.
type sortTerm struct {
	name       string // as it is written in cursors
	expression string
	descending bool
}

// name identifies the list and its order, so that a cursor of another is noticed.
func (l *listing[T]) name() string {
	var b strings.Builder
	b.WriteString(l.items + ":")
	for _, o := range l.order {
		b.WriteString(o.name)
		if o.descending {
			b.WriteByte('-')
		} else {
			b.WriteByte('+')
		}
	}
	return b.String()
}

// row is an item with its place in the list.
type row[T any] struct {
	item   T
	cursor content.Cursor
}

// key is the integer key of the item.
func (r *row[T]) key() int64 {
	key, _ := strconv.ParseInt(r.cursor.ID, 10, 64) // scanRow has written it
	return key
}

// page reads one page of a list, and tells how to count the whole.
func page[T any](ctx context.Context, db *DB, l listing[T], w content.Window) (content.Page[T], error) {
	rows, info, err := l.page(ctx, db, w)
	if err != nil {
		return content.Page[T]{}, err
	}
	p := edges(rows, info)
	p.Count = func(ctx context.Context) (int, error) { return l.count(ctx, db) }
	return p, nil
}

// page reads the rows of one page, and whether there is more on either side of
// it: one statement, and one more when the page starts at a cursor.
func (l *listing[T]) page(ctx context.Context, from source, w content.Window) (rows []row[T], info content.PageInfo, err error) {
	for field, c := range map[string]*content.Cursor{"after": w.After, "before": w.Before} {
		if c != nil && !l.owns(c) {
			return nil, info, content.FieldErrorf(field, "is a cursor of another list; use a cursor from a page of the same list and order")
		}
	}
	if rows, err = l.read(ctx, from, w); err != nil {
		return nil, info, err
	}
	rows, info = cut(rows, w)
	if w.After != nil && !info.HasPreviousPage {
		info.HasPreviousPage, err = l.exists(ctx, from, w.After, upTo)
	}
	if w.Before != nil && !info.HasNextPage && err == nil {
		info.HasNextPage, err = l.exists(ctx, from, w.Before, fromHere)
	}
	return rows, info, err
}

// firstPage makes a page of rows that were read from one end of a list, up to
// one more than the window asks for.
func firstPage[T any](rows []row[T], w content.Window) content.Page[T] { return edges(cut(rows, w)) }

// cut takes off the row that only tells that there are more.
func cut[T any](rows []row[T], w content.Window) ([]row[T], content.PageInfo) {
	more := len(rows) > w.Limit
	rows = rows[:min(len(rows), w.Limit)]
	if w.Backward {
		slices.Reverse(rows)
	}
	return rows, content.PageInfo{HasNextPage: more && !w.Backward, HasPreviousPage: more && w.Backward}
}

func edges[T any](rows []row[T], info content.PageInfo) content.Page[T] {
	p := content.Page[T]{Edges: make([]content.Edge[T], len(rows)), PageInfo: info}
	for i, r := range rows {
		p.Edges[i] = content.Edge[T]{Node: r.item, Cursor: r.cursor.String()}
	}
	if len(rows) > 0 {
		p.PageInfo.StartCursor = &p.Edges[0].Cursor
		p.PageInfo.EndCursor = &p.Edges[len(rows)-1].Cursor
	}
	return p
}

// owns tells whether a cursor can have come from this list.
func (l *listing[T]) owns(c *content.Cursor) bool {
	_, err := strconv.ParseInt(c.ID, 10, 64)
	return err == nil && c.Order == l.name() && len(c.Values) == len(l.order) && !slices.Contains(c.Values, nil)
}

// read returns up to one row more than the window asks for, from its near end.
func (l *listing[T]) read(ctx context.Context, from source, w content.Window) ([]row[T], error) {
	s := &statement{args: slices.Clone(l.args)}
	// The cursors come first: of two upper bounds of an index SQLite takes the
	// one it meets first, and from "not after now" it would walk to the page.
	var conditions []string
	if w.After != nil {
		conditions = append(conditions, l.beside(s, w.After, after))
	}
	if w.Before != nil {
		conditions = append(conditions, l.beside(s, w.Before, before))
	}
	conditions = append(conditions, l.conditions...)
	query := "SELECT " + l.columns + ", " + l.key + l.sortColumns() + " FROM " + l.from +
		" WHERE " + all(conditions) + " ORDER BY " + l.orderBy(w.Backward) + " LIMIT " + s.arg(w.Limit+1)
	return collect(ctx, from, query, s.args, l.scanRow)
}

func (l *listing[T]) sortColumns() string {
	var b strings.Builder
	for _, o := range l.order {
		b.WriteString(", " + o.expression)
	}
	return b.String()
}

// scanRow reads the item and, behind its columns, its place.
func (l *listing[T]) scanRow(scan scanner) (row[T], error) {
	var key int64
	values := make([]any, len(l.order))
	item, err := l.scan(func(dest ...any) error {
		dest = append(slices.Clip(dest), &key)
		for i := range values {
			dest = append(dest, &values[i])
		}
		return scan(dest...)
	})
	for i, v := range values {
		if n, ok := v.(int64); ok {
			values[i] = float64(n)
		}
	}
	return row[T]{item, content.Cursor{Order: l.name(), Values: values, ID: strconv.FormatInt(key, 10)}}, err
}

func (l *listing[T]) orderBy(backward bool) string {
	var b strings.Builder
	direction := func(descending bool) string {
		if descending != backward {
			return " DESC"
		}
		return " ASC"
	}
	for _, o := range l.order {
		b.WriteString(o.expression + direction(o.descending) + ", ")
	}
	return b.String() + l.key + direction(l.keyDescending())
}

// keyDescending makes the key follow the direction of the last level, which
// lets an index serve the whole order.
func (l *listing[T]) keyDescending() bool {
	return len(l.order) > 0 && l.order[len(l.order)-1].descending
}

// side is where an item may stand, seen from a cursor.
type side struct{ before, inclusive bool }

var (
	after    = side{}
	before   = side{before: true}
	upTo     = side{before: true, inclusive: true}
	fromHere = side{inclusive: true}
)

// sign is the comparison that holds on this side of a place, at one level.
func (d side) sign(t sortTerm) string {
	if t.descending != d.before {
		return " < "
	}
	return " > "
}

// beside is the condition of standing on one side of a cursor. When all levels
// run the same way it is one comparison of rows, which an index answers;
// otherwise the levels are spelled out.
func (l *listing[T]) beside(s *statement, c *content.Cursor, d side) string {
	terms := append(slices.Clone(l.order), sortTerm{expression: l.key, descending: l.keyDescending()})
	places := make([]string, len(terms))
	key, _ := strconv.ParseInt(c.ID, 10, 64) // owns has checked it
	for i, v := range append(slices.Clone(c.Values), any(key)) {
		places[i] = s.arg(bindable(v))
	}
	orEqual := ""
	if d.inclusive {
		orEqual = "= "
	}
	if mixed := slices.ContainsFunc(terms, func(t sortTerm) bool { return t.descending != terms[0].descending }); !mixed {
		columns := make([]string, len(terms))
		for i, t := range terms {
			columns[i] = t.expression
		}
		bound := ""
		if strings.Contains(columns[0], " COLLATE ") { // for which a comparison of rows starts nowhere in an index
			bound = columns[0] + strings.TrimRight(d.sign(terms[0]), " ") + "= " + places[0] + " AND "
		}
		return bound + "(" + strings.Join(columns, ", ") + ")" + strings.TrimRight(d.sign(terms[0]), " ") + orEqual + "(" + strings.Join(places, ", ") + ")"
	}
	var alternatives []string
	equal := ""
	for i, t := range terms {
		alternatives = append(alternatives, "("+equal+t.expression+d.sign(t)+places[i]+")")
		equal += t.expression + " = " + places[i] + " AND "
	}
	if d.inclusive {
		alternatives = append(alternatives, "("+strings.TrimSuffix(equal, " AND ")+")")
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

// bindable turns whole numbers back into integers: JSON knows no difference.
func bindable(v any) any {
	if f, ok := v.(float64); ok && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return int64(f)
	}
	return v
}

// exists tells whether there is an item on one side of a cursor.
func (l *listing[T]) exists(ctx context.Context, from source, c *content.Cursor, d side) (bool, error) {
	s := &statement{args: slices.Clone(l.args)}
	conditions := append([]string{l.beside(s, c, d)}, l.conditions...)
	query := "SELECT EXISTS (SELECT 1 FROM " + l.from + " WHERE " + all(conditions) + ")"
	return one(ctx, from, query, s.args, scanValue[bool])
}

func (l *listing[T]) count(ctx context.Context, from source) (int, error) {
	return one(ctx, from, "SELECT COUNT(*) FROM "+l.from+" WHERE "+all(l.conditions), l.args, scanValue[int])
}
