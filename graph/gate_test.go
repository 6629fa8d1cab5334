package graph_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

// spender is a client with an allowance, of which each operation takes all at once,
// and holds its place until it is let go.
type spender struct {
	state graph.Rate
	holds chan struct{} // nil for one who holds nothing
}

func (s *spender) charge(cost int) (graph.Rate, bool) {
	if cost > 1 && s.holds != nil { // the operation, which has its place by now
		<-s.holds
	}
	return s.state, true
}

// ask runs an operation for a client.
func (s *spender) ask(t *testing.T, h http.Handler) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query": "{ __typename a: __typename }"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(graph.WithRequest(t.Context(), &graph.Request{Charge: s.charge})))
	return w
}

func wantBusy(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), `"code":"RATE_LIMITED"`) {
		t.Errorf("one too many is answered %d %v %s, want 503 with Retry-After and RATE_LIMITED", w.Code, w.Header(), w.Body)
	}
}

// TestBusy lets as many operations run at once as may, and asks others to come again.
func TestBusy(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	synctest.Test(t, func(t *testing.T) {
		few := limits
		few.Operations = 1
		c := newClientWith(store, few)
		first := &spender{state: graph.Rate{Limit: 1, Remaining: 1}, holds: make(chan struct{})}
		go first.ask(t, c.handler)
		synctest.Wait()
		other := &spender{state: first.state}
		start := time.Now()
		wantBusy(t, other.ask(t, c.handler))
		if waited := time.Since(start); waited != time.Second {
			t.Errorf("it is told so after %v, want 1s", waited)
		}
		close(first.holds)
		synctest.Wait()
		if w := other.ask(t, c.handler); w.Code != http.StatusOK {
			t.Errorf("when the first is done, the next is answered %d %s", w.Code, w.Body)
		}
	})
}

// TestHeavyClients lets those who have asked for much take half of the processors,
// and nobody else wait for them.
func TestHeavyClients(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	synctest.Test(t, func(t *testing.T) {
		c := newClientWith(store, limits)
		heavy := &spender{state: graph.Rate{Limit: 1000, Remaining: 500}, holds: make(chan struct{})}
		for range max(1, runtime.GOMAXPROCS(0)/2) {
			go heavy.ask(t, c.handler)
		}
		synctest.Wait()
		wantBusy(t, (&spender{state: heavy.state}).ask(t, c.handler))
		<-time.After(time.Second / 2)
		light := &spender{state: graph.Rate{Limit: 1000, Remaining: 995}}
		start := time.Now()
		if w := light.ask(t, c.handler); w.Code != http.StatusOK || time.Since(start) > 0 {
			t.Errorf("who has asked for little is answered %d %s after %v, want an answer at once", w.Code, w.Body, time.Since(start))
		}
		close(heavy.holds)
		synctest.Wait()
		// As long as others are served, a heavy client rests as long as it ran: a second and a half.
		for _, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
			if w := (&spender{state: heavy.state}).ask(t, c.handler); w.Code != want {
				t.Errorf("a heavy client is answered %d %s, want %d", w.Code, w.Body, want)
			}
		}
	})
}

// pipes is a listener whose connections are in memory, so that time can be made up.
type pipes struct{ conns chan net.Conn }

func (p *pipes) Accept() (net.Conn, error) {
	conn, open := <-p.conns
	if !open {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (p *pipes) Close() error   { return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{} }

// TestSlowBodies ends connections whose body does not come, short or long.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	for _, length := range []string{"9000", "900000"} {
		synctest.Test(t, func(t *testing.T) {
			listener := &pipes{make(chan net.Conn)}
			server := &http.Server{Handler: newClientWith(store, limits).handler, ReadHeaderTimeout: time.Hour}
			go server.Serve(listener)
			near, far := net.Pipe()
			listener.conns <- far
			start := time.Now()
			if _, err := io.WriteString(near, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "+length+"\r\n\r\n{"); err != nil {
				t.Fatal(err)
			}
			in := bufio.NewReader(near)
			response, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			raw, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if waited := time.Since(start); response.StatusCode != http.StatusBadRequest || !strings.Contains(string(raw), "did not arrive whole") || waited != 10*time.Second {
				t.Errorf("half a body of %s is answered %d %s after %v, want 400 after 10s", length, response.StatusCode, raw, waited)
			}
			if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
				t.Errorf("after it the connection reads %v, want it closed", err)
			}
			close(listener.conns)
			_ = server.Close()
			_ = near.Close()
		})
	}
}

// TestManyBodies bounds the memory of bodies that are on their way.
func TestManyBodies(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	synctest.Test(t, func(t *testing.T) {
		c := newClientWith(store, limits)
		send := func(body io.Reader) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", body)
			r.ContentLength = 1_000_000
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			c.handler.ServeHTTP(w, r)
			return w
		}
		var slow []*io.PipeWriter
		for range 16 {
			body, end := io.Pipe()
			slow = append(slow, end)
			go send(body)
		}
		synctest.Wait()
		wantBusy(t, send(strings.NewReader(`{"query": "{ __typename }"}`)))
		for _, end := range slow {
			_ = end.Close()
		}
		synctest.Wait()
		if w := send(strings.NewReader(`{"query": "{ __typename }"}`)); w.Code != http.StatusOK {
			t.Errorf("when they are done, the next is answered %d %s", w.Code, w.Body)
		}
	})
}
