package main

import (
	"fmt"
	"net/netip"
	"time"

	"nutgraph/graph"
)

// limitFlags are the guards, each a setting, and who is let in.
type limitFlags struct {
	BodyLimit       int64          `env:"NUTGRAPH_BODY_LIMIT" default:"1000000" placeholder:"BYTES" help:"The largest request body (default: ${default})."`
	AuthorBodyLimit int64          `env:"NUTGRAPH_AUTHOR_BODY_LIMIT" default:"8000000" placeholder:"BYTES" help:"The largest request body of whoever may write articles (default: ${default})."`
	TextLimit       int            `env:"NUTGRAPH_TEXT_LIMIT" default:"64000" placeholder:"BYTES" help:"The longest query text (default: ${default})."`
	TokenLimit      int            `env:"NUTGRAPH_TOKEN_LIMIT" default:"5000" placeholder:"N" help:"The most tokens of a query, fields with fragments written out, and values in its variables (default: ${default})."`
	DepthLimit      int            `env:"NUTGRAPH_DEPTH_LIMIT" default:"12" placeholder:"N" help:"The most levels of fields (default: ${default})."`
	AliasLimit      int            `env:"NUTGRAPH_ALIAS_LIMIT" default:"30" placeholder:"N" help:"The most aliases (default: ${default})."`
	RootLimit       int            `env:"NUTGRAPH_ROOT_LIMIT" default:"20" placeholder:"N" help:"The most fields at the root of an operation (default: ${default})."`
	DirectiveLimit  int            `env:"NUTGRAPH_DIRECTIVE_LIMIT" default:"50" placeholder:"N" help:"The most directives (default: ${default})."`
	CostLimit       int            `env:"NUTGRAPH_COST_LIMIT" default:"30000" placeholder:"N" help:"The most an operation may cost: one for each field, times the items of each list (default: ${default})."`
	Timeout         time.Duration  `env:"NUTGRAPH_TIMEOUT" default:"5s" placeholder:"DURATION" help:"The longest an operation may take (default: ${default})."`
	OperationLimit  int            `env:"NUTGRAPH_OPERATION_LIMIT" default:"64" placeholder:"N" help:"How many operations run at once; others wait a second, and are then answered 503 (default: ${default})."`
	StreamLimit     int            `env:"NUTGRAPH_STREAM_LIMIT" default:"1000" placeholder:"N" help:"How many WebSocket connections and event streams are open at once (default: ${default})."`
	RateLimit       int            `env:"NUTGRAPH_RATE_LIMIT" default:"1000000" placeholder:"COST" help:"What the operations of one address, and of one token, may cost in a minute; 0 for any. Not for clients on this machine (default: ${default})."`
	ConnectionLimit int            `env:"NUTGRAPH_CONNECTION_LIMIT" default:"4000" placeholder:"N" help:"How many connections are open at once; past it, the one that is silent longest is closed (default: ${default})."`
	CORSOrigin      []string       `name:"cors-origin" env:"NUTGRAPH_CORS_ORIGIN" placeholder:"ORIGIN" help:"Origins whose pages may use the API with a token, like https://example.com; none for no origin at all. When not given, pages of any origin may read what is public."`
	TrustedProxy    []netip.Prefix `env:"NUTGRAPH_TRUSTED_PROXY" placeholder:"NETWORK" help:"Networks of proxies whose X-Forwarded-For is believed, like 10.0.0.0/8. This machine is."`
}

// Validate refuses limits under which nothing would be answered. Kong calls it.
func (l *limitFlags) Validate() error {
	for flag, wrong := range map[string]bool{
		"--body-limit": l.BodyLimit < 1, "--author-body-limit": l.AuthorBodyLimit < 0, "--text-limit": l.TextLimit < 1, "--token-limit": l.TokenLimit < 1,
		"--depth-limit": l.DepthLimit < 1, "--alias-limit": l.AliasLimit < 0, "--root-limit": l.RootLimit < 1,
		"--directive-limit": l.DirectiveLimit < 0, "--cost-limit": l.CostLimit < 1, "--timeout": l.Timeout <= 0,
		"--operation-limit": l.OperationLimit < 1, "--stream-limit": l.StreamLimit < 0,
		"--rate-limit": l.RateLimit < 0, "--connection-limit": l.ConnectionLimit < 1,
	} {
		if wrong {
			return fmt.Errorf("%s is too small", flag)
		}
	}
	return nil
}

// wider are the origins that may connect beside the server's own.
func (l *limitFlags) wider() []string {
	if len(l.CORSOrigin) == 1 && l.CORSOrigin[0] == noOrigin {
		return nil
	}
	return l.CORSOrigin
}

func (l *limitFlags) limits() graph.Limits {
	return graph.Limits{
		Body: l.BodyLimit, AuthorBody: l.AuthorBodyLimit, Text: l.TextLimit, Tokens: l.TokenLimit, Depth: l.DepthLimit, Aliases: l.AliasLimit,
		RootFields: l.RootLimit, Directives: l.DirectiveLimit, Cost: l.CostLimit, Time: l.Timeout,
		Operations: l.OperationLimit, Streams: l.StreamLimit,
	}
}
