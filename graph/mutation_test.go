package graph_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
)

const create = `mutation ($input: CreateArticleInput!) { createArticle(input: $input) {
	article { id slug status revision body authors { name } tags { slug } section { slug } image { url alt } external { source id } }
	userErrors { field message code } } }`

func TestCreateArticle(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	made := c.data(t, create, map[string]any{"input": map[string]any{
		"title": "Ferry returns", "body": "The **ferry**.", "authors": []string{"A. Writer"}, "tags": []string{"storm damage"}, "section": "Harbour/News",
		"image": map[string]any{"url": "https://example.org/i.png", "alt": "A ferry"}, "external": map[string]any{"source": "cms", "id": "7"},
	}})
	id := at(t, made, "createArticle", "article", "id")
	want := map[string]any{"article": map[string]any{
		"id": id, "slug": "ferry-returns", "status": "DRAFT", "revision": 1.0, "body": "<p>The <strong>ferry</strong>.</p>\n",
		"authors": []any{map[string]any{"name": "A. Writer"}}, "tags": []any{map[string]any{"slug": "storm-damage"}},
		"section": map[string]any{"slug": "harbour/news"}, "image": map[string]any{"url": "https://example.org/i.png", "alt": "A ferry"},
		"external": map[string]any{"source": "cms", "id": "7"},
	}, "userErrors": []any{}}
	if diff := cmp.Diff(any(want), made["createArticle"]); diff != "" {
		t.Errorf("createArticle (-want +got):\n%s", diff)
	}
	for role, seen := range map[content.Role]bool{"": false, content.RoleReader: false, content.RolePreviewer: true, content.RoleAuthor: true} {
		if got := c.as(role).data(t, `query ($id: ID!) { node(id: $id) { id } article(by: {slug: "ferry-returns"}) { title body } articles { totalCount } }`, map[string]any{"id": id}); (got["node"] != nil) != seen || (got["article"] != nil) != seen || at(t, got, "articles", "totalCount") != 0.0 {
			t.Errorf("%q is shown %v, want the draft there: %v, and no list with it", role, got, seen)
		}
	}
}

func TestUserErrorsNameTheirFields(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	c.data(t, create, map[string]any{"input": map[string]any{"title": "Taken"}})
	id := at(t, c.data(t, create, map[string]any{"input": map[string]any{"title": "Other", "external": map[string]any{"source": "cms", "id": "7"}}}), "createArticle", "article", "id")
	update := `mutation ($id: ID!, $revision: Int, $set: ArticleInput!) { updateArticle(input: {id: $id, expectedRevision: $revision, set: $set}) {
		article { id } userErrors { field code currentRevision } } }`
	mistake := func(code string, field ...any) map[string]any {
		return map[string]any{"field": append([]any{}, field...), "code": code, "currentRevision": nil}
	}
	conflict := mistake("CONFLICT", "expectedRevision")
	conflict["currentRevision"] = 1.0
	for name, tt := range map[string]struct {
		variables map[string]any
		want      []any
	}{
		"slug taken":   {map[string]any{"id": id, "set": map[string]any{"slug": "taken"}}, []any{mistake("CONFLICT", "set", "slug")}},
		"two at once":  {map[string]any{"id": id, "set": map[string]any{"title": nil, "slug": "No"}}, []any{mistake("BAD_USER_INPUT", "set", "title"), mistake("BAD_USER_INPUT", "set", "slug")}},
		"picture":      {map[string]any{"id": id, "set": map[string]any{"image": map[string]any{"url": "https://example.org", "credit": long(301)}}}, []any{mistake("BAD_USER_INPUT", "set", "image", "credit")}},
		"conflict":     {map[string]any{"id": id, "revision": 4, "set": map[string]any{"title": "x"}}, []any{conflict}},
		"not there":    {map[string]any{"id": "art_none", "set": map[string]any{"title": "x"}}, []any{mistake("NOT_FOUND", "id")}},
		"all is right": {map[string]any{"id": id, "set": map[string]any{}}, []any{}},
	} {
		got := c.data(t, update, tt.variables)
		if diff := cmp.Diff(any(tt.want), at(t, got, "updateArticle", "userErrors")); diff != "" {
			t.Errorf("%s: userErrors (-want +got):\n%s", name, diff)
		}
		if (at(t, got, "updateArticle", "article") == nil) != (len(tt.want) > 0) {
			t.Errorf("%s: the article is %v, want it null when there are mistakes", name, at(t, got, "updateArticle", "article"))
		}
	}
	taken := c.data(t, create, map[string]any{"input": map[string]any{"title": "x", "external": map[string]any{"source": "cms", "id": "7"}}})
	if diff := cmp.Diff([]any{"external"}, at(t, taken, "createArticle", "userErrors", 0, "field")); diff != "" {
		t.Errorf("createArticle with an external name that is taken: field (-want +got):\n%s", diff)
	}
}

func long(n int) string {
	s := make([]byte, n)
	for i := range s {
		s[i] = 'x'
	}
	return string(s)
}
