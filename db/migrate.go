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
	if _, err := provider.Up(ctx); err != nil {
		return errors.Join(fmt.Errorf("migrate %s", path), explain(err, path))
	}
	return nil
}

func (db *DB) migrateQueue(ctx context.Context) error {
	migrator, err := rivermigrate.New(riversqlite.New(db.write), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}
