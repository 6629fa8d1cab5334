package model

import (
	"sync"

	"nutgraph/internal/content"
)

// Group is the objects of one kind that one statement delivered: a page of
// articles, or the authors of all articles of a page. What a field asks of one
// of them is read for all of them at once, when the first one asks. That keeps
// the number of statements that of the levels of a query, however many rows
// there are, with nothing to time and no goroutine that waits for others.
type Group struct {
	IDs     []content.ID
	Preview content.ID // an article seen though it is not public, or ""

	mu    sync.Mutex
	loads map[any]*load
}

type load struct {
	once  sync.Once
	value any
	err   error
}

// Do returns what fetch reads for all objects of the group. Calls with the
// same key fetch once; the others wait for it.
func (g *Group) Do(key any, fetch func(ids []content.ID) (any, error)) (any, error) {
	g.mu.Lock()
	l := g.loads[key]
	if l == nil {
		l = &load{}
		if g.loads == nil {
			g.loads = map[any]*load{}
		}
		g.loads[key] = l
	}
	g.mu.Unlock()
	l.once.Do(func() { l.value, l.err = fetch(g.IDs) })
	return l.value, l.err
}
