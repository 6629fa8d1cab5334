package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// connections is how many are open at once, each sending one request after the
// other.
const connections = 16

// request is what a client sends: a GraphQL operation, or the address of the
// same page of the server written by hand.
type request struct {
	path string
	body []byte // nil for GET
}

func (r request) send(ctx context.Context, client *http.Client, url string) ([]byte, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if r.body != nil {
		method, body = http.MethodPost, bytes.NewReader(r.body)
	}
	out, err := http.NewRequestWithContext(ctx, method, url+r.path, body)
	if err != nil {
		return nil, err
	}
	out.Header.Set("Content-Type", "application/json")
	response, err := client.Do(out)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(response.Body)
	err = errors.Join(err, response.Body.Close())
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s: %s", method, r.path, response.Status, answer)
	}
	return answer, err
}

// load sends n requests, taken in turn from a list, and returns the CPU that
// the server has spent on each of them.
func load(ctx context.Context, p *process, requests []request, n int) (time.Duration, error) {
	before, err := p.cpu()
	if err != nil {
		return 0, err
	}
	if err := flood(ctx, p.url, requests, n); err != nil {
		return 0, err
	}
	after, err := p.cpu()
	return (after - before) / time.Duration(n), err
}

func flood(ctx context.Context, url string, requests []request, n int) error {
	var next atomic.Int64
	failed := make([]error, connections)
	var clients sync.WaitGroup
	for c := range connections {
		clients.Go(func() {
			transport := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 1}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport}
			for i := next.Add(1) - 1; i < int64(n) && failed[c] == nil; i = next.Add(1) - 1 {
				_, failed[c] = requests[i%int64(len(requests))].send(ctx, client, url)
			}
		})
	}
	clients.Wait()
	return errors.Join(failed...)
}
