// Command bench compares the server with one written by hand for three pages
// (SQL and encoding/json over net/http on the same driver and the same
// database), and with one that only sends bytes it has kept. It prints the CPU
// that each server spends on a request: the figure that other work on the
// machine disturbs least.
//
//	go run ./internal/bench                      # 10,000 generated articles
//	go run ./internal/bench --articles 100000
//	go run ./internal/bench flat                 # 10,000 articles against 100,000
//	go run ./internal/bench --archive my.db      # an archive there is
//	go run ./internal/bench --source news.jsonl  # articles of your own, imported
//
// It runs on Linux, where a process can read the CPU clock of another.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/alecthomas/kong"
)

type commands struct {
	Compare  compareCommand  `cmd:"" default:"withargs" help:"Measure the servers in turn and print a table."`
	Flat     flatCommand     `cmd:"" help:"Measure pages in archives of several sizes."`
	Generate generateCommand `cmd:"" help:"Write an archive of generated articles."`
	Byhand   byhandCommand   `cmd:"" help:"Serve the pages by hand-written code; compare starts this."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := kong.Parse(&commands{}, kong.Name("bench"), kong.BindTo(ctx, (*context.Context)(nil)))
	c.FatalIfErrorf(c.Run())
}

type generateCommand struct {
	Articles int    `default:"10000" help:"How many articles to write."`
	File     string `arg:"" help:"The file to write; it must not exist."`
}

// Run writes the archive.
func (c *generateCommand) Run(ctx context.Context) error { return generate(ctx, c.File, c.Articles) }

// archive returns the file to measure on, and makes it when it is not there.
func (c *compareCommand) archive(ctx context.Context, server string) (string, error) {
	if c.Archive != "" {
		return c.Archive, nil
	}
	name := fmt.Sprintf("nutgraph-bench-%d.db", c.Articles)
	if c.Source != "" {
		name = "nutgraph-bench-" + filepath.Base(c.Source) + ".db"
	}
	path := filepath.Join(os.TempDir(), name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	fmt.Fprintf(os.Stderr, "making %s\n", path)
	if c.Source != "" {
		return path, run(ctx, server, "import", "--on-error", "skip", "--db", path, c.Source)
	}
	return path, generate(ctx, path, c.Articles)
}
