package reader_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/graph"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
	"nutgraph/server/web/reader"
)

// newspaper reads what a store has.
type newspaper struct {
	handler http.Handler
	graphql http.Handler
	log     *bytes.Buffer
}

func open(store *db.DB) *newspaper {
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	answers := graph.NewHandler(store, pipeline.New(store).Linker(), logger, graph.Options{Limits: graph.Limits{
		Body: 1_000_000, Text: 64_000, Tokens: 5_000, Depth: 12, Aliases: 30, RootFields: 20, Directives: 50,
		Cost: 30_000, Time: time.Minute, Operations: 64, Streams: 100,
	}})
	return &newspaper{reader.New(answers, reader.Options{
		Name: "The Signal", PublicURL: "https://signal.example", Now: func() time.Time { return dbtest.Now }, Log: logger,
	}), answers, log}
}

func (n *newspaper) get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	n.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

// page gets a page that must be there, well-formed and without a complaint in
// the log.
func (n *newspaper) page(t *testing.T, path string) string {
	t.Helper()
	w := n.get(t, path)
	if w.Code != http.StatusOK || n.log.Len() > 0 {
		t.Fatalf("GET %s = %d, log %q; want 200 and nothing to log\n%.500s", path, w.Code, n.log, w.Body)
	}
	return w.Body.String()
}

// archive holds articles that a test hands in, published in their order.
func archive(t *testing.T, drafts ...content.Draft) *newspaper {
	t.Helper()
	store := dbtest.Open(t)
	add(t, store, drafts...)
	return open(store)
}

func add(t *testing.T, store *db.DB, drafts ...content.Draft) {
	t.Helper()
	var lines bytes.Buffer
	for i, d := range drafts {
		if d.PublishedAt == nil && d.Status == "" {
			d.PublishedAt = new(dbtest.Now.Add(time.Duration(i-len(drafts)) * time.Hour))
		}
		if err := ingest.WriteLine(&lines, d); err != nil {
			t.Fatal(err)
		}
	}
	items, err := ingest.Open(t.Context(), "-", ingest.Options{Format: "jsonl", Stdin: &lines})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Import(t.Context(), store, items, publish.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := pipeline.New(store).CatchUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	for path, want := range map[string][]string{
		"/": {`<h1 class="name"><a href="/">The Signal</a></h1>`, `href="/articles/the-wall-is-shut"`, `href="/sections/sport"`, `"@type":"WebSite"`, `rel="next"`},
		"/articles/the-wall-is-shut": {
			"<h1>The wall is shut, and on Sunday the sea came to look at it</h1>", `<link rel="canonical" href="https://signal.example/articles/the-wall-is-shut">`,
			"No time to read?", "one umbrella, which was no use", `href="/authors/maud-penhale"`, "Also about", `rel="prev"`,
			`<meta property="og:type" content="article">`, `<article class="story" lang="en">`,
		},
		"/articles/the-wall-is-shut?summary=bullets": {`data-shows="BULLETS"`, "#:~:text=", `aria-current="true">In points`},
		"/articles/le-rozavel-prend-la-mer":          {`<article class="story" lang="fr">`, "Français"},
		"/sections/sport":                            {`href="/sections/sport/sailing"`, "<h1>Sport</h1>"},
		"/sections/sport/sailing":                    {`<a href="/sections/sport">Sport</a>`, "<h1>Sailing</h1>"},
		"/tags/lifeboat":                             {"<h1>lifeboat</h1>"},
		"/authors/maud-penhale":                      {"<h1>Maud Penhale</h1>", "stories by Maud Penhale in The Signal"},
		"/search?q=harbour":                          {"<mark>harbour</mark>", "best match first", `content="noindex"`},
		"/search?q=harbour&section=town&year=2026":   {"Narrow down", `href="/search?q=harbour&amp;year=2026" rel="nofollow" aria-current="true"`, "best match first"},
		"/search?q=harbour&year=none":                {"No story has all of these words and what was chosen"},
		"/search?q=harbuor":                          {`Did you mean <a href="/search?q=harbour">`},
		"/search?q=zyzzyva":                          {"No story has all of these words"},
		"/search":                                    {"Type a few words"},
	} {
		got := n.page(t, path)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("GET %s does not show %q", path, w)
			}
		}
	}
}

