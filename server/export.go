package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"

	"nutgraph/db"
	"nutgraph/internal/ingest"
)

// exportCommand writes the archive to standard output.
type exportCommand struct {
	archiveFlag
	Format string `enum:"jsonl" default:"jsonl" help:"The format to write: jsonl."`
}

// Run writes one line for each article.
func (c *exportCommand) Run(ctx context.Context) error {
	store, err := openExisting(ctx, c.DB)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for draft, err := range store.Export(ctx) {
		if err == nil {
			err = ingest.WriteLine(out, draft)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("export: %w", err), store.Close())
		}
	}
	return errors.Join(out.Flush(), store.Close())
}

// openExisting opens an archive that must be there already.
func openExisting(ctx context.Context, path string) (*db.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("there is no archive at %s; name one with --db", path)
	}
	return db.Open(ctx, path, db.Options{})
}
