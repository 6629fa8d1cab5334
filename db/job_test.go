package db_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

// patience is how long a test waits for what must happen.
const patience = time.Minute

// wait waits until something has happened.
func wait[T any](t *testing.T, what string, happened <-chan T) T {
	t.Helper()
	select {
	case v := <-happened:
		return v
	case <-time.After(patience):
		t.Fatalf("%s: nothing after %v", what, patience)
		panic("unreachable")
	}
}

// work starts workers, which the test may stop early.
func work(t *testing.T, store *db.DB, do func(context.Context, content.ID) error) (stop func(context.Context)) {
	t.Helper()
	store.Hurry()
	workers, err := store.Work(t.Context(), 2, slog.New(slog.DiscardHandler), do)
	if err != nil {
		t.Fatalf("Work failed: %v", err)
	}
	stopped := false
	stop = func(ctx context.Context) {
		t.Helper()
		if stopped {
			return
		}
		stopped = true
		if err := workers.Stop(ctx); err != nil {
			t.Errorf("Stop failed: %v", err)
		}
	}
	t.Cleanup(func() { stop(context.Background()) })
	return stop
}

func enqueue(t *testing.T, store *db.DB, articles ...content.ID) {
	t.Helper()
	if err := store.Enqueue(t.Context(), articles); err != nil {
		t.Fatalf("Enqueue(%v) failed: %v", articles, err)
	}
}

// jobs lists the jobs that are not done: article, state, attempt and error.
func jobs(t *testing.T, store *db.DB) []string {
	t.Helper()
	found, err := store.Jobs(t.Context(), 100)
	if err != nil {
		t.Fatalf("Jobs failed: %v", err)
	}
	lines := []string{}
	for _, j := range found {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %d of %d %s", j.Article, j.State, j.Attempt, j.Attempts, j.Error)))
	}
	return lines
}

func wantJobs(t *testing.T, when string, store *db.DB, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), jobs(t, store)); diff != "" {
		t.Errorf("%s: jobs (-want +got):\n%s", when, diff)
	}
}

func TestEnqueueLeavesOneJobForAnArticle(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	enqueue(t, store)
	enqueue(t, store, "art_1", "art_2", "art_1")
	enqueue(t, store, "art_2", "art_3")
	wantJobs(t, "queued twice", store,
		`{"article":"art_1"} available 0 of 8`, `{"article":"art_2"} available 0 of 8`, `{"article":"art_3"} available 0 of 8`)
}

func TestJobsAreDoneOnce(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	done := make(chan content.ID, 10)
	enqueue(t, store, "art_1", "art_2")
	stop := work(t, store, func(_ context.Context, id content.ID) error { done <- id; return nil })
	got := map[content.ID]bool{wait(t, "the first job", done): true, wait(t, "the second job", done): true}
	if !got["art_1"] || !got["art_2"] {
		t.Errorf("the jobs done are %v, want those of art_1 and art_2", got)
	}
	enqueue(t, store, "art_3") // while they work
	if id := wait(t, "a job queued later", done); id != "art_3" {
		t.Errorf("the third job is that of %s, want art_3", id)
	}
	stop(t.Context())
	wantJobs(t, "all done", store)
	if n := len(done); n != 0 {
		t.Errorf("%d jobs were done twice", n)
	}
	enqueue(t, store, "art_1")
	wantJobs(t, "queued again, once it is done", store, `{"article":"art_1"} available 0 of 8`)
}

// TestAChangeDuringAJob holds that what is changed while it is being done is done
// again at once, and once.
func TestAChangeDuringAJob(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	started, goOn := make(chan struct{}, 10), make(chan struct{})
	enqueue(t, store, "art_1")
	stop := work(t, store, func(context.Context, content.ID) error {
		started <- struct{}{}
		select {
		case <-goOn:
		case <-t.Context().Done(): // the test has failed
		}
		return nil
	})
	wait(t, "the job", started)
	enqueue(t, store, "art_1") // the other worker takes it
	wait(t, "the job after it", started)
	wantJobs(t, "changed while it runs", store, `{"article":"art_1"} running 1 of 8`, `{"article":"art_1","after":1} running 1 of 8`)
	enqueue(t, store, "art_1", "art_1")
	enqueue(t, store, "art_1")
	wantJobs(t, "changed twice while both run", store,
		`{"article":"art_1"} running 1 of 8`, `{"article":"art_1","after":1} running 1 of 8`, `{"article":"art_1","after":2} available 0 of 8`)
	close(goOn)
	wait(t, "the job after both", started)
	stop(t.Context())
	wantJobs(t, "done", store)
}

func TestJobsSurviveClosing(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	store, err := db.Open(t.Context(), a.path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, store, "art_1")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	again := dbtest.OpenFile(t, a.path, time.Now)
	wantJobs(t, "opened again", again, `{"article":"art_1"} available 0 of 8`)
	done := make(chan content.ID, 1)
	work(t, again, func(_ context.Context, id content.ID) error { done <- id; return nil })
	if id := wait(t, "the job", done); id != "art_1" {
		t.Errorf("the job done is that of %s, want art_1", id)
	}
}

func TestAFailingJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	again, goOn := make(chan int), make(chan struct{})
	var attempts atomic.Int64
	enqueue(t, store, "art_1")
	stop := work(t, store, func(context.Context, content.ID) error {
		if attempts.Add(1) == 1 {
			return errors.New("the harbour is shut")
		}
		again <- 2
		<-goOn
		return nil
	})
	wait(t, "the second attempt", again)
	wantJobs(t, "tried again", store, `{"article":"art_1"} running 2 of 8 the harbour is shut`)
	close(goOn)
	stop(t.Context())
	wantJobs(t, "done", store)
}

func TestAJobIsGivenUpAndTakenUpAgain(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	attempts := make(chan int, 100)
	var n atomic.Int64
	enqueue(t, store, "art_1")
	stop := work(t, store, func(context.Context, content.ID) error {
		attempts <- int(n.Add(1))
		return fmt.Errorf("shut for the %d. time", n.Load())
	})
	for wait(t, "the last attempt", attempts) < 8 {
	}
	stop(t.Context())
	wantJobs(t, "given up", store, `{"article":"art_1"} discarded 8 of 8 shut for the 8. time`)

	found, err := store.Jobs(t.Context(), 1)
	if err != nil || len(found) != 1 {
		t.Fatalf("Jobs = %v, %v", found, err)
	}
	if err := store.RetryJob(t.Context(), found[0].ID); err != nil {
		t.Fatalf("RetryJob failed: %v", err)
	}
	wantJobs(t, "to be retried", store, `{"article":"art_1"} available 8 of 9 shut for the 8. time`)
	done := make(chan content.ID, 1)
	stop = work(t, store, func(_ context.Context, id content.ID) error { done <- id; return nil })
	wait(t, "the job that was given up", done)
	stop(t.Context())
	wantJobs(t, "done", store)
}

// TestGivenUpStaysSo holds that an article whose job was given up is left to the
// operator, until it is changed.
func TestGivenUpStaysSo(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	id := a.save(t, content.Draft{Title: "A", Slug: "a", Body: "One."})[0].ID
	enqueue(t, a.DB, id)
	var n atomic.Int64
	last := make(chan struct{})
	stop := work(t, a.DB, func(context.Context, content.ID) error {
		if n.Add(1) == 8 {
			close(last)
		}
		return errors.New("never")
	})
	wait(t, "the last attempt", last)
	stop(t.Context())
	waiting := func() []content.ID {
		t.Helper()
		ids, err := a.Waiting(t.Context(), "1", a.now, 10)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if ids := waiting(); len(ids) != 0 {
		t.Errorf("after its job was given up Waiting = %v, want none", ids)
	}
	a.now = time.Now().Add(time.Hour)
	a.save(t, content.Draft{Title: "A", Slug: "a", Body: "Two."})
	if ids := waiting(); len(ids) != 1 {
		t.Errorf("after a change Waiting = %v, want the article", ids)
	}
}

func TestRetryOfNoJob(t *testing.T) {
	t.Parallel()
	err := dbtest.Open(t).RetryJob(t.Context(), 77)
	var mistake *content.Error
	if !errors.As(err, &mistake) || mistake.Code != content.NotFound || mistake.Message != "there is no job 77; see jobs list" {
		t.Errorf("RetryJob(77) = %v, want %s", err, content.NotFound)
	}
}

func TestStopLetsAJobFinish(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	started, goOn, stopped := make(chan struct{}), make(chan struct{}), make(chan struct{})
	enqueue(t, store, "art_1")
	var cancelled atomic.Bool
	stop := work(t, store, func(ctx context.Context, _ content.ID) error {
		close(started)
		<-goOn
		cancelled.Store(ctx.Err() != nil)
		return nil
	})
	wait(t, "the job", started)
	go func() {
		defer close(stopped)
		stop(context.Background())
	}()
	close(goOn)
	wait(t, "Stop", stopped)
	if cancelled.Load() {
		t.Error("the job was cancelled, though it could have finished")
	}
	wantJobs(t, "stopped", store)
}

// TestStopPutsASlowJobBack is about a job that does not end in time, even in
// its last attempt: it is not its fault, and it must not be given up.
func TestStopPutsASlowJobBack(t *testing.T) {
	t.Parallel()
	for _, attempts := range []int{0, 7} {
		a := newArchive(t)
		started := make(chan struct{})
		enqueue(t, a.DB, "art_1")
		dbtest.Exec(t, a.path, `UPDATE river_job SET attempt = $1`, attempts)
		stop := work(t, a.DB, func(ctx context.Context, _ content.ID) error {
			close(started)
			<-ctx.Done()
			return fmt.Errorf("summarise: %w", ctx.Err())
		})
		wait(t, "the job", started)
		over, cancel := context.WithCancel(t.Context())
		cancel()
		stop(over)
		wantJobs(t, fmt.Sprintf("stopped in attempt %d", attempts+1), a.DB, fmt.Sprintf(`{"article":"art_1"} available %d of 8`, attempts))
		done := make(chan content.ID, 1)
		again := dbtest.OpenFile(t, a.path, time.Now)
		work(t, again, func(_ context.Context, id content.ID) error { done <- id; return nil })
		wait(t, "the job that was put back", done)
	}
}
