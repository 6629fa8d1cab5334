package model

import (
	"time"

	"nutgraph/internal/content"
)

// Webhook is an address that is told of events.
type Webhook struct{ content.Webhook }

// DisabledReason is nil while the webhook is on.
func (w *Webhook) DisabledReason() *string { return orNil(w.Webhook.DisabledReason) }

// WebhookDelivery is a message to a webhook.
type WebhookDelivery struct{ content.Delivery }

// Event is what the message tells.
func (d *WebhookDelivery) Event() content.EventKind { return d.Delivery.Event.Kind }

// EventID names the event.
func (d *WebhookDelivery) EventID() content.ID { return d.Delivery.Event.ID }

// ArticleID names the article, which may be gone.
func (d *WebhookDelivery) ArticleID() content.ID { return d.Delivery.Event.Article }

// NextAttemptAt is nil when there will be no other attempt.
func (d *WebhookDelivery) NextAttemptAt() *time.Time { return d.NextAt }

// LastAttemptAt is nil before the first attempt.
func (d *WebhookDelivery) LastAttemptAt() *time.Time { return d.LastAt }

// LastStatus is nil when there was no answer.
func (d *WebhookDelivery) LastStatus() *int {
	if d.Status == 0 {
		return nil
	}
	return &d.Status
}

// LastError is nil when nothing was wrong.
func (d *WebhookDelivery) LastError() *string { return orNil(d.Error) }
