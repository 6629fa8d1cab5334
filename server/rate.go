package main

import (
	"context"
	"crypto/sha256"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"nutgraph/graph"
)

// meter gives each client an allowance, which operations use up by their cost
// and which grows back over a minute. An operation may overdraw it once. Clients
// on this machine are not metered: they are developers, or programs of the house.
type meter struct {
	perMinute int
	trusted   []netip.Prefix // proxies that tell the truth about whom they speak for
	clients   *otter.Cache[string, *rate.Limiter]
	paused    *semaphore.Weighted
}

// Whoever has used up his allowance waits for his answer: programs that ask again at
// once would take as much of the server as its readers do, were it only to hear that
// they ask too much. So many wait at once; others are told at once.
const (
	pause     = 500 * time.Millisecond
	maxPaused = 1000
)

// knownClients bounds the memory of the meter. Whoever is forgotten starts anew.
const knownClients = 100_000

func newMeter(perMinute int, trusted []netip.Prefix) *meter {
	return &meter{perMinute: perMinute, trusted: trusted, paused: semaphore.NewWeighted(maxPaused), clients: otter.Must(&otter.Options[string, *rate.Limiter]{
		MaximumSize:      knownClients,
		ExpiryCalculator: otter.ExpiryAccessing[string, *rate.Limiter](2 * time.Minute), // full again by then
	})}
}

// metered lets requests be charged to the client's address and token.
func (m *meter) metered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if limiters := m.limiters(r); len(limiters) > 0 {
			m.slow(r.Context(), limiters)
			graph.RequestOf(r.Context()).Charge = m.charge(w.Header(), limiters)
		}
		next.ServeHTTP(w, r)
	})
}

// slow lets a client wait who has used up his allowance.
func (m *meter) slow(ctx context.Context, limiters []*rate.Limiter) {
	if m.left(limiters, time.Now()) >= 1 || !m.paused.TryAcquire(1) {
		return
	}
	defer m.paused.Release(1)
	select {
	case <-time.After(pause):
	case <-ctx.Done():
	}
}

// left is what the poorest of some limiters has.
func (m *meter) left(limiters []*rate.Limiter, now time.Time) float64 {
	left := float64(m.perMinute)
	for _, l := range limiters {
		left = min(left, l.TokensAt(now))
	}
	return left
}

// limiters are what a request is charged to; none when it is not metered.
func (m *meter) limiters(r *http.Request) []*rate.Limiter {
	address := m.address(r)
	if m.perMinute == 0 || address.IsLoopback() {
		return nil
	}
	network := 32
	if address.Is6() {
		network = 64 // what one household or machine has
	}
	prefix, err := address.Prefix(network)
	if err != nil {
		return nil // an address of no network: a Unix socket
	}
	all := []*rate.Limiter{m.limiter(prefix.String())}
	if token := r.Header.Get("Authorization"); token != "" {
		sum := sha256.Sum256([]byte(token))
		all = append(all, m.limiter(string(sum[:])))
	}
	return all
}

func (m *meter) limiter(client string) *rate.Limiter {
	l, _ := m.clients.ComputeIfAbsent(client, func() (*rate.Limiter, bool) {
		return rate.NewLimiter(rate.Limit(m.perMinute)/60, m.perMinute), false
	})
	return l
}

// charge returns a function that takes a cost from all limiters, or tells that
// one of them is used up, and says in the header how things stand. The operations
// of one WebSocket connection share it.
func (m *meter) charge(h http.Header, limiters []*rate.Limiter) func(cost int) (graph.Rate, bool) {
	var mu sync.Mutex
	return func(cost int) (graph.Rate, bool) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		left := m.left(limiters, now)
		allowed := left >= 1
		if allowed {
			for _, l := range limiters {
				l.ReserveN(now, min(cost, m.perMinute))
			}
			left -= float64(cost)
		} else {
			h.Set("Retry-After", strconv.Itoa(m.after(1-left)))
		}
		state := graph.Rate{Limit: m.perMinute, Remaining: max(int(left), 0), Reset: m.after(float64(m.perMinute) - left)}
		if state.Heavy() {
			h.Set(gzhttp.HeaderNoCompression, "heavy") // work that no limit bounds
		}
		h.Set("RateLimit-Limit", strconv.Itoa(state.Limit))
		h.Set("RateLimit-Remaining", strconv.Itoa(state.Remaining))
		h.Set("RateLimit-Reset", strconv.Itoa(state.Reset))
		return state, allowed
	}
}

// after is the time, in seconds, in which an allowance grows by n.
func (m *meter) after(n float64) int { return 1 + int(n*60/float64(m.perMinute)) }

// address is that of the client: the one the connection comes from, or, when that
// is a proxy we trust, the last one it names that is not.
func (m *meter) address(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && m.isTrusted(address); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
	}
	return address
}

func (m *meter) isTrusted(address netip.Addr) bool {
	if address.IsLoopback() {
		return true
	}
	for _, p := range m.trusted {
		if p.Contains(address) {
			return true
		}
	}
	return false
}
