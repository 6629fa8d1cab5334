package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

// TestGuards sends to each guard an operation that it lets through, and one that
// is a little more.
func TestGuards(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	aliases := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " a%d: wordCount", i)
		}
		return "{ articles(first: 1) { nodes {" + b.String() + " } } }"
	}
	roots := func(n int) string {
		b := "{ __typename tag(by: {slug: \"x\"}) { id }"
		for i := range n - 2 {
			b += fmt.Sprintf(" a%d: __typename", i)
		}
		return b + " }"
	}
	depth := func(n int) string { // articles, nodes, and n-3 times next, and slug
		return "{ articles(first: 1) { nodes {" + strings.Repeat(" next {", n-3) + " slug" + strings.Repeat(" }", n-3) + " } } }"
	}
	introspection := func(n int) string {
		return "{ __schema { queryType { fields {" + " type {" + strings.Repeat(" ofType {", n-5) + " name" + strings.Repeat(" }", n-5) + " } } } } }"
	}
	fan := func(n int) string { // 2^n fields
		b := "{ ...F0 }"
		for i := range n {
			b += fmt.Sprintf(" fragment F%d on Query { ...F%d ...F%d }", i, i+1, i+1)
		}
		return b + fmt.Sprintf(" fragment F%d on Query { __typename }", n)
	}
	ids := func(n int) map[string]any { return map[string]any{"unused": slices.Repeat([]string{"a"}, n)} }
	for name, test := range map[string]struct {
		pass, refuse   string
		few, many      map[string]any
		guard, message string
	}{
		"text":          {"{ __typename }" + strings.Repeat(" ", 63_986), "{ __typename }" + strings.Repeat(" ", 63_987), nil, nil, "text", "64000 bytes"},
		"tokens":        {"{ __typename }" + strings.Repeat(" fragment F on Query { __typename }", 0), "{ " + strings.Repeat("__typename ", 4_999) + "}", nil, nil, "tokens", "5000 tokens"},
		"values":        {"{ __typename }", "{ __typename }", ids(4_999), ids(5_000), "tokens", "5000 values"},
		"depth":         {depth(12), depth(13), nil, nil, "depth", "12 levels"},
		"introspection": {introspection(16), introspection(17), nil, nil, "depth", "16 levels of introspection"},
		"schemas":       {"{ __schema { queryType { name } } a: __schema { queryType { name } } }", "{" + strings.Repeat(" __schema { queryType { name } }", 4) + " }", nil, nil, "introspection", "3 fields"},
		"aliases":       {aliases(30), aliases(31), nil, nil, "aliases", "30 aliases"},
		"root fields":   {roots(20), roots(21), nil, nil, "rootFields", "20 fields at its root"},
		"directives": {
			"{ articles(first: 1) { nodes { slug" + strings.Repeat(" ... @skip(if: true) { id }", 50) + " } } }",
			"{ articles(first: 1) { nodes { slug" + strings.Repeat(" ... @skip(if: true) { id }", 51) + " } } }", nil, nil, "directives", "50 directives",
		},
		"fragments":     {fan(8), fan(13), nil, nil, "tokens", "5000 fields"},
		"more of them":  {fan(8), fan(60), nil, nil, "tokens", "5000 fields"},
		"repeats":       {"{ " + strings.Repeat("__typename ", 501) + "}", "{ " + strings.Repeat("__typename ", 502) + "}", nil, nil, "repeats", "500 fields"},
		"deeper repeat": {"{" + strings.Repeat(" articles { nodes { id } }", 167) + " }", "{" + strings.Repeat(" articles { nodes { id } }", 168) + " }", nil, nil, "repeats", "500 fields"},
	} {
		if got := c.post(t, test.pass, test.few); got.status != http.StatusOK || len(got.Errors) > 0 {
			t.Errorf("%s: what is just allowed is answered %d %+v", name, got.status, got.Errors)
		}
		got := c.post(t, test.refuse, test.many)
		if got.status != http.StatusBadRequest || got.code() != "COST_LIMIT_EXCEEDED" || got.statements != 0 {
			t.Errorf("%s: what is too much is answered %d %+v after %d statements", name, got.status, got.Errors, got.statements)
			continue
		}
		if e := got.Errors[0]; e.Extensions["guard"] != test.guard || !strings.Contains(e.Message, test.message) {
			t.Errorf("%s: the error is %+v, want guard %s and %q", name, e, test.guard, test.message)
		}
	}
}

// TestCostIsTold tells that answers and refusals carry the cost and the limit.
func TestCostIsTold(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	got := c.send(t, http.MethodPost, "/graphql", body(t, "{ articles(first: 3) { nodes { slug title } } }", nil), "Content-Type", "application/json")
	// articles 1, and for each of three: nodes, slug, title
	if want := `"extensions":{"cost":{"limit":30000,"requested":10}}`; !strings.Contains(got.text, want) {
		t.Errorf("the answer is %s, want it to end with %s", got.text, want)
	}
	deep := c.post(t, "{ articles(first: 100) { nodes { related(first: 100) { nodes { related(first: 100) { nodes { related(first: 100) { nodes { related(first: 100) { nodes { id } } } } } } } } } } }", nil)
	if deep.code() != "COST_LIMIT_EXCEEDED" || deep.Errors[0].Extensions["cost"].(float64) < 1e10 {
		t.Errorf("first: 100 nested five times is answered %d %+v", deep.status, deep.Errors)
	}
}

// TestRateIsTold tells that answers carry what this client may still ask for, also
// those that are kept for everybody.
func TestRateIsTold(t *testing.T) {
	t.Parallel()
	n := openNewsroom(t)
	var tags []string
	for i, kept := range []string{"miss", "hit", "hit"} {
		request := &graph.Request{Charge: func(int) (graph.Rate, bool) {
			return graph.Rate{Limit: 100, Remaining: 70 - i, Reset: i}, true
		}}
		r := httptest.NewRequest(http.MethodGet, get("{ articles(first: 3) { nodes { slug title } } }"), nil)
		w := httptest.NewRecorder()
		n.cached.ServeHTTP(w, r.WithContext(graph.WithRequest(t.Context(), request)))
		want := fmt.Sprintf(`"extensions":{"cost":{"limit":30000,"requested":10,"rate":{"limit":100,"remaining":%d,"reset":%d}}}}`, 70-i, i)
		if !strings.HasSuffix(w.Body.String(), want) || request.Cache != kept {
			t.Errorf("answer %d, a %s, is %s, want it to end with %s", i, request.Cache, w.Body, want)
		}
		if length := w.Header().Get("Content-Length"); length != "" && length != fmt.Sprint(w.Body.Len()) {
			t.Errorf("answer %d has %d bytes and says %s", i, w.Body.Len(), length)
		}
		tags = append(tags, w.Header().Get("ETag"))
	}
	if tags[0] == "" || tags[0] != tags[1] || tags[1] != tags[2] {
		t.Errorf("the same answer has the tags %q", tags)
	}
}

// TestTime stops an operation that takes longer than it may.
func TestTime(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	hasty := limits
	hasty.Time = time.Nanosecond
	got := newClientWith(store, hasty).post(t, "{ articles(first: 1) { nodes { slug } } }", nil)
	if got.code() != "COST_LIMIT_EXCEEDED" || !strings.Contains(got.Errors[0].Message, "took too long") {
		t.Errorf("an operation without time is answered %d %+v", got.status, got.Errors)
	}
	if got := newClient(store).post(t, "{ articles(first: 1) { nodes { slug } } }", nil); len(got.Errors) > 0 {
		t.Errorf("an operation with time is answered %+v", got.Errors)
	}
}
