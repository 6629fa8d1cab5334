package pipeline_test

import (
	"sync/atomic"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

// TestRemakingAsksForReaders wants what is made again to look whether readers
// are served, and what is new not to.
func TestRemakingAsksForReaders(t *testing.T) {
	t.Parallel()
	a := open(t, dbtest.SampleFile(t))
	var asked atomic.Int64
	a.YieldTo(func() bool { return asked.Add(1)%3 != 0 })
	old := content.ID(dbtest.Rows(t, a.path, `SELECT id FROM article ORDER BY key LIMIT 1`)[0])
	dbtest.Exec(t, a.path, `UPDATE analysis SET version = 'older'`)
	a.process(t, old)
	if n := asked.Load(); n != 3 {
		t.Errorf("remaking asked %d times for readers, want 3: busy, busy, not busy", n)
	}
	d := articles(t)[3]
	d.Slug, d.Title = "new-here", "Something new "+d.Title
	asked.Store(0)
	a.process(t, a.save(t, d)[0])
	if n := asked.Load(); n != 0 {
		t.Errorf("new work asked %d times for readers, want it to be done at once", n)
	}
}
