package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// subprotocol is the one we speak:
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
const subprotocol = "graphql-transport-ws"

// The reasons for which that protocol closes a connection.
const (
	closeInvalid      websocket.StatusCode = 4400
	closeUnauthorized websocket.StatusCode = 4401
	closeSubprotocol  websocket.StatusCode = 4406
	closeInitTimeout  websocket.StatusCode = 4408
	closeDuplicate    websocket.StatusCode = 4409
	closeSecondInit   websocket.StatusCode = 4429
)

// The bounds of one connection.
const (
	socketInit       = 5 * time.Second  // from the opening to connection_init
	socketWrite      = 10 * time.Second // for one message to be received, before the client is dropped
	socketPing       = 25 * time.Second // between signs of life
	socketOperations = 100              // at once
)

// overWebSocket answers operations over WebSocket. The engine's own transport
// knows none of the protocol's close codes, lets ids be used twice, and waits for
// slow clients for ever.
type overWebSocket struct {
	store   *db.DB
	limits  Limits
	gate    *gate
	streams *streams
	origins []string // that may connect beside the server's own
}

var _ graphql.Transport = (*overWebSocket)(nil)

// Supports implements graphql.Transport.
func (t *overWebSocket) Supports(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// Do implements graphql.Transport.
func (t *overWebSocket) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, done, refused := t.streams.open(r.Context())
	if refused != nil {
		refused.write(r.Context(), w, exec, mediaJSON)
		return
	}
	defer done()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}, OriginPatterns: t.origins})
	if err != nil {
		return // Accept has answered
	}
	conn.SetReadLimit(t.limits.Body)
	s := &socket{transport: t, conn: conn, exec: exec, header: r.Header, token: r.Header.Get("Authorization"), active: map[string]context.CancelFunc{}}
	if conn.Subprotocol() != subprotocol {
		s.close(closeSubprotocol, "Subprotocol not acceptable")
		return
	}
	s.run(ctx)
}

// socket is one connection.
type socket struct {
	transport *overWebSocket
	conn      *websocket.Conn
	exec      graphql.GraphExecutor
	header    http.Header

	mu     sync.Mutex
	token  string // as in Authorization; "" for none
	inited bool
	active map[string]context.CancelFunc // by the id that the client gave
}

type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// run reads messages until one side has enough.
func (s *socket) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer s.conn.CloseNow() //nolint:errcheck // it may be closed already
	// A read that is cut off closes the connection without a word, so it goes on
	// when the server stops, until close has said goodbye.
	defer context.AfterFunc(ctx, func() { s.close(websocket.StatusGoingAway, "the server stops") })()
	late := time.AfterFunc(socketInit, func() {
		if !s.isInited() {
			s.close(closeInitTimeout, "Connection initialisation timeout")
		}
	})
	defer late.Stop()
	go s.keepAlive(ctx, cancel)
	for {
		_, raw, err := s.conn.Read(context.WithoutCancel(ctx))
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(raw, &m) != nil {
			s.close(closeInvalid, "Invalid message received")
			return
		}
		if !s.handle(ctx, m) {
			return
		}
	}
}

// handle does what a message says, and returns whether to go on.
func (s *socket) handle(ctx context.Context, m message) bool {
	switch m.Type {
	case "connection_init":
		return s.init(ctx, m.Payload)
	case "ping":
		s.write(ctx, message{Type: "pong", Payload: m.Payload})
	case "pong":
	case "subscribe":
		return s.subscribe(ctx, m)
	case "complete":
		s.finish(m.ID)
	default:
		s.close(closeInvalid, "Invalid message received")
		return false
	}
	return true
}

// init takes the token from the payload, {"Authorization": "Bearer TOKEN"}:
// browsers cannot send headers with a WebSocket.
func (s *socket) init(ctx context.Context, payload json.RawMessage) bool {
	var given struct{ Authorization string }
	if len(payload) > 0 && json.Unmarshal(payload, &given) != nil {
		s.close(closeInvalid, "Invalid message received")
		return false
	}
	s.mu.Lock()
	again := s.inited
	s.inited = true
	if given.Authorization != "" && !again {
		s.token = given.Authorization
	}
	s.mu.Unlock()
	if again {
		s.close(closeSecondInit, "Too many initialisation requests")
		return false
	}
	authenticated, ok := s.authenticated(ctx)
	if !ok {
		return false
	}
	s.conn.SetReadLimit(s.transport.limits.body(authenticated))
	s.write(ctx, message{Type: "connection_ack"})
	return true
}

// authenticated finds out who asks, with each operation anew: a token may have
// been revoked since. It closes the connection when the token is not valid.
func (s *socket) authenticated(ctx context.Context) (context.Context, bool) {
	if s.token == "" {
		return ctx, true
	}
	p, err := s.transport.store.Authenticate(ctx, Bearer(s.token))
	var refused *content.Error
	switch {
	case errors.As(err, &refused):
		s.close(closeUnauthorized, "Unauthorized")
		return ctx, false
	case err != nil:
		s.close(websocket.StatusInternalError, "internal error")
		return ctx, false
	}
	return content.WithPrincipal(ctx, p), true
}