// TestPaging follows "More stories" from the front page to the end of the
// archive, and meets each article on the way.
func TestPaging(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	next := regexp.MustCompile(`rel="next" href="([^"]+)"`)
	seen := map[string]bool{}
	path := "/"
	for pages := 0; path != ""; pages++ {
		if pages > 10 {
			t.Fatal("there is no end to the pages")
		}
		body := n.page(t, path)
		for _, link := range regexp.MustCompile(`href="(/articles/[^"]+)"`).FindAllStringSubmatch(body, -1) {
			seen[link[1]] = true
		}
		path = ""
		if match := next.FindStringSubmatch(body); match != nil {
			path = html.UnescapeString(match[1])
		}
	}
	if len(seen) != 74 {
		t.Errorf("the pages show %d articles, want the 74 of the sample", len(seen))
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	for _, path := range []string{
		"/nothing", "/articles/", "/articles/nothing", "/articles/the-wall-is-shut/x", "/sections/", "/sections/nothing", "/tags/x%2Fy",
		"/authors/nobody", "/?after=x", "/search?q=harbour&after=x", "/sitemap/x.xml", "/sitemap/44-1.xml", "/sitemap/44-0", "/articles/%3Cscript%3E",
	} {
		if w := n.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		} else if !strings.HasPrefix(path, "/sitemap") && !strings.Contains(w.Body.String(), `href="/sections/harbour"`) {
			t.Errorf("GET %s shows no way on", path)
		}
	}
	if n.log.Len() > 0 {
		t.Errorf("what is missing is logged as a fault: %s", n.log)
	}
}

// TestFailure is a page over an API that does not answer as it should.
func TestFailure(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]int{
		`{"errors": [{"message": "slow", "extensions": {"code": "COST_LIMIT_EXCEEDED"}}]}`:     http.StatusServiceUnavailable,
		`{"errors": [{"message": "SELECT", "extensions": {"code": "INTERNAL_SERVER_ERROR"}}]}`: http.StatusInternalServerError,
		`SELECT`: http.StatusInternalServerError,
	} {
		broken := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(answer)) })
		n := &newspaper{reader.New(broken, reader.Options{Name: "The Signal", Now: time.Now, Log: slog.New(slog.DiscardHandler)}), broken, nil}
		for _, path := range []string{"/", "/articles/x", "/feed.atom", "/sitemap.xml"} {
			if w := n.get(t, path); w.Code != want || strings.Contains(w.Body.String(), "SELECT") {
				t.Errorf("GET %s over %s = %d %s, want %d and no word of the fault", path, answer, w.Code, w.Body, want)
			}
		}
	}
}

// TestUnchanged asks again for what the reader has already.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	for _, path := range []string{"/", "/feed.atom", "/sitemap.xml"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("If-None-Match", n.get(t, path).Header().Get("ETag"))
		w := httptest.NewRecorder()
		if n.handler.ServeHTTP(w, r); w.Code != http.StatusNotModified {
			t.Errorf("GET %s with its own ETag = %d, want 304", path, w.Code)
		}
	}
}

// TestPublished is on the front page with the next request.
func TestPublished(t *testing.T) {
	t.Parallel()
	store := dbtest.Open(t)
	n := open(store)
	for _, title := range []string{"One", "Two"} {
		if strings.Contains(n.page(t, "/"), title) {
			t.Errorf("%s is on the front page before it is published", title)
		}
		add(t, store, content.Draft{Title: title, Body: "x"})
		if !strings.Contains(n.page(t, "/"), title) {
			t.Errorf("%s is not on the front page after it was published", title)
		}
	}
}

const hostile = `</script><script>alert(1)</script>"'<img src=x onerror=alert(2)> & ]]> ` + "\u2028"

