// Package notify tells others what happened to articles: those who watch, over
// a subscription (Feed), and the addresses that asked for it (Courier). Both read
// the events that the database wrote down together with the changes, so that
// changes made by another process are told of as well.
//
//	watch, err := notify.NewFeed(store, log).Watch(ctx)
//	for event := range watch.Events() { … }
package notify

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
)

const (
	feedPoll   = 100 * time.Millisecond
	feedBatch  = 500 // events read at once
	watchSpace = 256 // events that a watcher may be behind
)

// ErrSlow ends the watch of one who takes events more slowly than they come.
var ErrSlow = content.Errorf(content.RateLimited, "you take events more slowly than they come, and were dropped; subscribe again, and read faster")

// Feed passes events on to those who watch. Nobody who watches slows down those
// who write, or each other.
type Feed struct {
	store *db.DB
	log   *slog.Logger

	mu       sync.Mutex
	last     int64 // the event that has been passed on last, as long as somebody watches
	watchers map[*Watch]struct{}
	stop     chan<- struct{} // closed when nobody watches any more
}

// NewFeed returns the feed of an archive.
func NewFeed(store *db.DB, log *slog.Logger) *Feed {
	return &Feed{store: store, log: log, watchers: map[*Watch]struct{}{}}
}

// Watch is what one watcher gets.
type Watch struct {
	feed   *Feed
	events chan content.Event
	err    error
}

// Events are those that happen from now on, in their order. The channel is
// closed when the watch ends; Err then tells why.
func (w *Watch) Events() <-chan content.Event { return w.events }

// Err is ErrSlow when the watch was ended because too many events were not
// taken, and nil otherwise. It may be asked after Events was closed.
func (w *Watch) Err() error {
	w.feed.mu.Lock()
	defer w.feed.mu.Unlock()
	return w.err
}

// Close ends the watch.
func (w *Watch) Close() {
	w.feed.mu.Lock()
	defer w.feed.mu.Unlock()
	w.feed.drop(w, nil)
}

// Watch starts to watch: every event that is written after it has returned
// arrives.
func (f *Feed) Watch(ctx context.Context) (*Watch, error) {
	last, err := f.store.LastEvent(ctx)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	w := &Watch{feed: f, events: make(chan content.Event, watchSpace)}
	f.watchers[w] = struct{}{}
	if len(f.watchers) == 1 {
		f.last = last
		stop := make(chan struct{})
		f.stop = stop
		go f.run(stop)
	}
	return w, nil
}

// run passes events on as long as somebody watches.
func (f *Feed) run(stop <-chan struct{}) {
	tick := time.NewTicker(feedPoll)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		if err := f.pass(context.Background()); err != nil {
			f.log.Error("reading events failed", slog.Any("error", err))
		}
	}
}

// pass passes on what has happened since the last time.
func (f *Feed) pass(ctx context.Context) error {
	for {
		f.mu.Lock()
		last, watched := f.last, len(f.watchers) > 0
		f.mu.Unlock()
		if !watched {
			return nil
		}
		events, err := f.store.Events(ctx, last, feedBatch)
		if err != nil {
			return err
		}
		f.mu.Lock()
		for _, e := range events {
			f.give(e)
		}
		f.mu.Unlock()
		if len(events) < feedBatch {
			return nil
		}
	}
}

// give hands an event to every watcher, and drops those that have no room left.
// What has been passed on already, by a run that is just ending, is not again.
func (f *Feed) give(e content.Event) {
	if e.Seq <= f.last {
		return
	}
	f.last = e.Seq
	for w := range f.watchers {
		select {
		case w.events <- e:
		default:
			f.drop(w, ErrSlow)
		}
	}
}

// drop ends a watch, if it has not ended.
func (f *Feed) drop(w *Watch, err error) {
	if _, watching := f.watchers[w]; watching {
		delete(f.watchers, w)
		w.err = err
		close(w.events)
		if len(f.watchers) == 0 {
			close(f.stop)
		}
	}
}
