package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// Bounds of a delivery.
const (
	// DeliveryTime is how long a receiver may take to answer.
	DeliveryTime = 15 * time.Second
	courierPoll  = 500 * time.Millisecond
	maxAnswer    = 64 << 10 // bytes read of an answer, so that its connection can be used again
)

// Courier delivers events to webhooks. What is to be delivered stands in the
// database, written together with the change it tells of, so a crash loses
// nothing and repeats at most the deliveries that were under way. Each receiver
// is served by a goroutine of its own, so that one that hangs holds up nobody.
//
// Messages are signed as Standard Webhooks says
// (https://github.com/standard-webhooks/standard-webhooks): the same id for each
// attempt, a new time and signature.
type Courier struct {
	store  *db.DB
	client *http.Client
	log    *slog.Logger
	now    func() time.Time

	mu   sync.Mutex
	busy map[content.ID]bool // the receivers that are being served
	all  sync.WaitGroup
}

// NewCourier returns the courier of an archive. The client should keep out of
// the house's own network, and follow no redirect.
func NewCourier(store *db.DB, client *http.Client, log *slog.Logger, now func() time.Time) *Courier {
	return &Courier{store: store, client: client, log: log, now: now, busy: map[content.ID]bool{}}
}

// Run delivers until ctx ends, and returns when no delivery is under way.
func (c *Courier) Run(ctx context.Context) {
	defer c.all.Wait()
	tick := time.NewTicker(courierPoll)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := c.start(ctx); err != nil && ctx.Err() == nil {
			c.log.ErrorContext(ctx, "looking for deliveries failed", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// start starts delivering what is due.
func (c *Courier) start(ctx context.Context) error {
	receivers, err := c.store.WebhooksDue(ctx, c.now())
	for _, id := range receivers {
		c.serve(ctx, id)
	}
	return err
}

// serve starts delivering what is due to one receiver, unless it is being served.
func (c *Courier) serve(ctx context.Context, webhook content.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy[webhook] {
		return
	}
	c.busy[webhook] = true
	c.all.Go(func() {
		defer func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			delete(c.busy, webhook)
		}()
		if err := c.deliverAll(ctx, webhook); err != nil && ctx.Err() == nil {
			c.log.ErrorContext(ctx, "delivering failed", slog.String("webhook", string(webhook)), slog.Any("error", err))
		}
	})
}

// deliverAll delivers what is due to one receiver, in its order.
func (c *Courier) deliverAll(ctx context.Context, webhook content.ID) error {
	for {
		d, target, err := c.store.NextDelivery(ctx, webhook, c.now())
		if e, ok := errors.AsType[*content.Error](err); ok && e.Code == content.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		attempt := c.attempt(ctx, d, target)
		if ctx.Err() != nil {
			return ctx.Err() // the end of the server is no fault of the receiver
		}
		if err := c.store.SaveAttempt(ctx, d.ID, attempt); err != nil {
			return fmt.Errorf("save attempt: %w", err)
		}
		if attempt.Error != "" {
			c.log.WarnContext(ctx, "delivery failed", slog.String("webhook", string(webhook)), slog.String("delivery", string(d.ID)),
				slog.Int("attempt", d.Attempts+1), slog.String("error", attempt.Error))
		}
	}
}

// attempt sends a delivery once.
func (c *Courier) attempt(ctx context.Context, d content.Delivery, target db.Target) content.Attempt {
	attempt := content.Attempt{At: c.now().UTC()}
	request, err := message(ctx, d.Event, target, attempt.At)
	if err != nil {
		attempt.Error = err.Error()
		return attempt
	}
	response, err := c.client.Do(request)
	if err != nil {
		attempt.Error = reason(err)
		return attempt
	}
	defer func() { _ = response.Body.Close() }() // what it says does not matter any more
	_, _ = io.CopyN(io.Discard, response.Body, maxAnswer)
	attempt.Status = response.StatusCode
	attempt.Gone = response.StatusCode == http.StatusGone
	if response.StatusCode < 200 || response.StatusCode > 299 {
		attempt.Error = "the receiver answered " + response.Status
	}
	return attempt
}

// message makes the signed request that tells of an event.
func message(ctx context.Context, e content.Event, target db.Target, at time.Time) (*http.Request, error) {
	body, err := json.Marshal(newPayload(e))
	if err != nil {
		return nil, err
	}
	signer, err := standardwebhooks.NewWebhook(target.Secret)
	if err != nil {
		return nil, fmt.Errorf("the secret of the webhook is damaged: %w", err)
	}
	signature, err := signer.Sign(string(e.ID), at, body)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Nutgraph")
	request.Header.Set(standardwebhooks.HeaderWebhookID, string(e.ID))
	request.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	request.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	return request, nil
}

// reason is an error of the client without the address, which the reader of the
// message knows.
func reason(err error) string {
	var wrapped interface{ Unwrap() error }
	if errors.As(err, &wrapped) && wrapped.Unwrap() != nil {
		err = wrapped.Unwrap()
	}
	return err.Error()
}
