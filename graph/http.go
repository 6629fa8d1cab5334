package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/sync/semaphore"
)

// The media types of answers. The new one tells by its status whether a request
// was understood; the old one is 200 for all that is well-formed.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
	mediaEvents  = "text/event-stream"
)

// overHTTP answers GET, HEAD and POST as the GraphQL-over-HTTP specification
// wants it, and streams of server-sent events in the distinct connections mode
// of graphql-sse. The transports of the engine read bodies without limit, repeat
// them in errors, and know one status for everything.
type overHTTP struct {
	limits  Limits
	gate    *gate
	streams *streams
	bodies  *semaphore.Weighted
}

var _ graphql.Transport = (*overHTTP)(nil)

// newOverHTTP makes the transport.
func newOverHTTP(limits Limits, gate *gate, streams *streams) *overHTTP {
	return &overHTTP{limits: limits, gate: gate, streams: streams, bodies: semaphore.NewWeighted(max(bodyMemory, limits.Body, limits.AuthorBody))}
}

// Supports implements graphql.Transport: what is not for it, it refuses in words.
func (t *overHTTP) Supports(*http.Request) bool { return true }

// Do implements graphql.Transport.
func (t *overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media := accepted(r.Header)
	if err := t.do(w, r, exec, media); err != nil {
		if media == "" || media == mediaEvents {
			media = mediaJSON
		}
		err.write(r.Context(), w, exec, media)
	}
}

func (t *overHTTP) do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, media string) *refusal {
	w.Header().Add("Vary", "Accept, Accept-Encoding, Authorization")
	if media == "" {
		return refuse(http.StatusNotAcceptable, codeBadRequest, "the answer can be %s, %s or %s; accept one of them", mediaGraphQL, mediaJSON, mediaEvents)
	}
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if refused := charged(r.Context(), requestCost); refused != nil {
		return refused
	}
	read, refused := t.params(w, r)
	if refused != nil {
		return refused
	}
	done, refused := t.gate.enter(r.Context())
	if refused != nil {
		return refused
	}
	defer func() { done() }()
	params, refused := read()
	if refused != nil {
		return refused
	}
	operation, errs := exec.CreateOperationContext(r.Context(), params)
	ctx := graphql.WithOperationContext(r.Context(), operation)
	if len(errs) > 0 {
		reply(ctx, w, r, media, graphql.OneShot(exec.DispatchError(ctx, errs[:min(len(errs), maxErrors)])))
		return nil
	}
	switch kind := operation.Operation.Operation; {
	case kind == ast.Mutation && r.Method != http.MethodPost:
		w.Header().Set("Allow", "POST")
		return refuse(http.StatusMethodNotAllowed, codeBadRequest, "send a mutation by POST")
	case kind == ast.Subscription && media != mediaEvents:
		return refuse(http.StatusNotAcceptable, codeBadRequest, "a subscription is answered by a stream; accept %s, or use WebSocket", mediaEvents)
	case kind == ast.Subscription:
		done() // waiting for events is no work
		var closed func()
		if ctx, closed, refused = t.streams.open(ctx); refused != nil {
			done = func() {}
			return refused
		}
		done = closed
	}
	next, ctx := exec.DispatchOperation(ctx, operation)
	reply(ctx, w, r, media, next)
	return nil
}

// reply sends what there is to send, in the form that the client takes.
func reply(ctx context.Context, w http.ResponseWriter, r *http.Request, media string, next graphql.ResponseHandler) {
	if media == mediaEvents {
		openEvents(w).stream(ctx, next)
		return
	}
	if answer := next(ctx); answer != nil { // nil when the client is gone
		write(w, r, media, statusOf(answer, media), answer)
	}
}

// maxErrors bounds the errors of one answer: a query of nothing but mistakes
// would get an answer a hundred times its size.
const maxErrors = 20

// accepted picks the media type of the answer; "" when there is none that the
// client takes. Browsers, curl and fetch accept anything and know nothing of the
// new type, so they get the old one.
func accepted(h http.Header) string {
	header := strings.Join(h.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return mediaGraphQL
	}
	best, quality := "", ""
	for part := range strings.SplitSeq(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		switch media {
		case mediaGraphQL, mediaJSON, mediaEvents:
		case "*/*", "application/*":
			media = mediaJSON
		case "text/*":
			media = mediaEvents
		default:
			continue
		}
		q := params["q"]
		if q == "" {
			q = "1"
		}
		// Qualities are decimals from 0 to 1, which sort as texts.
		if strings.Trim(q, "0.") != "" && q > quality {
			best, quality = media, q
		}
	}
	return best
}

