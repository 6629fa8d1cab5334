package publish

import (
	"context"
	"strings"

	"nutgraph/internal/content"
)

// WriteSummary puts a summary that a person has written in the place of the
// machine's.
func (d *Desk) WriteSummary(ctx context.Context, article content.ID, length content.SummaryLength, text string) (content.Summary, error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return content.Summary{}, err
	}
	if err := content.CheckSummary(text); err != nil {
		return content.Summary{}, err
	}
	return d.store.WriteSummary(ctx, article, length, cleanLines(text))
}

// cleanLines cleans each line of a text, and leaves out those that are blank.
func cleanLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = content.Clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// ClearSummary removes what a person has written. What is seen then, if
// anything, is the machine's.
func (d *Desk) ClearSummary(ctx context.Context, article content.ID, length content.SummaryLength) (*content.Summary, error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return nil, err
	}
	if err := d.store.ClearSummary(ctx, article, length); err != nil {
		return nil, err
	}
	all, err := d.store.Summaries(ctx, []content.ID{article}, length)
	if s, found := all[article]; found {
		return &s, err
	}
	return nil, err
}
