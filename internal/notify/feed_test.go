package notify

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

func watching(t *testing.T, feed *Feed) *Watch {
	t.Helper()
	w, err := feed.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// next waits for the next event of a watch.
func next(t *testing.T, w *Watch) content.Event {
	t.Helper()
	select {
	case e, open := <-w.Events():
		if !open {
			t.Fatalf("the watch has ended: %v", w.Err())
		}
		return e
	case <-t.Context().Done():
		t.Fatal("no event came")
	}
	panic("not reached")
}

func TestWatchSeesWhatHappensFromNowOn(t *testing.T) {
	t.Parallel()
	of := newOffice(t)
	feed := NewFeed(of.store, slog.New(slog.DiscardHandler))
	of.publish("before")
	first := watching(t, feed)
	of.publish("one")
	second := watching(t, feed)
	of.publish("two")
	for _, want := range []string{"one", "two"} {
		if e := next(t, first); e.Slug != want || e.Kind != content.ArticlePublished {
			t.Errorf("the first watch got %s %s, want %s", e.Kind, e.Slug, want)
		}
	}
	for e := next(t, second); e.Slug != "two"; e = next(t, second) {
		if e.Slug != "one" { // which may still have been on its way
			t.Errorf("the second watch got %s", e.Slug)
		}
	}
}

func TestWatchSeesOtherProcesses(t *testing.T) {
	t.Parallel()
	of := newOffice(t)
	w := watching(t, NewFeed(of.store, slog.New(slog.DiscardHandler)))
	other := &office{T: t, store: dbtest.OpenFile(t, of.file, of.clock)}
	other.publish("elsewhere")
	if e := next(t, w); e.Slug != "elsewhere" {
		t.Errorf("got %s", e.Slug)
	}
}

func TestSlowWatchIsDropped(t *testing.T) {
	t.Parallel()
	of := newOffice(t)
	feed := NewFeed(of.store, slog.New(slog.DiscardHandler))
	slow, quick := watching(t, feed), watching(t, feed)
	for i := range watchSpace + 1 {
		of.publish(fmt.Sprintf("a%d", i))
		if err := feed.pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		if e := next(t, quick); e.Slug != fmt.Sprintf("a%d", i) {
			t.Fatalf("the quick watch got %s", e.Slug)
		}
	}
	got := 0
	for range slow.Events() {
		got++
	}
	if got != watchSpace || slow.Err() != ErrSlow { //nolint:errorlint // this very error
		t.Errorf("the slow watch got %d events and ended with %v", got, slow.Err())
	}
	slow.Close() // ends nothing twice
	quick.Close()
	if _, open := <-quick.Events(); open || quick.Err() != nil {
		t.Errorf("the quick watch ended with %v", quick.Err())
	}
}

func TestFeedRestsAndStartsAgain(t *testing.T) {
	t.Parallel()
	of := newOffice(t)
	feed := NewFeed(of.store, slog.New(slog.DiscardHandler))
	watching(t, feed).Close()
	of.publish("unseen")
	w := watching(t, feed)
	of.publish("seen")
	if e := next(t, w); e.Slug != "seen" {
		t.Errorf("got %s", e.Slug)
	}
}

// newOffice opens an empty archive with a clock of the test's own.
func newOffice(t *testing.T) *office {
	t.Helper()
	of := &office{T: t, now: dbtest.Now, file: filepath.Join(t.TempDir(), "test.db")}
	of.store = dbtest.OpenFile(t, of.file, of.clock)
	return of
}
