package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"nutgraph/db"
)

// jobsCommands look after the background jobs.
type jobsCommands struct {
	List  listJobsCommand `cmd:"" default:"withargs" help:"List the jobs that are not done. Those that were given up are discarded."`
	Retry retryJobCommand `cmd:"" help:"Make jobs due now."`
}

type listJobsCommand struct {
	archiveFlag
}

// maxJobs is how many jobs one call lists or retries.
const maxJobs = 1000

// Run prints one line for each job.
func (c *listJobsCommand) Run(ctx context.Context) error {
	store, err := openExisting(ctx, c.DB)
	if err != nil {
		return err
	}
	jobs, err := store.Jobs(ctx, maxJobs)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "JOB\tARTICLE\tSTATE\tATTEMPT\tNEXT\tERROR")
	for _, j := range jobs {
		fmt.Fprintf(table, "%d\t%s\t%s\t%d of %d\t%s\t%s\n", j.ID, j.Article, j.State, j.Attempt, j.Attempts, j.Next.UTC().Format(time.RFC3339), j.Error)
	}
	return errors.Join(table.Flush(), store.Close())
}

type retryJobCommand struct {
	archiveFlag
	All bool    `help:"All jobs that are not done."`
	IDs []int64 `arg:"" optional:"" name:"job" help:"The numbers of the jobs, as jobs list shows them."`
}

// Run makes the jobs due; the server takes them up.
func (c *retryJobCommand) Run(ctx context.Context) error {
	if c.All == (len(c.IDs) > 0) {
		return usageError("name the jobs to retry, or say --all")
	}
	store, err := openExisting(ctx, c.DB)
	if err != nil {
		return err
	}
	return errors.Join(c.retry(ctx, store), store.Close())
}

func (c *retryJobCommand) retry(ctx context.Context, store *db.DB) error {
	if c.All {
		jobs, err := store.Jobs(ctx, maxJobs)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			c.IDs = append(c.IDs, j.ID)
		}
	}
	for _, id := range c.IDs {
		if err := store.RetryJob(ctx, id); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stdout, "%d jobs are due now\n", len(c.IDs))
	return nil
}
