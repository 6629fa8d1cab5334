package ingest

import (
	"io"
	"net/http"
	"net/url"
	"path"
	"time"

	"nutgraph/internal/outbound"
)

// FetchTime is how long fetching an address may take, reading it included.
const FetchTime = 2 * time.Minute

// fetch asks for the address and returns its body, which fails with
// errTooLarge beyond maxDocument bytes.
func (in *input) fetch(client *http.Client) (io.Reader, error) {
	if client == nil {
		client = outbound.Client(outbound.Options{Timeout: FetchTime})
	}
	request, err := http.NewRequestWithContext(in.ctx, http.MethodGet, in.source, nil)
	if err != nil {
		return nil, sourceErrorf(in.source, err, "is not an address that can be fetched: %v", err)
	}
	request.Header.Set("User-Agent", "Nutgraph")
	request.Header.Set("Accept", "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.8")
	response, err := client.Do(request)
	if err != nil {
		return nil, in.fetchError(err)
	}
	if response.StatusCode != http.StatusOK {
		_ = response.Body.Close()
		return nil, sourceErrorf(in.source, nil, "the server answers %q; check the address", response.Status)
	}
	in.closer = response.Body
	in.base = response.Request.URL
	in.contentType = response.Header.Get("Content-Type")
	if name := path.Base(in.base.Path); name != "/" && name != "." {
		in.name = name
	}
	return &limited{response.Body, maxDocument}, nil
}

func (in *input) fetchError(err error) *Error {
	if in.ctx.Err() != nil {
		return in.readError(err)
	}
	if wrapped, ok := err.(*url.Error); ok { //nolint:errorlint // only the outermost one repeats the address
		err = wrapped.Err
	}
	return sourceErrorf(in.source, err, "cannot be fetched: %v", err)
}

// limited fails, rather than ends, when there is more than left bytes.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
