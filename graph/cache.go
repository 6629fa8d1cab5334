package graph

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/maypok86/otter/v2"

	"nutgraph/db"
)

// cache keeps answers for readers without a name, as long as the edition of the
// archive is the one they were made under. The edition is read before the answer
// is made: what changes meanwhile makes another edition, under which the answer
// is not used. So none is ever old, also not one that says "there is none".
type cache struct {
	store *db.DB
	gate  *gate // in which those wait who ask for much
	next  http.Handler
	kept  *otter.Cache[question, *kept]
}

// question is all of a request that its answer depends on.
type question struct{ method, accept, contentType, text string }

// kept is an answer, and what it has cost to make.
type kept struct {
	edition   db.Edition
	header    [len(keptHeaders)][]string
	body      []byte
	operation string
	cost      int
}

// keptHeaders are those that belong to an answer, and not to a request.
var keptHeaders = [...]string{"Content-Type", "Cache-Control", "Etag", "Vary"}

// keptOverhead is about what an entry takes beside its texts, in bytes.
const keptOverhead = 400

// newCache makes a cache of a number of bytes before a handler; 0 keeps nothing.
func newCache(size int64, store *db.DB, gate *gate, next http.Handler) http.Handler {
	if size <= 0 {
		return next
	}
	c := &cache{store: store, gate: gate, next: next}
	c.kept = otter.Must(&otter.Options[question, *kept]{
		MaximumWeight: uint64(size),
		Weigher: func(q question, k *kept) uint32 {
			return uint32(min(len(q.text)+len(q.accept)+len(k.body)+keptOverhead, 1<<31))
		},
	})
	return c
}

// ServeHTTP implements http.Handler.
func (c *cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q, ok := ask(w, r)
	if !ok {
		c.next.ServeHTTP(w, r)
		return
	}
	edition, err := c.store.Edition(r.Context())
	if err != nil {
		c.next.ServeHTTP(w, r) // which will meet the same error, and tell
		return
	}
	request, r := withRequest(r)
	if k, found := c.kept.GetIfPresent(q); found && k.edition == edition && request.charge(requestCost+k.cost+len(k.body)/sentBytesPerCost) {
		if done, refused := c.gate.pass(r.Context()); refused == nil {
			request.Operation, request.Cost, request.Cache = k.operation, k.cost, "hit"
			k.send(w, request)
			done()
			return
		}
	}
	request.Cache = "miss"
	var before [len(keptHeaders)]int // Vary may have a value from whoever came first
	for i, name := range keptHeaders {
		before[i] = len(w.Header()[name])
	}
	c.next.ServeHTTP(w, r)
	if request.status == http.StatusOK && request.readOnly && !request.private.Load() && request.Errors == 0 {
		k := &kept{edition: edition, body: request.answer, operation: request.Operation, cost: request.Cost}
		for i, name := range keptHeaders {
			if values := w.Header()[name]; len(values) > before[i] {
				k.header[i] = slices.Clone(values[before[i]:])
			}
		}
		c.kept.Set(q, k)
	}
}

// withRequest finds the facts of a request, and sees to it that there are some.
func withRequest(r *http.Request) (*Request, *http.Request) {
	if request, ok := r.Context().Value(requestKey{}).(*Request); ok {
		return request, r
	}
	request := &Request{}
	return request, r.WithContext(WithRequest(r.Context(), request))
}

// ask reads what a request asks for, if its answer may be kept: nobody tells who
// he is, and the question is short. The body can be read again.
func ask(w http.ResponseWriter, r *http.Request) (question, bool) {
	q := question{method: r.Method, accept: r.Header.Get("Accept"), contentType: r.Header.Get("Content-Type"), text: r.URL.RawQuery}
	for _, name := range []string{"Authorization", "Cookie", "Upgrade"} {
		if r.Header[name] != nil {
			return q, false
		}
	}
	if len(r.Header["Accept"]) > 1 || len(r.Header["Content-Type"]) > 1 {
		return q, false
	}
	switch {
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		return q, len(q.text) <= smallBody
	case r.Method != http.MethodPost, r.ContentLength <= 0, r.ContentLength > smallBody:
		return q, false
	}
	body := make([]byte, r.ContentLength)
	limited := http.NewResponseController(w)
	_ = limited.SetReadDeadline(time.Now().Add(bodyTime)) // not every writer has one
	n, err := io.ReadFull(r.Body, body)
	_ = limited.SetReadDeadline(time.Time{})
	// Whoever comes after finds what there was, and why it is not more.
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body[:n]), failing{err}), r.Body}
	q.text = string(body)
	return q, err == nil
}

// failing is the end of a body.
type failing struct{ err error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) {
	if f.err == nil {
		return 0, io.EOF
	}
	return 0, f.err
}

func (k *kept) send(w http.ResponseWriter, request *Request) {
	body, h := request.withRate(k.body), w.Header()
	for i, name := range keptHeaders {
		if k.header[i] != nil {
			h[name] = append(slices.Clip(h[name]), k.header[i]...)
		}
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // nobody is left to tell
}
