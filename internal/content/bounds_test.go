package content_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
)

func TestBoundsAndLanguages(t *testing.T) {
	t.Parallel()
	day := func(n int) *time.Time { return new(time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)) }
	published := func(f content.TimeFilter) *content.ArticleWhere { return &content.ArticleWhere{PublishedAt: &f} }
	for name, tt := range map[string]struct {
		where     *content.ArticleWhere
		bounds    content.Bounds
		languages []string
	}{
		"nothing":     {},
		"older":       {published(content.TimeFilter{Lt: day(3)}), content.Bounds{Until: day(3)}, nil},
		"between":     {published(content.TimeFilter{Gte: day(1), Lte: day(3)}), content.Bounds{Since: day(1), Until: day(3)}, nil},
		"the day":     {published(content.TimeFilter{Eq: day(2)}), content.Bounds{Since: day(2), Until: day(2)}, nil},
		"the nearer":  {&content.ArticleWhere{And: []*content.ArticleWhere{published(content.TimeFilter{Gt: day(1)}), published(content.TimeFilter{Gt: day(2), Lt: day(9)})}}, content.Bounds{Since: day(2), Until: day(9)}, nil},
		"or":          {&content.ArticleWhere{Or: []*content.ArticleWhere{published(content.TimeFilter{Gt: day(1)})}}, content.Bounds{}, nil},
		"not":         {&content.ArticleWhere{Not: published(content.TimeFilter{Gt: day(1)})}, content.Bounds{}, nil},
		"a language":  {&content.ArticleWhere{Language: &content.StringFilter{Eq: new("fr")}}, content.Bounds{}, []string{"fr"}},
		"languages":   {&content.ArticleWhere{And: []*content.ArticleWhere{nil, {Language: &content.StringFilter{In: []string{"fr", "de"}}}}}, content.Bounds{}, []string{"fr", "de"}},
		"no language": {&content.ArticleWhere{Language: &content.StringFilter{Ne: new("fr")}}, content.Bounds{}, nil},
	} {
		if diff := cmp.Diff(tt.bounds, tt.where.Bounds()); diff != "" {
			t.Errorf("%s: Bounds() (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(tt.languages, tt.where.Languages()); diff != "" {
			t.Errorf("%s: Languages() (-want +got):\n%s", name, diff)
		}
	}
}
