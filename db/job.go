package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"nutgraph/internal/content"
)

// Bounds of a job. A job that a crash left running is taken up again after
// jobRescue; one that has failed jobAttempts times waits for an operator.
const (
	jobTimeout  = time.Minute
	jobRescue   = 2 * time.Minute
	jobAttempts = 8 // with River's back-off of attempt⁴ seconds: about 80 minutes
)

// analyseArticle is the job of summarising and relating one article.
type analyseArticle struct {
	Article content.ID `json:"article" river:"unique"`

	// After is the last job of the article that was running when this one was
	// left. That one may have read the article before it was changed.
	After int64 `json:"after,omitempty" river:"unique"`
}

// Kind implements river.JobArgs.
func (analyseArticle) Kind() string { return "analyse_article" }

// InsertOpts implements river.JobArgsWithInsertOpts: one waiting job for each
// article is enough. River wants running jobs among those that are unique, hence
// After.
func (analyseArticle) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: jobAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

func newQueue(write *sql.DB) (*river.Client[*sql.Tx], error) {
	return river.NewClient(riversqlite.New(write), &river.Config{Logger: slog.New(slog.DiscardHandler)})
}

// Priorities as River has them: what has just been edited goes first.
const (
	soon      = 1
	leisurely = 4
)

// Enqueue leaves a job for each article that waits for longer already, to be
// done after those of editors. An article whose job is waiting gets no second
// one; one whose job is running does.
func (db *DB) Enqueue(ctx context.Context, articles []content.ID) error {
	return db.tx(ctx, func(tx *txn) error { return db.enqueue(ctx, tx, articles, leisurely) })
}

func (db *DB) enqueue(ctx context.Context, tx *txn, articles []content.ID, priority int) error {
	running, err := runningJobs(ctx, tx)
	if err != nil {
		return err
	}
	var params []river.InsertManyParams
	named := map[content.ID]bool{}
	for _, id := range articles {
		if !named[id] { // River refuses a batch that names one twice
			named[id] = true
			params = append(params, river.InsertManyParams{Args: analyseArticle{id, running[id]}, InsertOpts: &river.InsertOpts{Priority: priority}})
		}
	}
	if len(params) == 0 {
		return nil
	}
	_, err = db.queue.InsertManyTx(ctx, tx.Tx, params)
	return err
}

// runningJobs are the last jobs that are running, by their articles.
func runningJobs(ctx context.Context, tx *txn) (map[content.ID]int64, error) {
	running := map[content.ID]int64{}
	err := tx.rows(ctx, `SELECT args ->> 'article', id FROM river_job WHERE state = 'running' ORDER BY id`, nil, func(scan scanner) error {
		var article content.ID
		var job int64
		err := scan(&article, &job)
		running[article] = job
		return err
	})
	return running, err
}

// pace is how fast Work goes about it; what is zero is as River has it. Tests
// make it go faster.
type pace struct {
	poll  time.Duration
	retry river.ClientRetryPolicy
}

// Workers take jobs out of the queue.
type Workers struct {
	client *river.Client[*sql.Tx]
	done   context.CancelFunc
}

// Work starts taking jobs and doing them, at most n at a time, until Stop. A
// job whose do returns an error is tried again later.
func (db *DB) Work(ctx context.Context, n int, log *slog.Logger, do func(context.Context, content.ID) error) (*Workers, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[analyseArticle]) error {
		err := do(ctx, job.Args.Article)
		if err != nil {
			log.LogAttrs(ctx, slog.LevelError, "job failed", slog.Int64("job", job.ID), slog.String("article", string(job.Args.Article)),
				slog.Int("attempt", job.Attempt), slog.Int("attempts", job.MaxAttempts), slog.Any("error", err))
		}
		return err
	}))
	client, err := river.NewClient(riversqlite.New(db.write), &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: n}},
		Workers:              workers,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: jobRescue,
		FetchCooldown:        20 * time.Millisecond,
		FetchPollInterval:    db.pace.poll,
		RetryPolicy:          db.pace.retry,
		Logger:               slog.New(quiet{log.Handler()}),
	})
	if err != nil {
		return nil, fmt.Errorf("make the job client: %w", err)
	}
	ctx, done := context.WithCancel(context.WithoutCancel(ctx))
	if err := client.Start(ctx); err != nil {
		done()
		return nil, fmt.Errorf("start the job client: %w", err)
	}
	return &Workers{client, done}, nil
}

// Stop takes no more jobs and waits for those under way until ctx ends, when
// they are cancelled and go back into the queue.
func (w *Workers) Stop(ctx context.Context) error {
	defer w.done()
	if err := w.client.Stop(ctx); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		return err
	}
	const grace = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	return w.client.StopAndCancel(ctx)
}

// quiet passes on only the errors of the job client itself. It also tells of each
// start and stop of its parts, and warns of each failed job, which Work logs
// with its article.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(_ context.Context, level slog.Level) bool { return level > slog.LevelWarn }

// Job is a job of the queue, as an operator sees it.
type Job struct {
	ID       int64
	Article  string // as JSON
	State    string // available, running, retryable, discarded, …
	Attempt  int
	Attempts int // the most there will be
	Next     time.Time
	Error    string // the last one
}

// Jobs lists up to limit jobs that are not finished, those that were given up
// (discarded) included.
func (db *DB) Jobs(ctx context.Context, limit int) ([]Job, error) {
	params := river.NewJobListParams().First(limit).States(rivertype.JobStateAvailable, rivertype.JobStateDiscarded,
		rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled)
	found, err := db.queue.JobList(ctx, params)
	if err != nil {
		return nil, fault(err)
	}
	jobs := make([]Job, len(found.Jobs))
	for i, j := range found.Jobs {
		jobs[i] = Job{ID: j.ID, Article: string(j.EncodedArgs), State: string(j.State), Attempt: j.Attempt, Attempts: j.MaxAttempts, Next: j.ScheduledAt}
		if len(j.Errors) > 0 {
			jobs[i].Error = j.Errors[len(j.Errors)-1].Error
		}
	}
	return jobs, nil
}

// CountJobs counts the jobs of each state, those of the last day that are done
// included.
func (db *DB) CountJobs(ctx context.Context) (map[string]int, error) {
	type state struct {
		name string
		jobs int
	}
	states, err := collect(ctx, db, `
		SELECT state, COUNT(*)
		FROM river_job
		GROUP BY state
		ORDER BY state
		LIMIT 20`, nil, func(scan scanner) (s state, err error) { return s, scan(&s.name, &s.jobs) })
	counts := map[string]int{}
	for _, s := range states {
		counts[s.name] = s.jobs
	}
	return counts, err
}

// RetryJob makes a job due now, with at least one more attempt; NotFound when
// there is no such job.
func (db *DB) RetryJob(ctx context.Context, id int64) error {
	_, err := db.queue.JobRetry(ctx, id)
	if errors.Is(err, rivertype.ErrNotFound) {
		return content.Errorf(content.NotFound, "there is no job %d; see jobs list", id)
	}
	return fault(err)
}
