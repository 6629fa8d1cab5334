package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/graph"
)

// bomb is a request made to take much more than it costs to send.
type bomb struct {
	name, body string
	code       string // of the error; "" when it is harmless and answered
}

// numbered writes n parts, each made from its number.
func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
	}
	return b.String()
}

func bombs() []bomb {
	asked := func(query string) string { return fmt.Sprintf(`{"query": %q}`, query) }
	with := func(query, variables string) string {
		return fmt.Sprintf(`{"query": %q, "variables": %s}`, query, variables)
	}
	const where = "query ($w: ArticleWhere) { articles(where: $w) { nodes { slug } } }"
	deep := strings.Repeat("{ articles(first: 100) { nodes { authors { articles(first: 100) { nodes ", 5) + "{ id }" + strings.Repeat(" } } } } }", 5)
	return []bomb{
		{"10,000 aliases", asked("{" + numbered(10_000, " a#: __typename") + " }"), "COST_LIMIT_EXCEEDED"},
		{"1,000 aliases of a dear field", asked("{" + numbered(1_000, ` a#: search(query: "a") { totalCount }`) + " }"), "COST_LIMIT_EXCEEDED"},
		{"4,000 repeated fields", asked("{" + strings.Repeat(" __typename", 4_000) + " }"), "COST_LIMIT_EXCEEDED"},
		{"repeated fields, deep", asked("{" + strings.Repeat(" articles { nodes { section { parent { name } } } }", 300) + " }"), "COST_LIMIT_EXCEEDED"},
		{"as many repeats as are let through", asked("{" + strings.Repeat(" articles(first: 1) { nodes { section { parent { name } } } }", 100) + " }"), ""},
		{"a fragment that spreads itself", asked("{ ...A } fragment A on Query { ...A }"), "GRAPHQL_VALIDATION_FAILED"},
		{"a ring of fragments", asked("{ ...F0 }" + numbered(200, " fragment F# on Query { ...F#1 ...F0 }")), "GRAPHQL_VALIDATION_FAILED"},
		{"fragments that double 60 times", asked("{ ...F60 } fragment F0 on Query { __typename }" + doubling(60)), "COST_LIMIT_EXCEEDED"},
		{"fragments that nobody uses", asked("{ __typename } fragment F0 on Query { __typename }" + doubling(60)), "COST_LIMIT_EXCEEDED"},
		{"500 fragments side by side", asked("{" + numbered(500, " ...F#") + " }" + numbered(500, " fragment F# on Query { __typename }")), ""},
		{"deep lists", asked(deep), "COST_LIMIT_EXCEEDED"},
		{"first: 100 five times", asked("{" + strings.Repeat(" articles(first: 100) { nodes { section {", 5) + " id" + strings.Repeat(" } } }", 5) + " }"), "COST_LIMIT_EXCEEDED"},
		{"related of related, 100 each, five times", asked("{ articles(first: 100) { nodes {" + strings.Repeat(" related(first: 100) { nodes {", 4) + " id" + strings.Repeat(" } }", 4) + " } } }"), "COST_LIMIT_EXCEEDED"},
		{"a flood of directives", asked("{ __typename" + strings.Repeat(" @skip(if: false)", 900) + " }"), "COST_LIMIT_EXCEEDED"},
		{"unknown directives", asked("{ __typename" + strings.Repeat(" @a", 2_000) + " }"), "COST_LIMIT_EXCEEDED"},
		{"2,400 levels", asked(strings.Repeat("{a", 2_400) + strings.Repeat("}", 2_400)), "COST_LIMIT_EXCEEDED"},
		{"an unclosed brace, 4,999 times", asked(strings.Repeat("{", 4_999)), "GRAPHQL_PARSE_FAILED"},
		{"a list in lists, 2,000 deep", asked("{ articles(orderBy: " + strings.Repeat("[", 2_000) + strings.Repeat("]", 2_000) + ") { nodes { id } } }"), "GRAPHQL_PARSE_FAILED"},
		{"1,000 unknown fields", asked("{ articles { nodes {" + numbered(1_000, " titel#") + " } } }"), "GRAPHQL_VALIDATION_FAILED"},
		{"a name of 60,000 letters", asked("{ " + strings.Repeat("a", 60_000) + " }"), "GRAPHQL_VALIDATION_FAILED"},
		{"a megabyte of query", asked("{ " + strings.Repeat(" ", 990_000) + " }"), "COST_LIMIT_EXCEEDED"},
		{"a text of 900,000 in a variable", with("query ($q: String!) { search(query: $q) { totalCount } }", `{"q": "`+strings.Repeat("wall ", 180_000)+`"}`), ""},
		{"60,000 filters", with(where, `{"w": {"or": [{}`+strings.Repeat(`,{"and":[{}]}`, 60_000)+`]}}`), "COST_LIMIT_EXCEEDED"},
		{"filters, 4,000 deep", with(where, `{"w": `+strings.Repeat(`{"not":`, 4_000)+`{}`+strings.Repeat(`}`, 4_000)+`}`), "COST_LIMIT_EXCEEDED"},
		{"a list of 4,900 ids", with("query ($i: [ID!]!) { nodes(ids: $i) { id } }", `{"i": ["a"`+strings.Repeat(`,"a"`, 4_899)+`]}`), "BAD_USER_INPUT"},
		{"9,999 brackets", `{"query": "{ __typename }", "variables": {"a": ` + strings.Repeat("[", 9_990) + strings.Repeat("]", 9_990) + `}}`, "COST_LIMIT_EXCEEDED"},
		{"500,000 brackets", `{"query": "{ __typename }", "variables": {"a": ` + strings.Repeat("[", 490_000) + strings.Repeat("]", 490_000) + `}}`, "BAD_REQUEST"},
		{"a schema in a schema", asked("{ __schema { types {" + strings.Repeat(" fields { type {", 6) + " name" + strings.Repeat(" } }", 6) + " } } }"), "GRAPHQL_VALIDATION_FAILED"},
		{"the schema 20 times", asked("{" + numbered(20, " a#: __schema { types { fields { args { type { name } } } } }") + " }"), "COST_LIMIT_EXCEEDED"},
		{"1,000 operations", asked(numbered(1_000, " query Q# { __typename }")), "GRAPHQL_VALIDATION_FAILED"},
		{"1,000 variables", asked("query (" + numbered(900, " $v#: Int") + ") { __typename }"), "GRAPHQL_VALIDATION_FAILED"},
	}
}

