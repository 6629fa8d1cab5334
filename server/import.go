package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"nutgraph/db"
	"nutgraph/internal/ingest"
	"nutgraph/internal/outbound"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

// importCommand reads articles into the archive.
type importCommand struct {
	archiveFlag
	outboundFlag
	Format  string   `enum:"auto,jsonl,feed,markdown" default:"auto" help:"The format of the sources: auto (tell by looking), jsonl, feed (RSS, Atom, JSON Feed) or markdown (a folder with front matter)."`
	OnError string   `enum:"stop,skip" default:"stop" help:"What to do about a record that cannot be read: stop, or skip it and report it at the end."`
	Sources []string `arg:"" name:"source" help:"Files, folders, http addresses, or - for standard input."`
}

// Run imports the sources, and summarises and links what is new in them.
func (c *importCommand) Run(ctx context.Context) error {
	defer collectSeldom()()
	if err := c.missing(ctx); err != nil {
		return err
	}
	store, err := db.Open(ctx, c.DB, db.Options{})
	if err != nil {
		return err
	}
	// Reading what somebody else has yet to write ends when we are told to stop.
	defer context.AfterFunc(ctx, func() { _ = os.Stdin.Close() })()
	err = c.run(ctx, store)
	if ctx.Err() != nil {
		err = errors.New("stopped; nothing is half-written, and the same command again completes it")
	}
	return errors.Join(err, store.Close())
}

// missing finds files that are not there before a database is made for them.
func (c *importCommand) missing(ctx context.Context) error {
	for _, source := range c.Sources {
		if source == "-" || strings.Contains(source, "://") {
			continue
		}
		if _, err := os.Stat(source); err != nil {
			_, err := ingest.Open(ctx, source, ingest.Options{}) // says it in words
			return err
		}
	}
	return nil
}

func (c *importCommand) run(ctx context.Context, store *db.DB) error {
	im := importing{command: c, store: store, progress: newProgress(os.Stderr), notes: map[string]int{}}
	defer im.progress.end()
	var err error
	for _, source := range c.Sources {
		if err = im.read(ctx, source); err != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return err
	}
	// What was read is completed, also after a record that was refused.
	err = errors.Join(err, pipeline.New(store).CatchUp(ctx, func(stage pipeline.Stage, done, total int) {
		im.progress.show(string(stage), done, total)
	}))
	im.progress.end()
	if err == nil || im.total.Read() > 0 {
		im.summarise()
	}
	if err == nil && im.total.Refused > 0 {
		return fmt.Errorf("%d of %d records were refused; see above", im.total.Refused, im.total.Read())
	}
	return err
}

// importing is an import under way.
type importing struct {
	command  *importCommand
	store    *db.DB
	progress *progress
	total    publish.Report
	notes    map[string]int
}

func (im *importing) read(ctx context.Context, source string) error {
	items, err := ingest.Open(ctx, source, ingest.Options{
		Format: ingest.Format(im.command.Format), Stdin: os.Stdin,
		Client: outbound.Client(outbound.Options{Timeout: ingest.FetchTime, AllowPrivate: im.command.AllowPrivate}),
	})
	if err != nil {
		return err
	}
	before := im.total.Read()
	report, err := publish.Import(ctx, im.store, items, publish.Options{
		SkipRefused: im.command.OnError == "skip",
		Progress:    func(read int) { im.progress.show("reading", before+read, 0) },
		Problem:     im.problem,
		Note:        func(_, note string) { im.notes[note]++ },
	})
	im.total = im.total.Plus(report)
	if errors.Is(err, publish.ErrRefused) {
		return errors.New("stopped at a record that was refused; mend it, or go on without it with --on-error skip")
	}
	return err
}

// problem prints what is wrong with a record, a line for each mistake.
func (im *importing) problem(p publish.Problem) {
	if broken, ok := errors.AsType[*ingest.Error](p.Err); ok {
		im.progress.line(broken.Error()) // names the source itself
		return
	}
	for mistake := range strings.SplitSeq(p.Err.Error(), "\n") {
		im.progress.line(p.Where + ": " + mistake)
	}
}

// summarise prints what the import did.
func (im *importing) summarise() {
	for _, note := range slices.Sorted(maps.Keys(im.notes)) {
		fmt.Fprintf(os.Stdout, "note: %s (%d times)\n", note, im.notes[note])
	}
	t := im.total
	fmt.Fprintf(os.Stdout, "%d records: %d created, %d updated, %d unchanged, %d skipped, %d refused\n",
		t.Read(), t.Created, t.Updated, t.Unchanged, t.Skipped, t.Refused)
	if t.Read() > 0 && t.Unchanged == t.Read() {
		fmt.Fprintln(os.Stdout, "nothing changed: the archive has all of it already")
	}
}
