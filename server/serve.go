package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"

	"nutgraph/db"
	"nutgraph/graph"
	"nutgraph/internal/ingest"
	"nutgraph/internal/notify"
	"nutgraph/internal/outbound"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
	"nutgraph/internal/sample"
)

// serveCommand is the server and its settings.
type serveCommand struct {
	archiveFlag
	outboundFlag
	Addr          string `env:"NUTGRAPH_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"The address to listen on (default: ${default})."`
	Sample        bool   `env:"NUTGRAPH_SAMPLE" help:"Load the sample archive if there is no article yet."`
	Cache         int64  `env:"NUTGRAPH_CACHE" default:"64000000" placeholder:"BYTES" help:"How much memory answers may take that are kept until the archive changes; 0 keeps none (default: ${default})."`
	Workers       int    `env:"NUTGRAPH_WORKERS" default:"2" placeholder:"N" help:"How many background jobs run at once (default: ${default})."`
	Playground    string `env:"NUTGRAPH_PLAYGROUND" enum:"on,read-only,off" default:"on" help:"Whether there is a page to try queries on: on, read-only (no mutations, no token), or off (default: ${default})."`
	Introspection bool   `env:"NUTGRAPH_INTROSPECTION" default:"true" negatable:"" help:"Tell what the schema is: by introspection, at /schema.graphqls, and by suggestions in errors (default: ${default})."`
	TraceTo       string `env:"NUTGRAPH_TRACE_TO" placeholder:"URL" help:"Send traces to this OpenTelemetry collector by OTLP over HTTP, like http://localhost:4318."`
	readerFlags
	limitFlags
}

// What --playground may be.
const (
	playgroundReadOnly = "read-only"
	playgroundOff      = "off"
)

// Validate refuses settings that would serve nothing. Kong calls it.
func (c *serveCommand) Validate() error {
	if c.Workers < 1 {
		return errors.New("--workers must be more than 0")
	}
	return errors.Join(c.readerFlags.Validate(), c.limitFlags.Validate())
}

// stopDeadline is how long requests and jobs may still take when the server is
// told to stop. What is not done then is cut off; jobs go back into the queue.
const stopDeadline = 10 * time.Second

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context) error {
	log := newLogger()
	store, err := db.Open(ctx, c.DB, db.Options{})
	if err != nil {
		return err
	}
	defer closing(log, store)
	// Listen before any work, so that a port in use is known at once.
	listener, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	tracing, err := newTracing(ctx, c.TraceTo)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	o := &observers{log, newMetrics(), tracing}
	o.metrics.watch(store, c.DB, log)
	pipe := pipeline.New(store)
	if c.Sample {
		if err := loadSample(ctx, store, pipe, log); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	readers := &traffic{}
	pipe.YieldTo(readers.busy)
	workers, err := store.Work(o.watched(ctx), c.Workers, log, pipe.Process)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	sweeping, stopSweeping := context.WithCancel(ctx)
	var sweeper sync.WaitGroup
	sweeper.Go(func() { sweep(sweeping, pipe, log) })
	sweeper.Go(func() { pipe.Announce(sweeping, log) })
	sweeper.Go(func() { c.courier(store, log).Run(sweeping) })
	api := graph.NewHandler(store, pipe.Linker(), log, graph.Options{Limits: c.limits(), Origins: c.wider(), Secret: !c.Introspection, Cache: c.Cache})
	err = c.serve(ctx, listener, api, readers.watch(c.routes(store, api, c.newspaper(api, c.Sample, log), o)))
	stopSweeping()
	sweeper.Wait()
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopDeadline)
	defer cancel()
	return errors.Join(err, workers.Stop(stopping), tracing.close(stopping))
}

// courier delivers to webhooks. It follows no redirect: a receiver that has moved
// is to be told so by its owner.
func (c *serveCommand) courier(store *db.DB, log *slog.Logger) *notify.Courier {
	client := outbound.Client(outbound.Options{Timeout: notify.DeliveryTime, AllowPrivate: c.AllowPrivate, NoRedirects: true})
	return notify.NewCourier(store, client, log, time.Now)
}

func closing(log *slog.Logger, store *db.DB) {
	if err := store.Close(); err != nil {
		log.Error("the archive did not close", slog.Any("error", err))
	}
}

// newLogger writes for people on a terminal and for machines elsewhere.
func newLogger() *slog.Logger {
	if isatty.IsTerminal(os.Stderr.Fd()) {
		return slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, nil))
}

func listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; stop it, or choose another address with --addr", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w; choose another address with --addr", addr, err)
	}
	return listener, nil
}

// loadSample puts the sample archive into an empty database, and only there.
func loadSample(ctx context.Context, store *db.DB, pipe *pipeline.Pipeline, log *slog.Logger) error {
	empty, err := store.Empty(ctx)
	if err != nil {
		return fmt.Errorf("load the sample archive: %w", err)
	}
	if !empty {
		log.InfoContext(ctx, "the archive has articles already; the sample is not loaded again")
		return nil
	}
	if _, err := publish.Import(ctx, store, ingest.Folder(sample.Archive()), publish.Options{}); err != nil {
		return fmt.Errorf("load the sample archive: %w", err)
	}
	return pipe.CatchUp(ctx, nil)
}

// How often the server looks for work that was left behind: soon again while
// there is much of it.
const (
	sweepEvery = time.Minute
	sweepSoon  = 5 * time.Second
)

func sweep(ctx context.Context, pipe *pipeline.Pipeline, log *slog.Logger) {
	for {
		wait := sweepEvery
		more, err := pipe.Sweep(ctx, time.Now())
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "sweep failed", slog.Any("error", err))
		}
		if more {
			wait = sweepSoon
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// serve answers requests until ctx ends, and then lets those under way finish.
func (c *serveCommand) serve(ctx context.Context, listener net.Listener, api *graph.Handler, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      c.Timeout + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    96 << 10, // a query by GET may be as long as one by POST
		ConnState:         newConnections(c.ConnectionLimit).changed,
	}
	server.RegisterOnShutdown(api.Close) // streams never end by themselves
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	url := "http://" + listener.Addr().String()
	fmt.Fprintf(os.Stdout, "Nutgraph serves %s/ (playground %s/playground, GraphQL %s/graphql)\n", url, url, url)
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopDeadline)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return errors.Join(fmt.Errorf("requests were cut off: %w", err), server.Close())
	}
	return nil
}
