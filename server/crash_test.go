package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"nutgraph/db/dbtest"
)

var crashes = flag.Int("crashes", 8, "how often TestCrash kills the server")

// TestCrash kills the server at random moments while eight writers create, edit,
// publish and schedule. Afterwards everything that was acknowledged is there,
// nothing is there by half, revisions have no gaps, what was due has happened,
// and every event has reached the webhook.
//
//	go test ./server -run TestCrash -crashes 200 -timeout 1h
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the server many times")
	}
	t.Parallel()
	const writers = 8
	archive := filepath.Join(t.TempDir(), "test.db")
	n := &newsroom{token: newToken(t, archive, "ADMIN"), got: map[string]bool{}}
	receiver := httptest.NewServer(http.HandlerFunc(n.receive))
	t.Cleanup(receiver.Close)
	random := rand.New(rand.NewPCG(3, 4))
	for round := range *crashes {
		s := serve(t, "--db", archive, "--allow-private-addresses")
		if round == 0 {
			s.mutate(t, n.token, `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret } }`, nil, map[string]any{
				"input": map[string]any{"url": receiver.URL, "events": []string{"ARTICLE_PUBLISHED", "ARTICLE_UPDATED"}},
			})
		}
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() { n.write(t.Context(), s.url, fmt.Sprintf("r%d-w%d", round, w)) })
		}
		// However fast the machine is, so many changes are acknowledged, and others under way.
		n.after(1+random.IntN(40), func() {
			time.AfterFunc(time.Duration(random.Int64N(int64(20*time.Millisecond))), func() { _ = s.command.Process.Kill() })
		})
		all.Wait()
		_ = s.command.Process.Kill() // of a server that has turned all writers away
		_ = s.command.Wait()
		checkIntegrity(t, archive)
	}
	s := serve(t, "--db", archive, "--allow-private-addresses")
	t.Logf("%d changes were acknowledged, %d of them schedules", len(n.done), len(n.scheduled()))
	if len(n.done) < *crashes {
		t.Errorf("only %d changes were acknowledged in %d rounds; the test shows little", len(n.done), *crashes)
	}
	n.awaitDeliveries(t, archive)
	n.checkAcknowledged(t, archive)
	n.checkWhole(t, archive)
	if err := s.command.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = s.command.Wait()
}

// newsroom is the writers, what was acknowledged to them, and what the webhook got.
type newsroom struct {
	token string

	mu    sync.Mutex
	done  []acknowledged
	got   map[string]bool // by webhook-id
	until int             // so many are done
	then  func()
}

// after does something, once, when so many more changes are acknowledged.
func (n *newsroom) after(more int, do func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.until, n.then = len(n.done)+more, do
}

// acknowledged is a change that the server said it had made.
type acknowledged struct {
	ID        string
	Revision  int
	Status    string
	scheduled bool
}

func (n *newsroom) receive(_ http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.got[r.Header.Get("webhook-id")] = true
}

func (n *newsroom) scheduled() []acknowledged {
	var all []acknowledged
	for _, a := range n.done {
		if a.scheduled {
			all = append(all, a)
		}
	}
	return all
}

// write changes articles until the server is gone.
func (n *newsroom) write(ctx context.Context, url, name string) {
	const (
		create  = `mutation ($input: CreateArticleInput!) { answer: createArticle(input: $input) { article { id revision status } } }`
		edit    = `mutation ($id: ID!, $title: String!) { answer: updateArticle(input: {id: $id, set: {title: $title}}) { article { id revision status } } }`
		publish = `mutation ($id: ID!, $at: DateTime) { answer: publishArticle(input: {id: $id, at: $at}) { article { id revision status } } }`
	)
	for i := 0; ; i++ {
		title := fmt.Sprintf("%s-%d", name, i)
		a, err := n.ask(ctx, url, create, map[string]any{"input": map[string]any{"title": title, "body": strings.Repeat(title+" sails. ", 30), "language": "en"}})
		if err != nil {
			return
		}
		at := map[string]any{"id": a.ID}
		if i%2 == 1 {
			at["at"] = time.Now().Add(300 * time.Millisecond).UTC().Format("2006-01-02T15:04:05.000Z")
		}
		if _, err = n.ask(ctx, url, publish, at); err != nil {
			return
		}
		if _, err = n.ask(ctx, url, edit, map[string]any{"id": a.ID, "title": title + " changed"}); err != nil {
			return
		}
	}
}

