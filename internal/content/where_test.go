package content_test

import (
	"strings"
	"testing"

	"nutgraph/internal/content"
)

// nest puts a filter into others until it is depth levels deep.
func nest(w *content.ArticleWhere, depth int) *content.ArticleWhere {
	for level := 1; level < depth; level++ {
		switch level % 3 {
		case 0:
			w = &content.ArticleWhere{And: []*content.ArticleWhere{w}}
		case 1:
			w = &content.ArticleWhere{Or: []*content.ArticleWhere{w}}
		default:
			w = &content.ArticleWhere{Not: w}
		}
	}
	return w
}

// many are n levels side by side, each with a filter.
func many(n int) []*content.ArticleWhere {
	all := make([]*content.ArticleWhere, n)
	for i := range all {
		all[i] = &content.ArticleWhere{Title: &content.StringFilter{}}
	}
	return all
}

func TestWhereBounds(t *testing.T) {
	t.Parallel()
	values := make([]string, content.MaxWhereValues)
	tooMany := make([]string, content.MaxWhereValues+1)
	long := strings.Repeat("x", content.MaxWhereText)
	tooLong := long + "x"
	for name, tt := range map[string]struct {
		where *content.ArticleWhere
		want  string // "" when it is allowed
	}{
		"none":                 {nil, ""},
		"empty":                {&content.ArticleWhere{}, ""},
		"deepest":              {nest(&content.ArticleWhere{}, content.MaxWhereDepth), ""},
		"too deep":             {nest(&content.ArticleWhere{}, content.MaxWhereDepth+1), "where: is nested deeper than 6 levels; make it flatter"},
		"most":                 {&content.ArticleWhere{And: many(49), URL: &content.StringFilter{}}, ""},
		"too many":             {&content.ArticleWhere{And: many(50)}, "where: has more than 100 filters; ask for less at once"},
		"too many either":      {&content.ArticleWhere{Or: many(50)}, "where: has more than 100 filters; ask for less at once"},
		"too many empty":       {&content.ArticleWhere{Or: make([]*content.ArticleWhere, 0), And: empty(100)}, "where: has more than 100 filters; ask for less at once"},
		"values":               {&content.ArticleWhere{Title: &content.StringFilter{In: values, NotIn: values}}, ""},
		"too many in":          {&content.ArticleWhere{Language: &content.StringFilter{In: tooMany}}, "where: has an in or notIn of more than 100 values; ask for less at once"},
		"too many not in":      {&content.ArticleWhere{Tag: &content.SlugFilter{NotIn: tooMany}}, "where: has an in or notIn of more than 100 values; ask for less at once"},
		"too many ids":         {&content.ArticleWhere{ID: &content.IDFilter{In: make([]content.ID, 101)}}, "where: has an in or notIn of more than 100 values; ask for less at once"},
		"too many numbers":     {&content.ArticleWhere{WordCount: &content.IntFilter{In: make([]int, 101)}}, "where: has an in or notIn of more than 100 values; ask for less at once"},
		"too many deep inside": {nest(&content.ArticleWhere{Author: &content.SlugFilter{In: tooMany}}, 4), "where: has an in or notIn of more than 100 values; ask for less at once"},
		"long":                 {&content.ArticleWhere{Title: &content.StringFilter{Contains: &long}}, ""},
		"long to be equal":     {&content.ArticleWhere{Title: &content.StringFilter{Eq: &tooLong}}, ""},
		"too long":             {&content.ArticleWhere{Title: &content.StringFilter{Contains: &tooLong}}, "where: looks for a text of more than 10000 bytes; shorten it"},
		"too long at start":    {&content.ArticleWhere{Title: &content.StringFilter{StartsWith: &tooLong}}, "where: looks for a text of more than 10000 bytes; shorten it"},
		"too long a slug":      {&content.ArticleWhere{Section: &content.SlugFilter{StartsWith: &tooLong}}, "where: looks for a text of more than 10000 bytes; shorten it"},
	} {
		err := tt.where.Validate()
		if tt.want == "" {
			if err != nil {
				t.Errorf("%s: Validate() = %v, want nil", name, err)
			}
			continue
		}
		wantInvalid(t, name, err, "where")
		if err != nil && err.Error() != tt.want {
			t.Errorf("%s: Validate() = %v, want %s", name, err, tt.want)
		}
	}
}

func empty(n int) []*content.ArticleWhere {
	all := make([]*content.ArticleWhere, n)
	for i := range all {
		all[i] = &content.ArticleWhere{}
	}
	return all
}
