// Package ingest reads articles out of foreign formats: JSON Lines (the format
// of our own that export writes), RSS, Atom and JSON Feed, and folders of
// Markdown with front matter as Hugo, Jekyll, Zola and Astro keep them.
//
//	items, err := ingest.Open(ctx, "archive.jsonl.gz", ingest.Options{})
//	if err != nil { … } // cannot be opened, or its format cannot be told
//	for item := range items {
//		if item.Err != nil { … } // this article is refused; the next may be fine
//		save(item.Draft)
//	}
//
// It reads and checks, and refuses to store anything. Sources are read piece by
// piece: one line, one file, or one feed (at most 64 MB) is in memory at a time.
// No input, however broken or hostile, makes it crash or hang.
package ingest

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"

	"nutgraph/internal/content"
)

// Item is one article found in a source. At most one of Err and Skipped is
// set; when either is, Draft must not be used. Otherwise the draft is valid.
type Item struct {
	Draft   content.Draft
	Where   string   // "archive.jsonl:12", "posts/hello.md:3", "https://example.org/feed.xml#4"
	Notes   []string // true remarks for the user: "the feed carries only an excerpt"
	Skipped string   // why this is no article, for example a page that only lists others
	Err     error    // *content.Error values joined: the article is refused; or *Error: reading has ended
}

// Error says why a source, or the rest of it, cannot be read, and what to do.
// As the error of an item it is the last item of its source.
type Error struct {
	Source  string
	Message string
	cause   error
}

// Error returns the source and the message.
func (e *Error) Error() string { return e.Source + ": " + e.Message }

// Unwrap returns the cause, for example context.Canceled or fs.ErrNotExist.
func (e *Error) Unwrap() error { return e.cause }

func sourceErrorf(source string, cause error, format string, args ...any) *Error {
	return &Error{Source: source, Message: fmt.Sprintf(format, args...), cause: cause}
}

// Format is a foreign format, as --format names it.
type Format string

// The formats that can be read. Auto tells by looking at the content.
const (
	Auto           Format = "auto"
	JSONLines      Format = "jsonl"
	Feed           Format = "feed"
	MarkdownFolder Format = "markdown"
)

const formatHint = "choose one with --format: jsonl (one article a line), feed (RSS, Atom, JSON Feed) or markdown (a folder of Markdown files)"

// Options say how to open a source.
type Options struct {
	Format Format       // Auto when empty
	Stdin  io.Reader    // what "-" reads
	Client *http.Client // fetches addresses; nil reaches the public internet alone
}

// Open returns the articles of a source: a file, a folder, an http or https
// address, or "-" for standard input. A gzip-compressed one is decompressed,
// whatever its name. The error is an *Error when the source cannot be opened
// or its format cannot be told.
//
// The sequence can be ranged over once, and must be, because that closes the
// source. It stops early, with an *Error that wraps ctx.Err(), when ctx ends.
func Open(ctx context.Context, source string, o Options) (iter.Seq[Item], error) {
	switch o.Format {
	case "", Auto, JSONLines, Feed, MarkdownFolder:
	default:
		return nil, sourceErrorf(source, nil, "the format %q is unknown; %s", o.Format, formatHint)
	}
	if isFolder(source) {
		return openFolder(ctx, source, o)
	}
	in, err := open(ctx, source, o)
	if err != nil {
		return nil, err
	}
	format := o.Format
	if format == "" || format == Auto {
		if format, err = in.detect(); err != nil {
			in.close()
			return nil, err
		}
	}
	return in.items(format), nil
}

// items reads an opened input to its end and closes it.
func (in *input) items(format Format) iter.Seq[Item] {
	read := map[Format]func(func(Item) bool){
		JSONLines:      in.lines,
		Feed:           in.feed,
		MarkdownFolder: in.page,
	}[format]
	return func(yield func(Item) bool) {
		defer in.close()
		read(yield)
	}
}

// checked completes an item whose draft has been read: it is refused when the
// draft breaks a rule.
func checked(item Item) Item {
	if item.Err == nil && item.Skipped == "" {
		item.Err = item.Draft.Validate()
	}
	if item.Err != nil || item.Skipped != "" {
		item.Draft = content.Draft{}
	}
	return item
}
