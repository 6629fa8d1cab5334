package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables to the version this program knows, and refuses a
// database that a newer program has been at.
func (db *DB) migrate(ctx context.Context, path string) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.write, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return explain(err, path)
	}
	if current > target {
		return fmt.Errorf("%s was written by a newer version of nutgraph (its tables are at %d, this program knows %d); use that version", path, current, target)
	}
	if err := db.migrateQueue(ctx); err != nil {
		return fmt.Errorf("migrate the job tables of %s: %w", path, err)
	}
	if current == target {
		return nil
	}
	err = insist(func() (int, error) {
		version, err := provider.GetDBVersion(ctx)
		return int(version), err
	}, func() error {
		_, err := provider.Up(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("migrate %s: %w", path, explain(err, path))
	}
	return nil
}

// insist migrates up. Another program may be doing the same: then a step fails
// because it is done already, and what is left is tried again. A step that fails
// while nobody else gets on is an error.
func insist(version func() (int, error), up func() error) error {
	for {
		before, err := version()
		if err != nil {
			return err
		}
		failed := up()
		if failed == nil {
			return nil
		}
		if after, err := version(); err != nil || after == before {
			return errors.Join(failed, err)
		}
	}
}

func (db *DB) migrateQueue(ctx context.Context) error {
	migrator, err := rivermigrate.New(riversqlite.New(db.write), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	return insist(func() (int, error) {
		done, err := migrator.ExistingVersions(ctx)
		return len(done), err
	}, func() error {
		_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
}
