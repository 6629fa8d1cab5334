package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

const (
	maxDocument = 64 << 20 // bytes of a feed or of anything fetched
	maxLine     = 16 << 20 // bytes of a JSON line or a Markdown file
	peekSize    = 64 << 10 // bytes looked at to tell the format
)

// input is an opened source that is not a folder.
type input struct {
	*bufio.Reader
	ctx         context.Context // an input lives as long as one call of Open
	source      string          // as the user wrote it, for messages
	name        string          // base name of the file or the address, "" for standard input
	base        *url.URL        // where it was fetched from, after redirects
	contentType string          // what the server says it is
	closer      io.Closer
}

// close closes the file or the connection. Nothing was written, so that an
// error would tell nothing.
func (in *input) close() {
	if in.closer != nil {
		_ = in.closer.Close()
	}
}

func isAddress(source string) bool {
	scheme, _, found := strings.Cut(source, "://")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

func open(ctx context.Context, source string, o Options) (*input, error) {
	in := &input{ctx: ctx, source: source}
	var r io.Reader
	var err error
	switch {
	case isAddress(source):
		r, err = in.fetch(o.Client)
	case source == "-":
		in.source, r = "standard input", o.Stdin
		if r == nil {
			err = sourceErrorf(in.source, nil, "there is none")
		}
	default:
		r, err = in.openFile()
	}
	if err != nil {
		return nil, err
	}
	in.Reader = bufio.NewReaderSize(&interruptible{ctx, r}, peekSize)
	if err := in.decompress(); err != nil {
		in.close()
		return nil, err
	}
	return in, nil
}

func (in *input) openFile() (io.Reader, error) {
	// Opening a pipe would wait for somebody to write into it.
	if info, err := os.Stat(in.source); err == nil && !info.Mode().IsRegular() {
		return nil, sourceErrorf(in.source, nil, "is no file; give - to read from standard input")
	}
	f, err := os.Open(in.source)
	if err != nil {
		return nil, openError(in.source, err)
	}
	in.name, in.closer = filepath.Base(in.source), f
	return f, nil
}

func openError(source string, err error) *Error {
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(source, "://"):
		return sourceErrorf(source, err, "only http and https addresses can be fetched")
	case errors.Is(err, fs.ErrNotExist):
		return sourceErrorf(source, err, "there is no such file or folder")
	case errors.Is(err, fs.ErrPermission):
		return sourceErrorf(source, err, "you may not read it; check its permissions")
	}
	return sourceErrorf(source, err, "cannot be opened: %v", err)
}

// interruptible stops reading when the context ends.
type interruptible struct {
	ctx context.Context // see input
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// decompress looks for gzip's first two bytes and reads through it.
func (in *input) decompress() error {
	magic, err := in.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return in.readError(err)
	}
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return nil
	}
	compressed := &counter{r: in.Reader}
	unpacked, err := gzip.NewReader(compressed)
	if err != nil {
		return in.readError(err)
	}
	in.name = strings.TrimSuffix(in.name, ".gz")
	in.Reader = bufio.NewReaderSize(&bombGuard{r: unpacked, compressed: compressed}, peekSize)
	return nil
}

// readError explains an error of reading from the source.
func (in *input) readError(err error) *Error {
	switch {
	case in.ctx.Err() != nil:
		return sourceErrorf(in.source, in.ctx.Err(), "stopped")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF):
		return sourceErrorf(in.source, err, "is damaged or cut off (%v); get it again", err)
	case errors.Is(err, errBomb), errors.Is(err, errTooLarge):
		return sourceErrorf(in.source, err, "%v", err)
	}
	return sourceErrorf(in.source, err, "cannot be read: %v", err)
}

// counter counts the bytes read from r.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

var (
	errBomb     = errors.New("expands to more than 200 times its size, which no text does; it looks like a decompression bomb")
	errTooLarge = errors.New("is larger than 64 MB; cut it into parts")
)

// bombGuard stops reading a compressed source that expands as no text does.
type bombGuard struct {
	r          io.Reader
	compressed *counter
	n          int64
}

func (g *bombGuard) Read(p []byte) (int, error) {
	const free, ratio = 64 << 20, 200
	n, err := g.r.Read(p)
	g.n += int64(n)
	if g.n > free && g.n > ratio*g.compressed.n {
		return n, errBomb
	}
	return n, err
}

// readAll reads what is left, if that is no more than limit bytes.
func (in *input) readAll(limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in.Reader, limit+1))
	if err != nil {
		return nil, in.readError(err)
	}
	if int64(len(data)) > limit {
		return nil, sourceErrorf(in.source, nil, "is larger than %d MB; cut it into parts", limit>>20)
	}
	return data, nil
}

// charset is what the server says the encoding is, or "".
func (in *input) charset() string {
	_, params, err := mime.ParseMediaType(in.contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}