// doubling writes fragments each of which spreads the one before twice.
func doubling(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d ...F%d }", i, i-1, i-1)
	}
	return b.String()
}

func (b bomb) drop(tb testing.TB, c *client) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodPost, "/graphql", strings.NewReader(b.body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return w
}

// TestBombs drops each bomb and looks for what it is refused with.
func TestBombs(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	for _, b := range bombs() {
		w := b.drop(t, c)
		code := `"code":"` + b.code + `"`
		if b.code == "" {
			code = `"data":{`
		}
		const longest = 16 << 10 // a refusal must not be a bomb itself
		if !strings.Contains(w.Body.String(), code) || b.code != "" && w.Body.Len() > longest || w.Code >= 500 {
			t.Errorf("%s is answered %d with %d bytes, %.300s; want %s", b.name, w.Code, w.Body.Len(), w.Body, code)
		}
	}
}

// TestBombsAreCharged takes for what is refused, too, what it cost to find out.
func TestBombsAreCharged(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t))
	for _, b := range bombs() {
		charged := 0
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(b.body))
		r.Header.Set("Content-Type", "application/json")
		request := &graph.Request{Charge: func(cost int) (graph.Rate, bool) {
			charged += cost
			return graph.Rate{}, true
		}}
		c.handler.ServeHTTP(httptest.NewRecorder(), r.WithContext(graph.WithRequest(t.Context(), request)))
		if least := len(b.body) / 100; charged <= least {
			t.Errorf("%s is charged %d, want more than %d", b.name, charged, least)
		}
	}
}

// BenchmarkBombs tells what each bomb takes of the processor and of memory. None
// may take more than 100 ms and 64 MB.
func BenchmarkBombs(b *testing.B) {
	c := newClient(dbtest.Sample(b))
	for _, bomb := range bombs() {
		b.Run(strings.ReplaceAll(bomb.name, " ", "_"), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start, n := processor(b), 0
			for b.Loop() {
				bomb.drop(b, c)
				n++
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64((processor(b)-start).Microseconds())/1000/float64(n), "cpu-ms/op")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1e6/float64(n), "MB/op")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// processor is the time this process has taken of the processors.
func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
