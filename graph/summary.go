package graph

import (
	"context"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// WriteSummary puts a person's summary in the place of the machine's.
func (r mutationResolver) WriteSummary(ctx context.Context, input model.WriteSummaryInput) (*model.SummaryPayload, error) {
	s, err := r.desk.WriteSummary(ctx, input.Article, input.Length, input.Text)
	return summaryPayload(&s, err)
}

// ClearSummary removes a person's summary.
func (r mutationResolver) ClearSummary(ctx context.Context, input model.ClearSummaryInput) (*model.SummaryPayload, error) {
	s, err := r.desk.ClearSummary(ctx, input.Article, input.Length)
	return summaryPayload(s, err)
}

func summaryPayload(s *content.Summary, err error) (*model.SummaryPayload, error) {
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.SummaryPayload{UserErrors: userErrors}, failure
	}
	return &model.SummaryPayload{Summary: s, UserErrors: userErrors}, nil
}
