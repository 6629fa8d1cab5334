package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

// editingVariables are those of the contract.
func editingVariables(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	if err := json.Unmarshal([]byte(contract(t, "editing.variables.json")), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEditingContractRuns sends the operations of editors, word for word, with
// the variables of the contract, in which only ids are filled in.
func TestEditingContractRuns(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	variables := editingVariables(t)
	var article, related any
	run := func(operation string, fill map[string]any) map[string]any {
		t.Helper()
		maps.Copy(variables[operation], fill)
		var payload map[string]any
		for _, v := range c.operation(t, contract(t, "editing.graphql"), operation, variables[operation]) { // there is one
			payload = v.(map[string]any)
		}
		if len(payload["userErrors"].([]any)) > 0 {
			t.Fatalf("%s: %v", operation, payload["userErrors"])
		}
		return payload
	}
	made := run("Create", nil)
	article = at(t, made, "article", "id")
	if got := at(t, made, "article", "status"); got != "DRAFT" {
		t.Errorf("created as %v, want a draft", got)
	}
	if got := at(t, run("Edit", map[string]any{"id": article, "expectedRevision": 1}), "article", "title"); got != "Ferry back after eleven weeks" {
		t.Errorf("edited, the title is %v", got)
	}
	if got := at(t, run("Publish", map[string]any{"id": article, "at": nil}), "article", "status"); got != "PUBLISHED" {
		t.Errorf("published, the status is %v", got)
	}
	upserted := run("Upsert", nil)
	related = at(t, c.data(t, `{ article(by: {external: {source: "wordpress", id: "4711"}}) { id } }`, nil), "article", "id")
	if got := at(t, upserted, "created"); got != true {
		t.Errorf("upserted, created is %v, want true", got)
	}
	if again := run("Upsert", nil); at(t, again, "created") != false {
		t.Error("upserted again, it is created again")
	}
	pinned := run("Pin", map[string]any{"article": article, "related": related})
	want := map[string]any{"origin": "PINNED", "node": map[string]any{"slug": at(t, upserted, "article", "slug")}}
	if diff := cmp.Diff(any(want), at(t, pinned, "article", "related", "edges", 0)); diff != "" {
		t.Errorf("pinned (-want +got):\n%s", diff)
	}
	written := run("WriteSummary", map[string]any{"article": article})
	if diff := cmp.Diff(any(map[string]any{"text": "The ferry sails again.", "origin": "EDITOR"}), at(t, written, "summary")); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

// edit sends a mutation that must succeed, and returns its payload.
func (c *client) edit(t *testing.T, field, input, selection string) map[string]any {
	t.Helper()
	data := c.data(t, fmt.Sprintf("mutation { %s(input: {%s}) { %s userErrors { field message code } } }", field, input, selection), nil)
	payload := data[field].(map[string]any)
	if mistakes := payload["userErrors"].([]any); len(mistakes) > 0 {
		t.Fatalf("%s(%s): %v", field, input, mistakes)
	}
	return payload
}

// mistake sends a mutation that must be refused, and returns the code.
func (c *client) mistake(t *testing.T, field, input string) string {
	t.Helper()
	data := c.data(t, fmt.Sprintf("mutation { %s(input: {%s}) { userErrors { code } } }", field, input), nil)
	mistakes := data[field].(map[string]any)["userErrors"].([]any)
	if len(mistakes) == 0 {
		return ""
	}
	return at(t, mistakes, 0, "code").(string)
}

// makes creates an article and returns its id.
func (c *client) makes(t *testing.T, title, more string) string {
	t.Helper()
	return at(t, c.edit(t, "createArticle", fmt.Sprintf("title: %q %s", title, more), "article { id }"), "article", "id").(string)
}

func TestRevisionsAndTheirDiffs(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	id := c.makes(t, "Ferry", `body: "One is here. Two is here. Three is here." tags: ["a"]`)
	c.edit(t, "updateArticle", fmt.Sprintf(`id: %q set: {body: "One is here. Two was here. Three is here." tags: ["b"]}`, id), "article { id }")
	c.edit(t, "withdrawArticle", fmt.Sprintf("id: %q reason: \"wrong\"", at(t, c.edit(t, "publishArticle", fmt.Sprintf("id: %q", id), "article { id }"), "article", "id")), "article { id }")
	c.edit(t, "restoreRevision", fmt.Sprintf("id: %q revision: 1 expectedRevision: 4", id), "article { id }")
	got := c.data(t, `query ($id: ID!) { node(id: $id) { ... on Article { status tags { slug } body(format: TEXT) revisions { totalCount nodes {
		number actor action note tags body diff { oldStart newStart lines { kind text } } back: diff(with: 1) { lines { text } } } } } } }`, map[string]any{"id": id})
	want := fmt.Sprint(`map[node:map[body:One is here. Two is here. Three is here. revisions:map[nodes:[`,
		`map[action:RESTORED actor:EDITOR back:[] body:One is here. Two is here. Three is here. diff:[`, hunk("was", "is"), `] note:revision 1 number:5 tags:[a]] `,
		`map[action:WITHDRAWN actor:EDITOR back:[`, lines("is", "was"), `] body:One is here. Two was here. Three is here. diff:[] note:wrong number:4 tags:[b]] `,
		`map[action:PUBLISHED actor:EDITOR back:[`, lines("is", "was"), `] body:One is here. Two was here. Three is here. diff:[] note:<nil> number:3 tags:[b]] `,
		`map[action:EDITED actor:EDITOR back:[`, lines("is", "was"), `] body:One is here. Two was here. Three is here. diff:[`, hunk("is", "was"), `] note:<nil> number:2 tags:[b]] `,
		`map[action:CREATED actor:EDITOR back:[] body:One is here. Two is here. Three is here. diff:<nil> note:<nil> number:1 tags:[a]]] totalCount:5] `,
		`status:WITHDRAWN tags:[map[slug:a]]]]`)
	if diff := cmp.Diff(want, fmt.Sprint(got)); diff != "" {
		t.Errorf("the revisions (-want +got):\n%s", diff)
	}
	if got := c.mistake(t, "restoreRevision", fmt.Sprintf("id: %q revision: 99", id)); got != "NOT_FOUND" {
		t.Errorf("restoring a revision that is not there: %q, want NOT_FOUND", got)
	}
}

func hunk(old, now string) string {
	return fmt.Sprintf("map[lines:[map[kind:SAME text:One is here.] map[kind:REMOVED text:Two %s here.] map[kind:ADDED text:Two %s here.] map[kind:SAME text:Three is here.]] newStart:2 oldStart:2]", old, now)
}

func lines(old, now string) string {
	return fmt.Sprintf("map[lines:[map[text:One is here.] map[text:Two %s here.] map[text:Two %s here.] map[text:Three is here.]]]", old, now)
}

func TestSlugsLeadOn(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Open(t)).as(content.RoleEditor)
	first := c.makes(t, "First", `tags: ["Harbor", "Port"] authors: ["Ann"] section: "World/Europe"`)
	c.edit(t, "publishArticle", fmt.Sprintf("id: %q", first), "article { id }")
	c.edit(t, "updateArticle", fmt.Sprintf(`id: %q set: {slug: "second"}`, first), "article { id }")
	c.edit(t, "updateArticle", fmt.Sprintf(`id: %q set: {slug: "third"}`, first), "article { id }")
	reader := c.as("")
	slug := func(old string) any {
		t.Helper()
		a, _ := reader.data(t, fmt.Sprintf(`{ article(by: {slug: %q}) { slug } }`, old), nil)["article"].(map[string]any)
		return a["slug"]
	}
	for _, old := range []string{"first", "second", "third"} {
		if got := slug(old); got != "third" {
			t.Errorf("the slug %q leads to %v, want third", old, got)
		}
	}
	// A draft that takes an old slug does not stand in the way until it is public.
	taker := c.makes(t, "Taker", `slug: "first"`)
	if got := slug("first"); got != "third" {
		t.Errorf("with a draft under it, the old slug leads to %v, want third", got)
	}
	c.edit(t, "publishArticle", fmt.Sprintf("id: %q", taker), "article { id }")
	if got := slug("first"); got != "first" {
		t.Errorf("the slug in use leads to %v, want the article that has it", got)
	}
	id := func(query string) string {
		t.Helper()
		for _, v := range c.data(t, "{ "+query+" { id } }", nil) {
			return v.(map[string]any)["id"].(string)
		}
		return ""
	}
	c.edit(t, "updateSection", fmt.Sprintf(`id: %q slug: "earth"`, id(`section(by: {slug: "world"})`)), "section { slug }")
	c.edit(t, "mergeTags", fmt.Sprintf("from: [%q] into: %q", id(`tag(by: {slug: "harbor"})`), id(`tag(by: {slug: "port"})`)), "tag { slug }")
	c.edit(t, "updateTag", fmt.Sprintf(`id: %q name: "Docks"`, id(`tag(by: {slug: "port"})`)), "tag { slug name }")
	c.edit(t, "updateAuthor", fmt.Sprintf(`id: %q name: "Anne" slug: "anne"`, id(`author(by: {slug: "ann"})`)), "author { slug name }")
	got := reader.data(t, `{ section(by: {slug: "world/europe"}) { slug parent { slug } articles { nodes { slug } } } tag(by: {slug: "harbor"}) { slug name articles { totalCount } }
		author(by: {slug: "ann"}) { slug name } article(by: {slug: "third"}) { tags { slug } section { slug } } }`, nil)
	want := `map[article:map[section:map[slug:earth/europe] tags:[map[slug:port]]] author:map[name:Anne slug:anne] ` +
		`section:map[articles:map[nodes:[map[slug:third]]] parent:map[slug:earth] slug:earth/europe] tag:map[articles:map[totalCount:1] name:Docks slug:port]]`
	if diff := cmp.Diff(want, fmt.Sprint(got)); diff != "" {
		t.Errorf("after the changes (-want +got):\n%s", diff)
	}
	// Whoever files by an old name means what it became.
	filed := c.makes(t, "Filed", `tags: ["Harbor", "Docks", "Port"] authors: ["Ann", "Anne"] section: "World/Europe/Alps"`)
	got = c.data(t, `query ($id: ID!) { node(id: $id) { ... on Article { tags { slug } authors { slug } section { slug } } } }`, map[string]any{"id": filed})
	want = `map[node:map[authors:[map[slug:anne]] section:map[slug:earth/europe/alps] tags:[map[slug:port]]]]`
	if diff := cmp.Diff(want, fmt.Sprint(got)); diff != "" {
		t.Errorf("filed by old names (-want +got):\n%s", diff)
	}
	for field, code := range map[string]string{
		`mergeSections(input: {from: [` + quoted(id(`section(by: {slug: "earth"})`)) + `] into: ` + quoted(id(`section(by: {slug: "earth/europe/alps"})`)) + `})`: "CONFLICT",
		`createTag(input: {name: "Port"})`:   "CONFLICT",
		`createTag(input: {name: "   "})`:    "BAD_USER_INPUT",
		`deleteTag(input: {id: "tag_none"})`: "NOT_FOUND",
	} {
		data := c.data(t, "mutation { x: "+field+" { userErrors { code } } }", nil)
		if got := at(t, data, "x", "userErrors", 0, "code"); got != code {
			t.Errorf("%s: %v, want %s", field, got, code)
		}
	}
	c.edit(t, "deleteSection", fmt.Sprintf("id: %q", id(`section(by: {slug: "earth/europe/alps"})`)), "id")
	if got := c.data(t, `query ($id: ID!) { node(id: $id) { ... on Article { section { slug } } } }`, map[string]any{"id": filed}); at(t, got, "node", "section", "slug") != "earth/europe" {
		t.Errorf("the section above takes the articles: %v", got)
	}
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }

func TestTrash(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	c := newClient(store).as(content.RoleEditor)
	id := at(t, c.data(t, `{ article(by: {slug: "the-wall-is-shut"}) { id related(first: 1) { nodes { slug } } } }`, nil), "article", "id").(string)
	if got := c.mistake(t, "purgeArticle", fmt.Sprintf("id: %q", id)); got != "CONFLICT" {
		t.Errorf("purging what is public: %q, want CONFLICT", got)
	}
	c.edit(t, "deleteArticle", fmt.Sprintf("id: %q", id), "article { status }")
	state := func() any {
		t.Helper()
		n, _ := c.data(t, fmt.Sprintf("{ node(id: %q) { ... on Article { status } } }", id), nil)["node"].(map[string]any)
		return n["status"]
	}
	if got := state(); got != "TRASHED" {
		t.Errorf("deleted, it is %v", got)
	}
	trash := c.data(t, `{ articles(status: [TRASHED]) { nodes { slug } } }`, nil)
	if got := at(t, trash, "articles", "nodes", 0, "slug"); got != "the-wall-is-shut" {
		t.Errorf("the trash has %v", trash)
	}
	if got := c.mistake(t, "updateArticle", fmt.Sprintf(`id: %q set: {title: "x"}`, id)); got != "CONFLICT" {
		t.Errorf("editing what is in the trash: %q, want CONFLICT", got)
	}
	c.edit(t, "restoreArticle", fmt.Sprintf("id: %q", id), "article { status }")
	if got := state(); got != "WITHDRAWN" {
		t.Errorf("restored, it is %v, want WITHDRAWN", got)
	}
	c.edit(t, "deleteArticle", fmt.Sprintf("id: %q", id), "article { status }")
	c.edit(t, "purgeArticle", fmt.Sprintf("id: %q", id), "id")
	if got := state(); got != nil {
		t.Errorf("purged, it is %v", got)
	}
	// A job for what is gone is done.
	if err := pipeline.New(store).Process(t.Context(), content.ID(id)); err != nil {
		t.Errorf("Process of a purged article: %v", err)
	}
}

func TestPinsAndBlocksSurviveRelinking(t *testing.T) {
	t.Parallel()
	path := dbtest.SampleFile(t)
	store := dbtest.OpenFile(t, path, dbtest.Clock)
	c := newClient(store).as(content.RoleEditor)
	related := func() []string {
		t.Helper()
		all := []string{}
		for _, e := range at(t, c.as("").data(t, `{ article(by: {slug: "the-wall-is-shut"}) { related(first: 5) { edges { origin node { id } } } } }`, nil), "article", "related", "edges").([]any) {
			all = append(all, fmt.Sprint(at(t, e, "origin"), " ", at(t, e, "node", "id")))
		}
		return all
	}
	id := at(t, c.data(t, `{ article(by: {slug: "the-wall-is-shut"}) { id } }`, nil), "article", "id")
	before := related()
	_, fourth, _ := strings.Cut(before[3], " ")
	_, first, _ := strings.Cut(before[0], " ")
	far := at(t, c.data(t, `{ articles(orderBy: [{field: WORD_COUNT}], first: 1) { nodes { id } } }`, nil), "articles", "nodes", 0, "id").(string)
	c.edit(t, "pinRelatedArticle", fmt.Sprintf("article: %q related: %q", id, fourth), "article { id }")
	c.edit(t, "pinRelatedArticle", fmt.Sprintf("article: %q related: %q position: 1", id, far), "article { id }")
	c.edit(t, "blockRelatedArticle", fmt.Sprintf("article: %q related: %q", id, first), "article { id }")
	want := []string{"PINNED " + far, "PINNED " + fourth, before[1], before[2], before[4]}
	check := func(when string) {
		t.Helper()
		if diff := cmp.Diff(want, related()); diff != "" {
			t.Errorf("%s: related (-want +got):\n%s", when, diff)
		}
	}
	check("at once")
	dbtest.Exec(t, path, `UPDATE analysis SET version = 'old'`)
	if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	check("after linking again")
	if got := c.mistake(t, "pinRelatedArticle", fmt.Sprintf("article: %q related: %q", id, id)); got != "BAD_USER_INPUT" {
		t.Errorf("an article pinned to itself: %q, want BAD_USER_INPUT", got)
	}
	if got := c.mistake(t, "pinRelatedArticle", fmt.Sprintf("article: %q related: %q position: 0", id, far)); got != "BAD_USER_INPUT" {
		t.Errorf("pinned at 0: %q, want BAD_USER_INPUT", got)
	}
	for _, undo := range []string{"unpinRelatedArticle related: " + quoted(far), "unpinRelatedArticle related: " + quoted(fourth), "unblockRelatedArticle related: " + quoted(first)} {
		field, related, _ := strings.Cut(undo, " ")
		c.edit(t, field, fmt.Sprintf("article: %q %s", id, related), "article { id }")
	}
	want = before
	check("undone")
}

func TestEditorsSummaryWins(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	c := newClient(store).as(content.RoleEditor)
	id := at(t, c.data(t, `{ article(by: {slug: "the-wall-is-shut"}) { id } }`, nil), "article", "id").(string)
	summary := func() map[string]any {
		t.Helper()
		return at(t, c.as("").data(t, `{ article(by: {slug: "the-wall-is-shut"}) { summary(length: BRIEF) { text origin isStale } } }`, nil), "article", "summary").(map[string]any)
	}
	machine := summary()
	c.edit(t, "writeSummary", fmt.Sprintf(`article: %q length: BRIEF text: "By  hand."`, id), "summary { text }")
	if diff := cmp.Diff(map[string]any{"text": "By hand.", "origin": "EDITOR", "isStale": false}, summary()); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	c.edit(t, "updateArticle", fmt.Sprintf(`id: %q set: {standfirst: "Another one."}`, id), "article { id }")
	if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"text": "By hand.", "origin": "EDITOR", "isStale": true}, summary()); diff != "" {
		t.Errorf("when the article has changed (-want +got):\n%s", diff)
	}
	c.edit(t, "clearSummary", fmt.Sprintf(`article: %q length: BRIEF`, id), "summary { text }")
	if got := summary(); got["origin"] != "EXTRACTIVE" || got["isStale"] != false || machine["origin"] != "EXTRACTIVE" {
		t.Errorf("cleared, the summary is %v, want the machine's, made anew", got)
	}
	if got := c.mistake(t, "writeSummary", fmt.Sprintf(`article: %q length: BRIEF text: " "`, id)); got != "BAD_USER_INPUT" {
		t.Errorf("a blank summary: %q, want BAD_USER_INPUT", got)
	}
}

