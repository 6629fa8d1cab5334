package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"nutgraph/graph"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	m := newMeter(100, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	for _, test := range []struct{ peer, forwarded, want string }{
		{"203.0.113.7:1000", "", "203.0.113.7"},
		{"203.0.113.7:1000", "198.51.100.1", "203.0.113.7"}, // no proxy of ours: it may say what it likes
		{"127.0.0.1:1000", "", "127.0.0.1"},
		{"127.0.0.1:1000", "198.51.100.1", "198.51.100.1"},
		{"10.1.2.3:1000", "198.51.100.1", "198.51.100.1"},
		{"10.1.2.3:1000", "127.0.0.1, 198.51.100.1", "198.51.100.1"}, // the client's own invention
		{"10.1.2.3:1000", "198.51.100.1, 10.9.9.9", "198.51.100.1"},
		{"10.1.2.3:1000", "198.51.100.1, nonsense", "10.1.2.3"},
		{"[::1]:1000", "2001:db8::1", "2001:db8::1"},
		{"[::ffff:203.0.113.7]:1000", "", "203.0.113.7"},
		{"@", "", "invalid IP"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
		r.RemoteAddr = test.peer
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := m.address(r).String(); got != test.want {
			t.Errorf("the client of %s for %q is %s, want %s", test.peer, test.forwarded, got, test.want)
		}
	}
}

// spend sends a request that costs so much, and returns what it was told.
func spend(t *testing.T, m *meter, cost int, peer, token string) (allowed bool, h http.Header) {
	t.Helper()
	w := httptest.NewRecorder()
	request := &graph.Request{}
	r := httptest.NewRequestWithContext(graph.WithRequest(t.Context(), request), http.MethodPost, "/graphql", nil)
	r.RemoteAddr = peer
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	allowed = true
	m.metered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if request.Charge != nil {
			_, allowed = request.Charge(cost)
		}
	})).ServeHTTP(w, r)
	return allowed, w.Header()
}

func TestRate(t *testing.T) {
	t.Parallel()
	m := newMeter(600, nil)
	for i, want := range []string{"400", "200", "0"} {
		allowed, h := spend(t, m, 200, "203.0.113.7:1000", "")
		if !allowed || h.Get("RateLimit-Limit") != "600" || !strings.HasPrefix(h.Get("RateLimit-Remaining"), want[:1]) || h.Get("RateLimit-Reset") == "" {
			t.Errorf("request %d: allowed = %v, %v; want about %s left of 600", i, allowed, h, want)
		}
	}
	if _, _ = spend(t, m, 500, "203.0.113.7:1000", ""); true { // may overdraw what has grown back meanwhile
		if allowed, h := spend(t, m, 1, "203.0.113.7:2000", ""); allowed || h.Get("Retry-After") == "" {
			t.Errorf("a client that used up its allowance: allowed = %v, %v", allowed, h)
		}
	}
	for name, test := range map[string]struct {
		peer, token string
		want        bool
	}{
		"another address":                {"203.0.113.8:1000", "", true},
		"the same with a token":          {"203.0.113.7:1000", "a", false},
		"this machine":                   {"127.0.0.1:1000", "", true},
		"this machine by its other name": {"[::1]:1000", "", true},
	} {
		if allowed, _ := spend(t, m, 1, test.peer, test.token); allowed != test.want {
			t.Errorf("%s: allowed = %v, want %v", name, allowed, test.want)
		}
	}
	// A token is charged wherever it is used from.
	for i := range 6 {
		spend(t, m, 300, fmt.Sprintf("198.51.100.%d:1000", i), "b")
	}
	if allowed, _ := spend(t, m, 1, "198.51.100.100:1000", "b"); allowed {
		t.Error("a token that used up its allowance is allowed from another address")
	}
	// A household has one allowance, whatever address of its network it uses.
	spend(t, m, 600, "[2001:db8::1]:1000", "")
	spend(t, m, 600, "[2001:db8::2]:1000", "")
	if allowed, _ := spend(t, m, 1, "[2001:db8::3]:1000", ""); allowed {
		t.Error("a network of IPv6 has more than one allowance")
	}
	if allowed, h := spend(t, newMeter(0, nil), 1_000_000, "203.0.113.7:1000", ""); !allowed || len(h) > 0 {
		t.Errorf("without a limit: allowed = %v, %v", allowed, h)
	}
}

// TestHeavyClients compresses nothing for those who have asked for much, and lets
// those wait who have used up all.
func TestHeavyClients(t *testing.T) {
	t.Parallel()
	m := newMeter(60_000, nil)
	synctest.Test(t, func(t *testing.T) {
		h := compressed(m.metered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, allowed := graph.RequestOf(r.Context()).Charge(30_000)
			_, _ = io.WriteString(w, strings.Repeat(fmt.Sprint(allowed), 1000))
		})))
		for i, want := range []struct {
			encoding, begins string
			waits            time.Duration
		}{{"", "true", 0}, {"", "true", 0}, {"", "true", pause}, {"", "false", pause}} {
			r := httptest.NewRequestWithContext(graph.WithRequest(t.Context(), &graph.Request{}), http.MethodPost, "/graphql", nil)
			r.RemoteAddr = "203.0.113.7:1000"
			r.Header.Set("Accept-Encoding", "gzip")
			w := httptest.NewRecorder()
			start := time.Now()
			h.ServeHTTP(w, r)
			if got := w.Header().Get("Content-Encoding"); got != want.encoding || !strings.HasPrefix(w.Body.String(), want.begins) || time.Since(start) != want.waits {
				t.Errorf("request %d is answered %.5q as %q after %v, want %q as %q after %v", i, w.Body, got, time.Since(start), want.begins, want.encoding, want.waits)
			}
			if w.Header().Get(gzhttp.HeaderNoCompression) != "" {
				t.Errorf("request %d is told what is for the compressor: %v", i, w.Header())
			}
		}
		r := httptest.NewRequestWithContext(graph.WithRequest(t.Context(), &graph.Request{}), http.MethodPost, "/graphql", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.RemoteAddr = "203.0.113.8:1000"
		light := compressed(m.metered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = graph.RequestOf(r.Context()).Charge(10)
			_, _ = io.WriteString(w, strings.Repeat("light", 1000))
		})))
		w := httptest.NewRecorder()
		if light.ServeHTTP(w, r); w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("who has asked for little is answered without compression: %v", w.Header())
		}
	})
}
