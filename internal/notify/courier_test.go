package notify

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/outbound"
	"nutgraph/internal/publish"
)

// office is an archive with a courier whose clock the test turns.
type office struct {
	*testing.T
	file    string
	store   *db.DB
	courier *Courier

	mu  sync.Mutex
	now time.Time
}

// newPost is an office that delivers.
func newPost(t *testing.T, o outbound.Options) *office {
	t.Helper()
	of := newOffice(t)
	o.Timeout, o.NoRedirects = 10*time.Second, true
	of.courier = NewCourier(of.store, outbound.Client(o), slog.New(slog.DiscardHandler), of.clock)
	return of
}

func (of *office) clock() time.Time {
	of.mu.Lock()
	defer of.mu.Unlock()
	return of.now
}

func (of *office) later(d time.Duration) {
	of.mu.Lock()
	defer of.mu.Unlock()
	of.now = of.now.Add(d)
}

// webhook makes a webhook for publications.
func (of *office) webhook(url string) (content.ID, string) {
	of.Helper()
	w, secret, err := of.store.CreateWebhook(of.Context(), content.Webhook{URL: url, Events: []content.EventKind{content.ArticlePublished}})
	if err != nil {
		of.Fatal(err)
	}
	return w.ID, secret
}

// deliver delivers what is due, until nothing is under way.
func (of *office) deliver() {
	of.Helper()
	if err := of.courier.start(of.Context()); err != nil {
		of.Fatal(err)
	}
	of.courier.all.Wait()
}

// deliveries are the states of what was sent to a webhook, newest first.
func (of *office) deliveries(webhook content.ID) []content.Delivery {
	of.Helper()
	page, err := of.store.Deliveries(of.Context(), webhook, content.Window{Limit: 100})
	if err != nil {
		of.Fatal(err)
	}
	return page.Nodes()
}

// only is the webhook there is.
func (of *office) only() content.Webhook {
	of.Helper()
	all, err := of.store.Webhooks(of.Context())
	if err != nil || len(all) != 1 {
		of.Fatalf("%d webhooks, %v", len(all), err)
	}
	return all[0]
}

// receiver notes what it is sent, and answers with a status of the test's choice.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []received
}

type received struct {
	header http.Header
	body   string
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{status: http.StatusNoContent}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, received{request.Header, string(body)})
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

// all is what has come so far.
func (r *receiver) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]received(nil), r.got...)
}

func TestDelivery(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	webhook, secret := of.webhook(r.URL)
	of.publish("ferry")
	of.deliver()
	of.deliver()
	got := r.all()
	if len(got) != 1 {
		t.Fatalf("%d requests, want 1", len(got))
	}
	want := `{"type":"article.published","timestamp":"2026-11-01T12:00:00.000Z","data":{"id":"ART","slug":"ferry","title":"Ferry","revision":1}}`
	d := of.deliveries(webhook)[0]
	if body := strings.ReplaceAll(got[0].body, string(d.Event.Article), "ART"); body != want {
		t.Errorf("the body is\n%s, want\n%s", body, want)
	}
	if id := got[0].header.Get("webhook-id"); id != string(d.Event.ID) {
		t.Errorf("webhook-id is %q, want the event %q", id, d.Event.ID)
	}
	verifier, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := verifier.VerifyIgnoringTimestamp([]byte(got[0].body), got[0].header); err != nil {
		t.Errorf("the signature: %v", err)
	}
	if d.State != content.DeliveryDelivered || d.Attempts != 1 || d.Status != http.StatusNoContent {
		t.Errorf("the delivery is %+v", d)
	}
}

func TestDeliveryIsTriedAgain(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	webhook, secret := of.webhook(r.URL)
	r.answer(http.StatusInternalServerError)
	of.publish("ferry")
	of.deliver()
	of.later(4 * time.Second)
	of.deliver() // too early
	d := of.deliveries(webhook)[0]
	if d.State != content.DeliveryWaiting || d.Attempts != 1 || d.Error != "the receiver answered 500 Internal Server Error" || of.only().FailingSince == nil {
		t.Fatalf("after the first attempt: %+v, %+v", d, of.only())
	}
	r.answer(http.StatusOK)
	of.later(time.Second)
	of.deliver()
	if d = of.deliveries(webhook)[0]; d.State != content.DeliveryDelivered || d.Attempts != 2 || of.only().FailingSince != nil {
		t.Errorf("after the second attempt: %+v, %+v", d, of.only())
	}
	got := r.all()
	if len(got) != 2 || got[0].header.Get("webhook-id") != got[1].header.Get("webhook-id") || got[0].body != got[1].body {
		t.Fatalf("the attempts differ: %v", got)
	}
	if got[0].header.Get("webhook-signature") == got[1].header.Get("webhook-signature") {
		t.Error("the second attempt has the signature of the first")
	}
	verifier, _ := standardwebhooks.NewWebhook(secret)
	if err := verifier.VerifyIgnoringTimestamp([]byte(got[1].body), got[1].header); err != nil {
		t.Errorf("the second signature: %v", err)
	}
}

