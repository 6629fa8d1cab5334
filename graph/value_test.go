package graph_test

import (
	"net/http"
	"strings"
	"testing"

	"nutgraph/db/dbtest"
)

// TestInputs sends values that are of their types, and values that are not, which
// are refused before anything runs.
func TestInputs(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	const (
		article = "query ($v: ArticleBy!) { article(by: $v) { slug } }"
		first   = "query ($v: Int) { articles(first: $v) { nodes { slug } } }"
		where   = "query ($v: ArticleWhere) { articles(first: 1, where: $v) { nodes { slug } } }"
		order   = "query ($v: [ArticleOrder!]) { articles(first: 1, orderBy: $v) { nodes { slug } } }"
		node    = "query ($v: ID!) { node(id: $v) { id } }"
		search  = "query ($v: String!) { search(query: $v, first: 1) { nodes { slug } } }"
		before  = "query ($v: DateTime) { articles(first: 1, where: {publishedAt: {lt: $v}}) { nodes { slug } } }"
		byURL   = "query ($v: URL!) { article(by: {url: $v}) { slug } }"
		skip    = "query ($v: Boolean!) { articles(first: 1) @skip(if: $v) { nodes { slug } } }"
	)
	for _, test := range []struct{ query, value, want string }{
		{article, `{"slug": "a"}`, ""},
		{article, `{"external": {"source": "a", "id": "b"}}`, ""},
		{article, `{"slug": null}`, "$v: ArticleBy takes exactly one field, and not null"},
		{article, `{"slug": "a", "id": null}`, "$v: ArticleBy takes exactly one field"},
		{article, `{"slug": "a", "id": "b"}`, "$v: ArticleBy takes exactly one field"},
		{article, `{}`, "$v: ArticleBy takes exactly one field"},
		{article, `{"nothing": "a"}`, "$v.nothing: unknown field"},
		{article, `{"external": {"source": "a"}}`, "$v.external.id: must be defined"},
		{article, `"a"`, "$v: must be a ArticleBy"},
		{first, `5`, ""},
		{first, `null`, ""},
		{first, `"5"`, `$v: "5" is not an Int`},
		{first, `5.5`, "$v: "},
		{first, `4294967297`, "$v: 4294967297 is not an Int of 32 bits"},
		{first, `true`, "$v: "},
		{where, `{"wordCount": {"gt": 2147483647}}`, ""},
		{where, `{"wordCount": {"gt": 2147483648}}`, "$v.wordCount.gt: 2147483648 is not an Int"},
		{where, `{"wordCount": {"gt": -2147483649}}`, "$v.wordCount.gt: -2147483649 is not an Int"},
		{where, `{"wordCount": {"gt": "1"}}`, `$v.wordCount.gt: "1" is not an Int`},
		{where, `{"wordCount": {"in": [1, 2]}}`, ""},
		{where, `{"wordCount": {"in": 1}}`, ""},
		{where, `{"wordCount": {"in": [1, "2"]}}`, `$v.wordCount.in[1]: "2" is not an Int`},
		{where, `{"slug": {"eq": 5}}`, "$v.slug.eq: 5 is not a String"},
		{where, `{"and": [{"publishedAt": {"lt": "yesterday"}}]}`, `$v.and[0].publishedAt.lt: "yesterday" is not a DateTime`},
		{where, `{"and": {"publishedAt": {"isNull": "no"}}}`, `$v.and`},
		{order, `[{"field": "TITLE"}]`, ""},
		{order, `{"field": "TITLE", "direction": "DESC"}`, ""},
		{order, `[{"field": "title"}]`, `$v[0].field: "title" is not a value of ArticleOrderField`},
		{order, `[{"field": 1}]`, "$v[0].field: "},
		{order, `[null]`, "$v[0]: cannot be null"},
		{node, `"x"`, ""},
		{node, `5`, ""},
		{node, `1.5`, "$v: 1.5 is not an ID"},
		{node, `true`, "$v: "},
		{node, `[["x"]]`, "$v: "},
		{search, `"harbour"`, ""},
		{search, `5`, "$v: 5 is not a String"},
		{search, `null`, "$v: cannot be null"},
		{before, `"2026-03-01T06:30:00Z"`, ""},
		{before, `"2026-02-29T00:00:00Z"`, "$v: "},
		{before, `5`, "$v: "},
		{byURL, `"https://example.com/a"`, ""},
		{byURL, `"javascript:alert(1)"`, "$v: "},
		{skip, `false`, ""},
		{skip, `"false"`, "$v: "},
		{skip, `0`, "$v: "},
	} {
		got := c.send(t, http.MethodPost, "/graphql", `{"query": "`+test.query+`", "variables": {"v": `+test.value+`}}`, "Content-Type", "application/json")
		if test.want == "" {
			if got.status != http.StatusOK || len(got.Errors) > 0 {
				t.Errorf("%s with %s is answered %d %s", test.query, test.value, got.status, got.text)
			}
			continue
		}
		if got.status != http.StatusBadRequest || got.code() != "BAD_USER_INPUT" || !strings.HasPrefix(got.Errors[0].Message, test.want) || got.Errors[0].Path != nil {
			t.Errorf("%s with %s is answered %d %s, want 400 BAD_USER_INPUT %q", test.query, test.value, got.status, got.text, test.want)
		}
	}
}

// TestLiterals does the same for values in the text of a query.
func TestLiterals(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	for query, want := range map[string]string{
		`{ articles(first: 1, where: {publishedAt: {lt: "2026-03-01T06:30:00Z"}}) { nodes { slug } } }`:        "",
		`{ articles(first: 1, where: {publishedAt: {lt: null}}) { nodes { slug } } }`:                          "",
		`{ articles(first: 1, where: {publishedAt: {lt: "yesterday"}}) { nodes { slug } } }`:                   `"yesterday" is not a DateTime`,
		`{ articles(first: 1, where: {publishedAt: {in: ["2026-03-01T06:30:00Z", "x"]}}) { nodes { slug } } }`: `"x" is not a DateTime`,
		`{ articles(first: 1, where: {publishedAt: {lt: 5}}) { nodes { slug } } }`:                             "is not a DateTime",
		`{ article(by: {url: "ftp://example.com"}) { slug } }`:                                                 "is not a URL",
		`{ article(by: {slug: null}) { slug } }`:                                                               "must be non-null",
		`{ article(by: {slug: "a", id: "b"}) { slug } }`:                                                       "exactly one key",
		`query ($s: String) { article(by: {slug: $s}) { slug } }`:                                              "must be non-nullable",
		`{ articles(first: 4294967297) { nodes { slug } } }`:                                                   "32",
		`{ articles(first: "1") { nodes { slug } } }`:                                                          "Int cannot represent",
		`{ articles(first: 1, orderBy: {field: title}) { nodes { slug } } }`:                                   "does not exist",
	} {
		got := c.post(t, query, nil)
		if want == "" {
			if got.status != http.StatusOK || len(got.Errors) > 0 {
				t.Errorf("%s is answered %d %+v", query, got.status, got.Errors)
			}
			continue
		}
		if got.status != http.StatusBadRequest || got.code() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(got.Errors[0].Message, want) {
			t.Errorf("%s is answered %d %+v, want 400 GRAPHQL_VALIDATION_FAILED %q", query, got.status, got.Errors, want)
		}
	}
}
