package publish

import (
	"context"

	"nutgraph/internal/content"
)

// Webhooks lists the webhooks. Only administrators see them, or change any.
func (d *Desk) Webhooks(ctx context.Context) ([]content.Webhook, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return nil, err
	}
	return d.store.Webhooks(ctx)
}

// WebhookDeliveries reads a page of what was sent to a webhook, newest first.
func (d *Desk) WebhookDeliveries(ctx context.Context, webhook content.ID, w content.Window) (content.Page[content.Delivery], error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Page[content.Delivery]{}, err
	}
	return d.store.Deliveries(ctx, webhook, w)
}

// CreateWebhook makes a webhook and returns the secret that signs what is sent
// to it, which nothing can show again.
func (d *Desk) CreateWebhook(ctx context.Context, w content.Webhook) (content.Webhook, string, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Webhook{}, "", err
	}
	if err := w.Validate(); err != nil {
		return content.Webhook{}, "", err
	}
	return d.store.CreateWebhook(ctx, w)
}

// DeleteWebhook removes a webhook, and what was to be sent to it.
func (d *Desk) DeleteWebhook(ctx context.Context, id content.ID) error {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return err
	}
	return d.store.DeleteWebhook(ctx, id)
}

// EnableWebhook switches on a webhook that was switched off.
func (d *Desk) EnableWebhook(ctx context.Context, id content.ID) (content.Webhook, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Webhook{}, err
	}
	return d.store.EnableWebhook(ctx, id)
}

// RedeliverWebhook sends again what was sent, or was given up.
func (d *Desk) RedeliverWebhook(ctx context.Context, delivery content.ID) (content.Delivery, error) {
	if err := content.Allow(ctx, content.RoleAdmin); err != nil {
		return content.Delivery{}, err
	}
	return d.store.Redeliver(ctx, delivery)
}