// params takes in what a request asks for, and charges its length. To read it is
// work, which the caller does when it is its turn.
func (t *overHTTP) params(w http.ResponseWriter, r *http.Request) (read func() (*graphql.RawParams, *refusal), refused *refusal) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		if refused := forged(r); refused != nil {
			return nil, refused
		}
		return func() (*graphql.RawParams, *refusal) { return query(r.URL) }, nil
	case http.MethodPost:
		if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != mediaJSON {
			return nil, refuse(http.StatusUnsupportedMediaType, codeBadRequest, "send the request as Content-Type: application/json")
		}
		body, refused := t.body(w, r)
		if refused != nil {
			return nil, refused
		}
		return func() (*graphql.RawParams, *refusal) { return decode(body) }, charged(r.Context(), len(body)/bytesPerCost)
	}
	w.Header().Set("Allow", methods)
	return nil, refuse(http.StatusMethodNotAllowed, codeBadRequest, "send the request by POST, or a query by GET")
}

// methods are those that are answered.
const methods = "GET, HEAD, POST, OPTIONS"

// preflighted are the headers that a page of another site can only send after
// asking; a form, an image or a link sends none of them.
var preflighted = []string{
	"Authorization", "Apollo-Require-Preflight", "X-Apollo-Operation-Name", "GraphQL-Preflight", "GraphQL-Require-Preflight", "X-Requested-With",
}

// forged refuses a request by GET that another site may have made a browser send
// with its cookies. The API itself uses no cookies.
func forged(r *http.Request) *refusal {
	if r.Header.Get("Cookie") == "" {
		return nil
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return nil
	}
	for _, name := range preflighted {
		if r.Header.Get(name) != "" {
			return nil
		}
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && media == mediaJSON {
		return nil
	}
	return refuse(http.StatusForbidden, codeBadRequest, "a request by GET with cookies may come from another site; leave the cookies out, or send the header GraphQL-Preflight: 1")
}

// query reads the parameters of a request by GET.
func query(u *url.URL) (*graphql.RawParams, *refusal) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, codeBadRequest, "the query string is not URL-encoded")
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, target := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" && unmarshal([]byte(text), target) != nil {
			return nil, refuse(http.StatusBadRequest, codeBadRequest, "%s is not a JSON object", name)
		}
	}
	return checked(params)
}

// Bodies that are read at once may take this much memory together, in bytes.
// Small ones, which nearly all are, do not count.
const (
	bodyMemory = 16 << 20
	smallBody  = 16 << 10
	bodyTime   = 10 * time.Second // a body must have arrived in this time
	bodyWait   = time.Second      // and be let in in this one
)

// body reads a bounded body, slowly sent or not.
func (t *overHTTP) body(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	limit := t.limits.body(r.Context())
	tooLong := refuse(http.StatusRequestEntityTooLarge, codeBadRequest, "the request is longer than %d bytes; send less at once", limit)
	if r.ContentLength > limit {
		return nil, tooLong
	}
	if size := r.ContentLength; size < 0 || size > smallBody {
		if size < 0 { // not told
			size = limit
		}
		waiting, cancel := context.WithTimeout(r.Context(), bodyWait)
		defer cancel()
		if t.bodies.Acquire(waiting, size) != nil {
			return nil, tooBusy()
		}
		defer t.bodies.Release(size)
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime)) // not every writer has one
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, is := errors.AsType[*http.MaxBytesError](err); is {
		return nil, tooLong
	}
	if err != nil {
		return nil, refuse(http.StatusBadRequest, codeBadRequest, "the request did not arrive whole; send it again")
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	return body, nil
}

// decode reads the parameters from a body.
func decode(body []byte) (*graphql.RawParams, *refusal) {
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); !json.Valid(body) || trimmed[0] != '{' {
		return nil, refuse(http.StatusBadRequest, codeBadRequest, `the body is not a JSON object; send {"query": "…", "variables": {…}}`)
	}
	params := &graphql.RawParams{}
	if err := unmarshal(body, params); err != nil {
		field := ""
		if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
			field = wrong.Field
		}
		return nil, refuse(http.StatusBadRequest, codeBadRequest, "%q is of the wrong type: query and operationName are texts, variables and extensions are objects", field)
	}
	return checked(params)
}

// unmarshal keeps numbers as they were written.
func unmarshal(raw []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(v); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}

func checked(params *graphql.RawParams) (*graphql.RawParams, *refusal) {
	if params.Query == "" && params.Extensions["persistedQuery"] == nil {
		return nil, refuse(http.StatusBadRequest, codeBadRequest, `there is no query; send {"query": "…"}`)
	}
	return params, nil
}
