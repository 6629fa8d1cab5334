package graph

import (
	"context"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// Webhooks lists the webhooks.
func (r queryResolver) Webhooks(ctx context.Context) ([]model.Webhook, error) {
	all, err := r.desk.Webhooks(ctx)
	webhooks := make([]model.Webhook, len(all))
	for i, w := range all {
		webhooks[i] = model.Webhook{Webhook: w}
	}
	return webhooks, err
}

// WebhookDeliveries lists what was sent to a webhook.
func (r queryResolver) WebhookDeliveries(ctx context.Context, webhook content.ID, first *int, after *string, last *int, before *string) (*model.WebhookDeliveryConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.desk.WebhookDeliveries(ctx, webhook, w)
	return &model.WebhookDeliveryConnection{Page: convert(page, func(all []content.Delivery) []model.WebhookDelivery {
		deliveries := make([]model.WebhookDelivery, len(all))
		for i, d := range all {
			deliveries[i] = model.WebhookDelivery{Delivery: d}
		}
		return deliveries
	})}, err
}

// CreateWebhook makes a webhook.
func (r mutationResolver) CreateWebhook(ctx context.Context, input model.CreateWebhookInput) (*model.CreateWebhookPayload, error) {
	w, secret, err := r.desk.CreateWebhook(ctx, content.Webhook{URL: input.URL, Events: input.Events})
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.CreateWebhookPayload{UserErrors: userErrors}, failure
	}
	return &model.CreateWebhookPayload{Webhook: &model.Webhook{Webhook: w}, Secret: &secret, UserErrors: userErrors}, nil
}

// DeleteWebhook removes a webhook.
func (r mutationResolver) DeleteWebhook(ctx context.Context, input model.DeleteWebhookInput) (*model.DeleteWebhookPayload, error) {
	err := r.desk.DeleteWebhook(ctx, input.ID)
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.DeleteWebhookPayload{UserErrors: userErrors}, failure
	}
	return &model.DeleteWebhookPayload{DeletedID: &input.ID, UserErrors: userErrors}, nil
}

// EnableWebhook switches a webhook on again.
func (r mutationResolver) EnableWebhook(ctx context.Context, input model.EnableWebhookInput) (*model.WebhookPayload, error) {
	w, err := r.desk.EnableWebhook(ctx, input.ID)
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.WebhookPayload{UserErrors: userErrors}, failure
	}
	return &model.WebhookPayload{Webhook: &model.Webhook{Webhook: w}, UserErrors: userErrors}, nil
}

// RedeliverWebhook sends something again.
func (r mutationResolver) RedeliverWebhook(ctx context.Context, input model.RedeliverWebhookInput) (*model.RedeliverWebhookPayload, error) {
	d, err := r.desk.RedeliverWebhook(ctx, input.Delivery)
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.RedeliverWebhookPayload{UserErrors: userErrors}, failure
	}
	return &model.RedeliverWebhookPayload{Delivery: &model.WebhookDelivery{Delivery: d}, UserErrors: userErrors}, nil
}
