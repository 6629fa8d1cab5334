package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// BenchmarkSubscribers has a thousand subscribers, half of them over WebSocket
// and half over server-sent events, and publishes articles. It reports how long
// after the publication was acknowledged the middle one and the last one of them
// had the event, and the memory of the server.
//
//	go test ./server -run '^$' -bench Subscribers -benchtime 20x
func BenchmarkSubscribers(b *testing.B) {
	const subscribers = 1000
	archive := filepath.Join(b.TempDir(), "test.db")
	token := newToken(b, archive, "EDITOR")
	s := serve(b, "--db", archive, "--stream-limit", strconv.Itoa(subscribers))
	live, err := os.ReadFile("../graph/testdata/contract/live.graphql")
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	var all sync.WaitGroup
	got := make(chan string, subscribers)
	for i := range subscribers {
		connect := s.overEvents
		if i%2 == 0 {
			connect = s.overWebSocket
		}
		next, err := connect(ctx, string(live))
		if err != nil {
			b.Fatal(err)
		}
		all.Go(func() {
			for {
				slug, err := next()
				if err != nil {
					return
				}
				got <- slug
			}
		})
	}
	s.settle(b, token, got, subscribers)
	var middle, last []time.Duration
	for i := 0; b.Loop(); i++ {
		slug := fmt.Sprintf("story-%d", i)
		s.publish(b, token, slug)
		start := time.Now()
		for n := range subscribers {
			if met := <-got; met != slug {
				b.Fatalf("got %s, want %s", met, slug)
			}
			if n == subscribers/2 {
				middle = append(middle, time.Since(start))
			}
		}
		last = append(last, time.Since(start))
	}
	slices.Sort(middle)
	slices.Sort(last)
	b.ReportMetric(float64(middle[len(middle)/2].Milliseconds()), "ms-middle")
	b.ReportMetric(float64(last[len(last)/2].Milliseconds()), "ms-last")
	b.ReportMetric(float64(last[len(last)-1].Milliseconds()), "ms-worst")
	b.ReportMetric(float64(s.residentMB(b)), "MB")
	cancel()
	all.Wait()
	s.stop(b, syscall.SIGTERM)
}

// settle publishes until every subscriber is there, and swallows what they get.
func (s *served) settle(b *testing.B, token string, got <-chan string, subscribers int) {
	b.Helper()
	for try := 0; ; try++ {
		slug := fmt.Sprintf("first-%d", try)
		s.publish(b, token, slug)
		n := 0
		for late := time.After(5 * time.Second); n < subscribers; {
			select {
			case met := <-got:
				if met == slug {
					n++
				}
				continue
			case <-late:
			}
			break
		}
		if n == subscribers {
			return
		}
		if try == 10 {
			b.Fatalf("only %d subscribers are there", n)
		}
	}
}

// publish publishes an article with a slug.
func (s *served) publish(tb testing.TB, token, slug string) {
	tb.Helper()
	var made struct {
		CreateArticle struct{ Article struct{ ID string } }
	}
	s.mutate(tb, token, `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }`, &made,
		map[string]any{"input": map[string]any{"title": slug, "slug": slug, "body": strings.Repeat("The ferry sails again. ", 100)}})
	s.mutate(tb, token, `mutation ($id: ID!) { publishArticle(input: {id: $id}) { article { id } } }`, nil,
		map[string]any{"id": made.CreateArticle.Article.ID})
}

// mutate runs a mutation, and reads its data into answer.
func (s *served) mutate(tb testing.TB, token, query string, answer any, variables map[string]any) {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		tb.Fatal(err)
	}
	status, _, raw := s.do(tb, http.MethodPost, "/graphql", string(body), "Content-Type", "application/json", "Authorization", "Bearer "+token)
	result := struct {
		Data   any
		Errors []any
	}{Data: answer}
	if err := json.Unmarshal([]byte(raw), &result); err != nil || status != http.StatusOK || len(result.Errors) > 0 {
		tb.Fatalf("%s: %d %s", query, status, raw)
	}
}

// published is what the contract's Live answers.
type published struct {
	Data struct {
		ArticlePublished struct{ Slug string }
	}
}

// overWebSocket subscribes, and returns what waits for the next article.
func (s *served) overWebSocket(ctx context.Context, query string) (next func() (string, error), err error) {
	conn, _, err := websocket.Dial(ctx, s.url+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}}) //nolint:bodyclose // the connection owns it
	if err != nil {
		return nil, err
	}
	for _, m := range []any{
		map[string]any{"type": "connection_init"},
		map[string]any{"type": "subscribe", "id": "1", "payload": map[string]any{"query": query}},
	} {
		if err := wsjson.Write(ctx, conn, m); err != nil {
			return nil, err
		}
	}
	return func() (string, error) {
		for {
			var m struct {
				Type    string
				Payload published
			}
			if err := wsjson.Read(ctx, conn, &m); err != nil {
				return "", errors.Join(err, conn.CloseNow())
			}
			if m.Type == "next" {
				return m.Payload.Data.ArticlePublished.Slug, nil
			}
		}
	}, nil
}

// overEvents does the same over server-sent events.
func (s *served) overEvents(ctx context.Context, query string) (next func() (string, error), err error) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r) //nolint:bodyclose // next closes it at the end
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(response.Body)
	return func() (string, error) {
		for lines.Scan() {
			data, found := strings.CutPrefix(lines.Text(), "data: ")
			if !found {
				continue
			}
			var p published
			err := json.Unmarshal([]byte(data), &p)
			return p.Data.ArticlePublished.Slug, err
		}
		return "", errors.Join(io.EOF, lines.Err(), response.Body.Close())
	}, nil
}

// residentMB is the memory that the server has now, in megabytes; 0 where the
// system does not tell.
func (s *served) residentMB(tb testing.TB) int {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.command.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw))
	pages, err := strconv.Atoi(fields[1])
	if err != nil {
		tb.Fatal(err)
	}
	return pages * os.Getpagesize() >> 20
}