func TestPreviews(t *testing.T) {
	t.Parallel()
	c := newClient(dbtest.Sample(t)).as(content.RoleEditor)
	id := c.makes(t, "Draft", `body: "Hidden words." authors: ["Ann"] slug: "draft"`)
	other := c.makes(t, "Other draft", `slug: "other"`)
	made := c.edit(t, "createPreview", fmt.Sprintf("article: %q", id), "preview { id } secret")
	reader := c.as("")
	see := func(slug string, secret any) any {
		t.Helper()
		return reader.data(t, `query ($slug: String!, $preview: String) { article(by: {slug: $slug}, preview: $preview) { title body(format: TEXT) authors { name } } }`,
			map[string]any{"slug": slug, "preview": secret})["article"]
	}
	want := map[string]any{"title": "Draft", "body": "Hidden words.", "authors": []any{map[string]any{"name": "Ann"}}}
	if diff := cmp.Diff(any(want), see("draft", made["secret"])); diff != "" {
		t.Errorf("with the preview (-want +got):\n%s", diff)
	}
	for name, got := range map[string]any{
		"without": see("draft", nil), "with a wrong one": see("draft", "ng_x"), "of another article": see("other", made["secret"]),
	} {
		if got != nil {
			t.Errorf("%s, a reader sees %v", name, got)
		}
	}
	if got := see("the-wall-is-shut", made["secret"]); got == nil {
		t.Error("with the preview of another, a public article is not seen")
	}
	c.edit(t, "revokePreview", fmt.Sprintf("id: %q", at(t, made, "preview", "id")), "preview { revokedAt }")
	if got := see("draft", made["secret"]); got != nil {
		t.Errorf("with a revoked preview, a reader sees %v", got)
	}
	if got := c.mistake(t, "createPreview", fmt.Sprintf(`article: %q expiresAt: "2099-01-01T00:00:00Z"`, other)); got != "BAD_USER_INPUT" {
		t.Errorf("a preview for ever: %q, want BAD_USER_INPUT", got)
	}
}