func (s *socket) isInited() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inited
}

// subscribe starts an operation of any kind.
func (s *socket) subscribe(ctx context.Context, m message) bool {
	if !s.isInited() {
		s.close(closeUnauthorized, "Unauthorized")
		return false
	}
	params := &graphql.RawParams{}
	if m.ID == "" || unmarshal(m.Payload, params) != nil {
		s.close(closeInvalid, "Invalid message received")
		return false
	}
	params.Headers = s.header
	ctx, ok := s.authenticated(ctx)
	if !ok {
		return false
	}
	ctx, taken, full := s.reserve(ctx, m.ID)
	switch {
	case taken:
		s.close(closeDuplicate, "Subscriber for "+m.ID[:min(len(m.ID), 60)]+" already exists")
		return false
	case full:
		s.refuse(ctx, m.ID, refuse(http.StatusTooManyRequests, codeRateLimited, "a connection can run %d operations at once; complete one first", socketOperations))
	default:
		go s.operate(ctx, m.ID, params, len(m.Payload))
	}
	return true
}

// reserve makes the context of an operation, which finish ends, unless its id is
// taken or there are too many.
func (s *socket) reserve(ctx context.Context, id string) (_ context.Context, taken, full bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, taken = s.active[id]
	full = len(s.active) >= socketOperations
	if !taken && !full {
		ctx, s.active[id] = context.WithCancel(ctx)
	}
	return ctx, taken, full
}

// finish forgets an operation, and stops what is left of it. It tells whether
// the client still waited for it.
func (s *socket) finish(id string) bool {
	s.mu.Lock()
	stop := s.active[id]
	delete(s.active, id)
	s.mu.Unlock()
	if stop != nil {
		stop()
	}
	return stop != nil
}

// operate runs one operation, of a size in bytes, and sends its answers.
func (s *socket) operate(ctx context.Context, id string, params *graphql.RawParams, size int) {
	ctx = WithRequest(graphql.StartOperationTrace(ctx), &Request{ID: RequestOf(ctx).ID, Charge: RequestOf(ctx).Charge})
	defer func() {
		if cause := recover(); cause != nil {
			err, _ := errors.AsType[*gqlerror.Error](s.exec.(recoverer).PresentRecoveredError(ctx, cause))
			s.fail(ctx, id, gqlerror.List{err})
		}
	}()
	if refused := charged(ctx, requestCost+size/bytesPerCost); refused != nil {
		s.refuse(ctx, id, refused)
		return
	}
	done, refused := s.transport.gate.enter(ctx)
	if refused != nil {
		s.refuse(ctx, id, refused)
		return
	}
	defer func() { done() }()
	operation, errs := s.exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, operation)
	if len(errs) > 0 {
		s.fail(ctx, id, s.exec.DispatchError(ctx, errs[:min(len(errs), maxErrors)]).Errors)
		return
	}
	if operation.Operation.Operation == ast.Subscription {
		done() // waiting for events is no work
		done = func() {}
	}
	next, ctx := s.exec.DispatchOperation(ctx, operation)
	for answer := next(ctx); answer != nil; answer = next(ctx) {
		s.write(ctx, message{ID: id, Type: "next", Payload: RequestOf(ctx).withRate(encode(answer))})
	}
	if s.finish(id) {
		s.write(context.WithoutCancel(ctx), message{ID: id, Type: "complete"})
	}
}

// recoverer is what the engine's executor has beside its interface.
type recoverer interface {
	PresentRecoveredError(ctx context.Context, cause any) error
}

func (s *socket) refuse(ctx context.Context, id string, f *refusal) {
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{})
	s.fail(ctx, id, s.exec.DispatchError(ctx, gqlerror.List{f.err}).Errors)
}

// fail answers an operation that did not run.
func (s *socket) fail(ctx context.Context, id string, errs gqlerror.List) {
	s.finish(id)
	raw, err := json.Marshal(errs)
	if err != nil {
		panic(err) // texts, numbers, and lists and objects of them
	}
	s.write(context.WithoutCancel(ctx), message{ID: id, Type: "error", Payload: raw})
}

// write sends one message. A client that does not take it in time is dropped.
func (s *socket) write(ctx context.Context, m message) {
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // the payload was made by us, or was read as JSON
	}
	ctx, cancel := context.WithTimeout(ctx, socketWrite)
	defer cancel()
	_ = s.conn.Write(ctx, websocket.MessageText, raw) // the reader sees that it is closed
}

func (s *socket) close(code websocket.StatusCode, reason string) {
	_ = s.conn.Close(code, reason) // nobody is left to tell
}

func (s *socket) keepAlive(ctx context.Context, gone context.CancelFunc) {
	ticker := time.NewTicker(socketPing)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			waiting, cancel := context.WithTimeout(ctx, socketWrite)
			err := s.conn.Ping(waiting)
			cancel()
			if err != nil {
				gone()
				return
			}
		}
	}
}
