package main

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// connections bounds the connections that are open. When there are more, the one
// that has been silent longest is closed, so that whoever opens thousands and says
// nothing keeps nobody out.
type connections struct {
	limit int

	mu     sync.Mutex
	open   int
	silent *list.List // of net.Conn that wait for a request, longest first
	place  map[net.Conn]*list.Element
}

func newConnections(limit int) *connections {
	return &connections{limit: limit, silent: list.New(), place: map[net.Conn]*list.Element{}}
}

// changed is the hook of http.Server.ConnState.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	if surplus := c.note(conn, state); surplus != nil {
		_ = surplus.Close() // the server sees it, and tells us
	}
}

// note keeps the books, and returns a connection to close when there are too many.
func (c *connections) note(conn net.Conn, state http.ConnState) (surplus net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.place[conn]; e != nil {
		c.silent.Remove(e)
		delete(c.place, conn)
	}
	switch state {
	case http.StateNew:
		c.open++
		c.place[conn] = c.silent.PushBack(conn)
	case http.StateIdle:
		c.place[conn] = c.silent.PushBack(conn)
	case http.StateHijacked, http.StateClosed:
		c.open-- // streams have a limit of their own
	}
	oldest := c.silent.Front()
	if c.open <= c.limit || oldest == nil {
		return nil
	}
	surplus, _ = c.silent.Remove(oldest).(net.Conn)
	delete(c.place, surplus)
	return surplus
}