// ask makes a change and notes it when it is acknowledged.
func (n *newsroom) ask(ctx context.Context, url, query string, variables map[string]any) (acknowledged, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return acknowledged{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return acknowledged{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+n.token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return acknowledged{}, err
	}
	defer response.Body.Close()
	var answer struct {
		Data struct {
			Answer struct{ Article *acknowledged }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return acknowledged{}, err
	}
	a := answer.Data.Answer.Article
	if a == nil {
		return acknowledged{}, fmt.Errorf("%s made nothing", query)
	}
	a.scheduled = variables["at"] != nil
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.done = append(n.done, *a); len(n.done) == n.until {
		go n.then()
	}
	return *a, nil
}

// awaitDeliveries waits until nothing is due, and wants every event delivered.
func (n *newsroom) awaitDeliveries(t *testing.T, archive string) {
	t.Helper()
	const undone = `SELECT (SELECT COUNT(*) FROM delivery WHERE state = 'WAITING') + (SELECT COUNT(*) FROM article WHERE due_at IS NOT NULL)`
	for end := time.Now().Add(5 * time.Minute); dbtest.Rows(t, archive, undone)[0] != "0"; {
		if time.Now().After(end) {
			t.Fatalf("after five minutes %s deliveries and schedules are not done", dbtest.Rows(t, archive, undone)[0])
		}
		select {
		case <-t.Context().Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, id := range dbtest.Rows(t, archive, `SELECT id FROM event WHERE kind IN ('article.published', 'article.updated')`) {
		if !n.got[id] {
			t.Errorf("the event %s has not reached the webhook", id)
		}
	}
}

// checkAcknowledged wants every acknowledged change in the archive.
func (n *newsroom) checkAcknowledged(t *testing.T, archive string) {
	t.Helper()
	revisions := map[string]int{}
	for _, row := range dbtest.Rows(t, archive, `SELECT id || ' ' || revision FROM article`) {
		id, revision, _ := strings.Cut(row, " ")
		revisions[id], _ = strconv.Atoi(revision)
	}
	published := map[string]bool{}
	for _, id := range dbtest.Rows(t, archive, `SELECT article_id FROM event WHERE kind = 'article.published'`) {
		if published[id] {
			t.Errorf("%s was published twice", id)
		}
		published[id] = true
	}
	for _, a := range n.done {
		if revisions[a.ID] < a.Revision {
			t.Errorf("revision %d of %s was acknowledged, and it has %d", a.Revision, a.ID, revisions[a.ID])
		}
		if (a.scheduled || a.Status == "PUBLISHED") && !published[a.ID] {
			t.Errorf("%s was to be published, and there is no event of it", a.ID)
		}
	}
}

// checkWhole wants no gap among revisions, and no article without its parts.
func (n *newsroom) checkWhole(t *testing.T, archive string) {
	t.Helper()
	for what, query := range map[string]string{
		"revisions with gaps": `SELECT a.id FROM article a LEFT JOIN revision r ON r.article_key = a.key
			GROUP BY a.key HAVING COUNT(r.number) <> a.revision OR MIN(r.number) <> 1 OR MAX(r.number) <> a.revision`,
		"no body":       `SELECT id FROM article WHERE key NOT IN (SELECT article_key FROM body)`,
		"no delivery":   `SELECT id FROM event WHERE kind IN ('article.published', 'article.updated') AND seq NOT IN (SELECT event_seq FROM delivery)`,
		"not announced": `SELECT id FROM article WHERE status = 'PUBLISHED' AND announced = 0`,
	} {
		if found := dbtest.Rows(t, archive, query); len(found) > 0 {
			t.Errorf("%d have %s: %v", len(found), what, found)
		}
	}
}
