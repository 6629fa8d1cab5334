package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// write sends one answer, and notes it for those who keep it.
func write(w http.ResponseWriter, r *http.Request, media string, status int, answer *graphql.Response) {
	body := encode(answer)
	h := w.Header()
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Cache-Control", cacheControl(r, status, answer))
	if r.Method != http.MethodPost && status == http.StatusOK && len(answer.Errors) == 0 {
		h.Set("ETag", ETag(body))
	}
	request := RequestOf(r.Context())
	request.status, request.answer = status, body
	if request.rate.Remaining > 0 {
		request.charge(len(body) / sentBytesPerCost) // what is there is sent, whatever it leaves
	}
	w.WriteHeader(status)
	_, _ = w.Write(request.withRate(body)) // nobody is left to tell
}

// cacheControl lets shared caches keep what everybody may read, if they ask
// each time whether it is still so. What was refused or failed is kept nowhere.
func cacheControl(r *http.Request, status int, answer *graphql.Response) string {
	switch {
	case r.Method == http.MethodPost, status != http.StatusOK, len(answer.Errors) > 0:
		return "no-store"
	case r.Header.Get("Authorization") != "":
		return "private, no-cache"
	}
	return "public, no-cache"
}

// encode writes an answer as JSON. An answer to a request that was refused has
// no data, not even null.
func encode(answer *graphql.Response) []byte {
	var b bytes.Buffer
	b.Grow(len(answer.Data) + 256)
	b.WriteByte('{')
	field := func(name string, v any) {
		raw, err := json.Marshal(v)
		if err != nil {
			panic(err) // texts, numbers, and lists and objects of them
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name + `":`)
		b.Write(raw)
	}
	if len(answer.Errors) > 0 {
		field("errors", answer.Errors)
	}
	if answer.Data != nil {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(`"data":`)
		b.Write(answer.Data) // is JSON already
	}
	if len(answer.Extensions) > 0 {
		field("extensions", answer.Extensions)
	}
	b.WriteByte('}')
	return b.Bytes()
}

// refusal is an answer to a request that never reached the engine.
type refusal struct {
	status int
	retry  time.Duration // after which it may go better; 0 when it will not
	err    *gqlerror.Error
}

func refuse(status int, code, format string, args ...any) *refusal {
	err := gqlerror.Errorf(format, args...)
	setCode(err, code)
	return &refusal{status: status, err: err}
}

// write sends the refusal in the form of every other answer.
func (f *refusal) write(ctx context.Context, w http.ResponseWriter, exec graphql.GraphExecutor, media string) {
	answer := exec.DispatchError(graphql.WithOperationContext(ctx, &graphql.OperationContext{}), gqlerror.List{f.err})
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if f.retry > 0 {
		w.Header().Set("Retry-After", seconds(f.retry))
	}
	w.WriteHeader(f.status)
	_, _ = w.Write(encode(answer)) // nobody is left to tell
}

// tooBusy asks the client to come again.
func tooBusy() *refusal {
	f := refuse(http.StatusServiceUnavailable, codeRateLimited, "the server is busy; try again in a second")
	f.retry = time.Second
	return f
}

func usedUp() *refusal {
	return refuse(http.StatusTooManyRequests, codeRateLimited, "you have asked for much in a short time; the header Retry-After tells when you can go on")
}

func seconds(d time.Duration) string {
	return strconv.Itoa(int((d + time.Second - 1) / time.Second))
}

// statusOf is the status of an answer. An answer with data, were it null, is 200,
// and so is every well-formed request of the old media type.
func statusOf(answer *graphql.Response, media string) int {
	code := ""
	if len(answer.Errors) > 0 {
		code, _ = answer.Errors[0].Extensions["code"].(string)
	}
	null := answer.Data == nil || bytes.Equal(answer.Data, []byte("null"))
	switch {
	case code == "", !null:
		return http.StatusOK
	case code == codeUnauthenticated:
		return http.StatusUnauthorized
	case code == codeForbidden:
		return http.StatusForbidden
	case code == codeRateLimited:
		return http.StatusTooManyRequests
	case answer.Data != nil, media == mediaJSON:
		return http.StatusOK
	case code == codeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// ETag names the bytes of an answer. It is weak, because the same answer may
// travel compressed.
func ETag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}
