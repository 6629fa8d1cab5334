// Package outbound makes every connection that Nutgraph opens to another
// machine: feeds that are imported, and webhooks that are delivered. Addresses
// come from users, so a name may lead into the house's own network: what it
// resolves to is checked at the moment of connecting, for redirects too, and
// nothing but the public internet is reached unless an operator allows it.
//
//	client := outbound.Client(outbound.Options{Timeout: 15 * time.Second})
//	response, err := client.Do(request) // fails with ErrPrivate for 127.0.0.1, 10.0.0.1, …
package outbound

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// ErrPrivate says that an address is not on the public internet.
var ErrPrivate = errors.New("the address is private; --allow-private-addresses allows it")

// Options are what a caller may choose about a client.
type Options struct {
	Timeout      time.Duration // of a whole exchange, reading the answer included
	AllowPrivate bool          // loopback, private and link-local addresses, too
	NoRedirects  bool          // a redirect is an answer like any other
}

const (
	connectTime  = 10 * time.Second
	maxRedirects = 5
)

// Client returns a client that keeps to the public internet. It asks no proxy,
// because a proxy would connect in its place.
func Client(o Options) *http.Client {
	dialer := &net.Dialer{Timeout: connectTime}
	if !o.AllowPrivate {
		dialer.Control = refusePrivate
	}
	return &http.Client{
		Timeout: o.Timeout,
		Transport: &http.Transport{
			DialContext:           dialer.DialContext,
			TLSHandshakeTimeout:   connectTime,
			MaxIdleConnsPerHost:   1,
			IdleConnTimeout:       time.Minute,
			ForceAttemptHTTP2:     true,
			ResponseHeaderTimeout: o.Timeout,
		},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if o.NoRedirects {
				return http.ErrUseLastResponse
			}
			if len(via) > maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return nil
		},
	}
}

// public knows the registries of special addresses.
var public = ssrf.New(ssrf.WithAnyPort())

// refusePrivate is called with the address that a name resolved to, before a
// connection is made.
func refusePrivate(network, address string, conn syscall.RawConn) error {
	if err := public.Safe(network, address, conn); err != nil {
		return fmt.Errorf("%w (%w)", ErrPrivate, err)
	}
	return nil
}