func TestDeadReceiverIsSwitchedOff(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	webhook, _ := of.webhook(r.URL)
	r.answer(http.StatusBadGateway)
	of.publish("ferry")
	attempts := 0
	for start := of.clock(); of.clock().Sub(start) < 26*time.Hour && of.only().DisabledAt == nil; of.later(time.Second * 30) {
		of.deliver()
		attempts = len(r.all())
	}
	w := of.only()
	if w.DisabledAt == nil || !strings.HasSuffix(w.DisabledReason, "the last with: the receiver answered 502 Bad Gateway") || attempts != 11 {
		t.Fatalf("after %d attempts: %+v", attempts, w)
	}
	of.publish("tide") // nothing is left for it any more
	r.answer(http.StatusOK)
	of.deliver()
	if n := len(r.all()); n != attempts {
		t.Errorf("%d requests came after it was switched off", n-attempts)
	}
	if _, err := of.store.EnableWebhook(t.Context(), webhook); err != nil {
		t.Fatal(err)
	}
	if _, err := of.store.Redeliver(t.Context(), of.deliveries(webhook)[0].ID); err != nil {
		t.Fatal(err)
	}
	of.deliver()
	var states []content.DeliveryState
	for _, d := range of.deliveries(webhook) {
		states = append(states, d.State)
	}
	if diff := cmp.Diff([]content.DeliveryState{content.DeliveryDelivered}, states); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
}

func TestGoneReceiverIsSwitchedOff(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	of.webhook(r.URL)
	r.answer(http.StatusGone)
	of.publish("ferry")
	of.deliver()
	if w := of.only(); w.DisabledAt == nil || w.DisabledReason != "the receiver answered 410 Gone" {
		t.Errorf("the webhook is %+v", w)
	}
}

func TestHangingReceiverHoldsUpNobody(t *testing.T) {
	t.Parallel()
	of, quick := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	released, met := make(chan struct{}), make(chan struct{}, 1)
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		met <- struct{}{}
		<-released
	}))
	t.Cleanup(slow.Close)
	of.webhook(slow.URL)
	webhook, _ := of.webhook(quick.URL)
	of.publish("ferry")
	if err := of.courier.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-met
	for of.deliveries(webhook)[0].State != content.DeliveryDelivered {
		select {
		case <-t.Context().Done():
			t.Fatal("the quick receiver waits for the slow one")
		case <-time.After(time.Millisecond):
		}
	}
	close(released)
	of.courier.all.Wait()
}

func TestDeliveryKeepsOutOfTheHouse(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{}), newReceiver(t)
	webhook, _ := of.webhook(r.URL)
	of.publish("ferry")
	of.deliver()
	if d := of.deliveries(webhook)[0]; len(r.all()) > 0 || !strings.Contains(d.Error, "the address is private") {
		t.Errorf("%d requests came through, and the delivery is %+v", len(r.all()), d)
	}
}

func TestOldEventsAreForgotten(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	webhook, _ := of.webhook(r.URL)
	of.publish("delivered")
	of.deliver()
	of.publish("waiting")
	for _, c := range []struct {
		before time.Time
		want   int
	}{{of.clock(), 2}, {of.clock().Add(time.Second), 1}} {
		if err := of.store.ForgetEvents(t.Context(), c.before); err != nil {
			t.Fatal(err)
		}
		if got := of.deliveries(webhook); len(got) != c.want || got[0].Event.Slug != "waiting" {
			t.Errorf("before %v: %d deliveries are left, want %d", c.before, len(got), c.want)
		}
	}
}

// publish publishes an article with a slug.
func (of *office) publish(slug string) {
	of.Helper()
	item := ingest.Item{Draft: content.Draft{Slug: slug, Title: strings.ToUpper(slug[:1]) + slug[1:], Body: "The ferry sails."}}
	report, err := publish.Import(of.Context(), of.store, slices.Values([]ingest.Item{item}), publish.Options{})
	if err != nil || report.Created != 1 {
		of.Fatalf("publish %s: %+v, %v", slug, report, err)
	}
}