// TestHostileText puts markup everywhere where an author can write.
func TestHostileText(t *testing.T) {
	t.Parallel()
	n := archive(t, content.Draft{
		Title: hostile, Slug: "hostile", Standfirst: hostile, Body: strings.Repeat("The harbour wall held, said <b onclick=alert(3)>Dr Barrat</b>. ", 30), BodyFormat: content.HTML,
		Authors: []content.Author{{Name: hostile}}, Tags: []string{hostile}, Section: hostile, Language: "en",
		Image: content.Image{URL: "https://pictures.example/a.jpg", Alt: hostile, Credit: hostile},
	})
	for _, path := range []string{"/", "/articles/hostile", "/articles/hostile?summary=short", "/search?q=alert", "/search?q=wall&section=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/search?q=" + "%3Cscript%3Ealert(1)%3C/script%3E%22"} {
		body := n.page(t, path)
		for _, script := range elements(t, body, "script") {
			switch kind := attribute(script, "type"); kind {
			case "application/ld+json":
				var ld map[string]any
				if err := json.Unmarshal([]byte(script.FirstChild.Data), &ld); err != nil {
					t.Errorf("GET %s: the linked data is not JSON: %v\n%s", path, err, script.FirstChild.Data)
				}
				if ld["@type"] == "NewsArticle" && ld["headline"] != strings.TrimSpace(hostile) && !strings.Contains(ld["headline"].(string), "</script>") {
					t.Errorf("GET %s: the headline is %q", path, ld["headline"])
				}
			case "module":
			default:
				t.Errorf("GET %s has a script of type %q: %q", path, kind, script.FirstChild.Data)
			}
		}
		for _, img := range elements(t, body, "img") {
			if src := attribute(img, "src"); src != "https://pictures.example/a.jpg" {
				t.Errorf("GET %s has a picture %q", path, src)
			}
		}
		if regexp.MustCompile(`<[^>"']*\son\w+=`).MatchString(body) {
			t.Errorf("GET %s has an event handler", path)
		}
	}
}

func elements(t *testing.T, body, name string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestDraftsAreInvisible looks for what is not for readers on every page.
func TestDraftsAreInvisible(t *testing.T) {
	t.Parallel()
	shown := content.Draft{Title: "Harbour wall shut", Slug: "shown", Body: strings.Repeat("The harbour wall is shut. ", 40), Tags: []string{"wall"}, Section: "harbour", Authors: []content.Author{{Name: "Ann Lee"}}}
	draft, scheduled := shown, shown
	draft.Title, draft.Slug, draft.Status = "SECRET draft about the harbour wall", "secret-draft", content.StatusDraft
	scheduled.Title, scheduled.Slug, scheduled.Status = "SECRET plan for the harbour wall", "secret-plan", content.StatusScheduled
	scheduled.PublishedAt = new(dbtest.Now.Add(24 * time.Hour))
	draft.Section, scheduled.Section = "secret", "secret"
	n := archive(t, shown, draft, scheduled)
	for _, path := range []string{
		"/", "/articles/shown", "/sections/harbour", "/tags/wall", "/authors/ann-lee", "/search?q=harbour", "/search?q=secret",
		"/feed.atom", "/feed.json", "/rss.xml", "/sitemap.xml", "/news-sitemap.xml",
	} {
		body := n.page(t, path)
		if strings.Contains(strings.ReplaceAll(body, "q=secret", ""), "secret-") || strings.Contains(body, "SECRET") || strings.Contains(body, "/sections/secret") {
			t.Errorf("GET %s shows what is not for readers:\n%s", path, body)
		}
		if !strings.Contains(body, "shown") && path != "/search?q=secret" {
			t.Errorf("GET %s does not show what is", path)
		}
	}
	for _, path := range []string{"/articles/secret-draft", "/articles/secret-plan", "/sections/secret"} {
		if w := n.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
}

// TestEmptyArchive is the newspaper before its first story.
func TestEmptyArchive(t *testing.T) {
	t.Parallel()
	n := archive(t)
	if body := n.page(t, "/"); !strings.Contains(body, "No story has been published yet") {
		t.Errorf("an empty front page shows:\n%s", body)
	}
	for _, path := range []string{"/feed.atom", "/feed.json", "/rss.xml", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/search?q=x"} {
		n.page(t, path)
	}
}

// TestCanonicalElsewhere is an article whose own address is on another site.
func TestCanonicalElsewhere(t *testing.T) {
	t.Parallel()
	n := archive(t, content.Draft{Title: "From elsewhere", Slug: "from", URL: "https://elsewhere.example/from?a=1&b=2", Body: "Short."})
	body := n.page(t, "/articles/from")
	if want := `<link rel="canonical" href="https://elsewhere.example/from?a=1&amp;b=2">`; !strings.Contains(body, want) {
		t.Errorf("the page lacks %s", want)
	}
	if strings.Contains(body, "No time to read") {
		t.Error("an article of one word offers a summary")
	}
}
