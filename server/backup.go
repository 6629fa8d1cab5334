package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"nutgraph/db"
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
	return errors.Join(backup(ctx, store, c.File), store.Close())
}

// backup writes to a file of another name first, so that what bears the name is
// whole.
func backup(ctx context.Context, store *db.DB, file string) error {
	partial := file + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: %w", partial, err)
	}
	if folder := filepath.Dir(file); !isFolder(folder) {
		return fmt.Errorf("the folder %s does not exist; make it, or name another file", folder)
	}
	if err := store.Backup(ctx, partial); err != nil {
		_ = os.Remove(partial) // what is left of it is of no use
		return fmt.Errorf("the backup was not made: %w", err)
	}
	return os.Rename(partial, file)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
