package content_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
)

func TestParseSection(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want []content.Section
	}{
		{"", nil},
		{" / // ", nil},
		{"☃", nil},
		{"World News", []content.Section{{Slug: "world-news", Name: "World News"}}},
		{"world", []content.Section{{Slug: "world", Name: "World"}}},
		{"world-news", []content.Section{{Slug: "world-news", Name: "World news"}}},
		{"world/europe", []content.Section{{Slug: "world", Name: "World"}, {Slug: "world/europe", Name: "Europe"}}},
		{"/ World // Élections 2026 /", []content.Section{{Slug: "world", Name: "World"}, {Slug: "world/elections-2026", Name: "Élections 2026"}}},
		{"a/☃/a", []content.Section{{Slug: "a", Name: "A"}, {Slug: "a/a", Name: "A"}}},
		{"iPhone/2026", []content.Section{{Slug: "iphone", Name: "iPhone"}, {Slug: "iphone/2026", Name: "2026"}}},
	} {
		if diff := cmp.Diff(tt.want, content.ParseSection(tt.in)); diff != "" {
			t.Errorf("ParseSection(%q) (-want +got):\n%s", tt.in, diff)
		}
	}
}
