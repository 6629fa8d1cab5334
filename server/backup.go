package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// backupCommand copies the archive.
type backupCommand struct {
	archiveFlag
	File string `arg:"" help:"The file to write; it must not exist."`
}

// Run writes the copy.
func (c *backupCommand) Run(ctx context.Context) error {
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("%s exists; name a file that does not", c.File)
	}
	store, err := openExisting(ctx, c.DB)
	if err != nil {
		return err
	}
	if err := store.Backup(ctx, c.File); err != nil {
		return errors.Join(fmt.Errorf("back up to %s: %w", c.File, err), store.Close())
	}
	return store.Close()
}
