package content

import (
	"errors"
	"net/url"
	"slices"
	"time"
)

// WebhookPrefix and DeliveryPrefix begin the ids of webhooks and of what is sent to them.
const (
	WebhookPrefix  = "whk_"
	DeliveryPrefix = "dlv_"
)

// Limits of webhooks.
const (
	MaxWebhooks   = 100
	MaxWebhookURL = 2000 // bytes
)

// Webhook is an address that wants to be told what happens to articles.
type Webhook struct {
	ID             ID
	URL            string
	Events         []EventKind
	CreatedAt      time.Time
	FailingSince   *time.Time // the first failure after the last success
	DisabledAt     *time.Time // since when nothing is sent any more
	DisabledReason string
}

// Validate checks what somebody asks a webhook to be. The error joins one
// *Error for each mistake.
func (w *Webhook) Validate() error {
	var errs []error
	if u, err := url.Parse(w.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		errs = append(errs, FieldErrorf("url", "give an absolute https address"))
	} else if u.User != nil || u.Fragment != "" {
		errs = append(errs, FieldErrorf("url", "leave out user, password and fragment; deliveries are signed with a secret"))
	}
	if len(w.URL) > MaxWebhookURL {
		errs = append(errs, FieldErrorf("url", "has more than %d bytes", MaxWebhookURL))
	}
	if len(w.Events) == 0 {
		errs = append(errs, FieldErrorf("events", "name at least one event"))
	}
	slices.Sort(w.Events)
	w.Events = slices.Compact(w.Events)
	return errors.Join(errs...)
}

// DeliveryState says what became of a delivery.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryWaiting   DeliveryState = "WAITING"   // for its first or its next attempt
	DeliveryDelivered DeliveryState = "DELIVERED" // the receiver said so
	DeliveryFailed    DeliveryState = "FAILED"    // every attempt has failed
)

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID        ID
	WebhookID ID
	Event     Event
	State     DeliveryState
	Attempts  int
	NextAt    *time.Time // of the next attempt, while it is waiting
	LastAt    *time.Time // of the last attempt
	Status    int        // the last answer of HTTP; 0 when there was none
	Error     string     // what was wrong with the last attempt
}

// retries are the pauses after each failed attempt: close together at first,
// for a receiver that restarts, and over a day in all, for one that is down.
var retries = []time.Duration{
	5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 9 * time.Hour,
}

// RetryAfter returns the pause after so many failed attempts, and false when
// there is to be no other.
func RetryAfter(attempts int) (time.Duration, bool) {
	if attempts > len(retries) {
		return 0, false
	}
	return retries[max(attempts, 1)-1], true
}

// Attempt is what came of trying to deliver.
type Attempt struct {
	At     time.Time
	Status int    // the answer of HTTP; 0 when there was none
	Error  string // empty when it was delivered
	Gone   bool   // the receiver wants nothing any more
}

// Settle returns the delivery as it is after an attempt.
func (d Delivery) Settle(a Attempt) Delivery {
	d.Attempts++
	d.LastAt, d.NextAt, d.Status, d.Error = &a.At, nil, a.Status, a.Error
	pause, again := RetryAfter(d.Attempts)
	switch {
	case a.Error == "":
		d.State = DeliveryDelivered
	case again && !a.Gone:
		next := a.At.Add(pause)
		d.NextAt = &next
	default:
		d.State = DeliveryFailed
	}
	return d
}

// Settle returns the webhook as it is after an attempt of one of its
// deliveries, which is already settled. It is switched off when the receiver is
// gone for good, or when a delivery has failed for the last time and none has
// succeeded since its first attempt.
func (w Webhook) Settle(d Delivery, a Attempt) Webhook {
	switch {
	case a.Error == "":
		w.FailingSince = nil
		return w
	case w.FailingSince == nil:
		w.FailingSince = &a.At
	}
	switch {
	case a.Gone:
		w.DisabledAt, w.DisabledReason = &a.At, "the receiver answered 410 Gone"
	case d.State == DeliveryFailed && a.At.Sub(*w.FailingSince) >= sustained:
		w.DisabledAt = &a.At
		w.DisabledReason = "every delivery has failed since " + w.FailingSince.UTC().Format(time.DateTime) + " UTC, the last with: " + a.Error
	}
	return w
}

// sustained is how long every delivery must have failed before a webhook is
// switched off: as long as one delivery is tried.
const sustained = 24 * time.Hour
