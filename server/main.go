// Nutgraph serves a news archive over GraphQL, with summaries and related
// articles that it makes itself. See README.md, or run it with --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commands is the command line.
type commands struct {
	Version kong.VersionFlag `help:"Print the version."`

	Serve  serveCommand  `cmd:"" default:"withargs" help:"Serve the archive over HTTP. This is what happens without a command."`
	Import importCommand `cmd:"" help:"Read articles into the archive."`
	Export exportCommand `cmd:"" help:"Write the archive as JSON Lines, which import reads."`
	Backup backupCommand `cmd:"" help:"Write a consistent copy of the archive into a new file, also while it is served."`
	Token  tokenCommands `cmd:"" help:"Make, list and revoke API tokens."`
	Jobs   jobsCommands  `cmd:"" help:"List the background jobs that are not done, and retry those that failed."`
	Schema schemaCommand `cmd:"" help:"Print the GraphQL schema."`
}

// archiveFlag is the flag that all commands share which open the archive.
type archiveFlag struct {
	DB string `name:"db" env:"NUTGRAPH_DB" default:"nutgraph.db" placeholder:"FILE" help:"The file that holds the archive (default: ${default})."`
}

// outboundFlag is the flag of the commands that connect to other machines.
type outboundFlag struct {
	AllowPrivate bool `name:"allow-private-addresses" env:"NUTGRAPH_ALLOW_PRIVATE_ADDRESSES" help:"Connect to private and loopback addresses, too: those of feeds that are imported and of webhooks."`
}

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	parser, err := kong.New(&commands{},
		kong.Name("nutgraph"),
		kong.Description("A GraphQL content backend for news archives, with summaries and related articles of its own."),
		kong.UsageOnError(),
		kong.Vars{"version": version()},
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Exit(func(code int) { panic(exit(code)) }))
	if err != nil {
		panic(err) // the command line is a constant
	}
	return execute(parser, args)
}

// version is what the binary was built from: a release, or a commit.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "nutgraph (unknown)"
	}
	name := build.Main.Version
	for _, setting := range build.Settings {
		if setting.Key == "vcs.revision" && name == "(devel)" {
			name = setting.Value
		}
	}
	return fmt.Sprintf("nutgraph %s, %s", name, build.GoVersion)
}

// exit is how kong ends the program after --help.
type exit int

func execute(parser *kong.Kong, args []string) (code int) {
	defer func() {
		if cause := recover(); cause != nil {
			asked, ok := cause.(exit)
			if !ok {
				panic(cause)
			}
			code = int(asked)
		}
	}()
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(os.Stderr, "nutgraph: %v\nnutgraph --help tells what can be said.\n", err)
		return exitUsage
	}
	err = command.Run()
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "nutgraph: %v\n", err)
		return exitUsage
	case err != nil:
		fmt.Fprintf(os.Stderr, "nutgraph: %v\n", err)
		return exitFailed
	}
	return exitDone
}

// usageError is a mistake in the command line that kong does not see.
type usageError string

// Error implements error.
func (e usageError) Error() string { return string(e) }
