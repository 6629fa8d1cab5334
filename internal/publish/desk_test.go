package publish_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db"
	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/publish"
)

// office is an archive with a clock, and the desk where it is changed.
type office struct {
	*publish.Desk
	store *db.DB
	path  string

	mu  sync.Mutex
	now time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{path: filepath.Join(t.TempDir(), "test.db"), now: dbtest.Now}
	o.store = dbtest.OpenFile(t, o.path, o.clock)
	o.Desk = publish.NewDesk(o.store)
	return o
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// wait lets time go by.
func (o *office) wait(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

// draft makes a draft by somebody.
func (o *office) draft(ctx context.Context, t *testing.T, title string) content.Article {
	t.Helper()
	a, err := o.CreateArticle(ctx, content.Changes{Title: &title, Body: new("Body of " + title)}, nil)
	if err != nil {
		t.Fatalf("CreateArticle(%q): %v", title, err)
	}
	return a
}

// published makes a public article.
func (o *office) published(t *testing.T, title string) content.Article {
	t.Helper()
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	return must(t)(o.PublishArticle(ctx, publish.Base{ID: o.draft(ctx, t, title).ID}, nil))
}

// events are the kind, the slug and the time after the start, of all that
// happened.
func (o *office) events(t *testing.T) []string {
	t.Helper()
	all, err := o.store.Events(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range all {
		list = append(list, fmt.Sprint(e.Kind, " ", e.Slug, " ", e.At.Sub(dbtest.Now)))
	}
	return list
}

func must(t *testing.T) func(content.Article, error) content.Article {
	return func(a content.Article, err error) content.Article {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

// wantCode checks that an error is for the caller, with a code.
func wantCode(t *testing.T, what string, err error, code content.Code) {
	t.Helper()
	mistake, ok := errors.AsType[*content.Error](err)
	if !ok || mistake.Code != code {
		t.Errorf("%s: error %v, want %s", what, err, code)
	}
}

func wantEvents(t *testing.T, o *office, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, o.events(t)); diff != "" {
		t.Errorf("what happened (-want +got):\n%s", diff)
	}
}

func TestArticlesAreMadePublishedAndEdited(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	a := o.draft(ctx, t, "Ferry returns")
	if a.Slug != "ferry-returns" || a.Status != content.StatusDraft || a.Revision != 1 || a.Owner != "EDITOR" || a.PublishedAt != nil {
		t.Errorf("created %+v, want a draft of EDITOR at revision 1", a)
	}
	wantEvents(t, o, []string{}...)
	o.wait(time.Minute)
	a = must(t)(o.PublishArticle(ctx, publish.Base{ID: a.ID, Revision: new(1)}, nil))
	if a.Status != content.StatusPublished || a.Revision != 2 || !a.PublishedAt.Equal(dbtest.Now.Add(time.Minute)) {
		t.Errorf("published %+v, want it public now, at revision 2", a)
	}
	o.wait(time.Minute)
	a = must(t)(o.UpdateArticle(ctx, publish.Base{ID: a.ID, Revision: new(2)}, content.Changes{Title: new("Ferry back"), Tags: &[]string{"ferry"}}))
	if a.Title != "Ferry back" || a.Slug != "ferry-returns" || a.Revision != 3 || !a.UpdatedAt.Equal(dbtest.Now.Add(2*time.Minute)) || a.Status != content.StatusPublished {
		t.Errorf("edited %+v, want another title, the same slug, revision 3, updated now", a)
	}
	same := must(t)(o.UpdateArticle(ctx, publish.Base{ID: a.ID}, content.Changes{Title: new("Ferry back"), Tags: &[]string{"ferry"}}))
	if same.Revision != 3 {
		t.Errorf("the same again makes revision %d, want none", same.Revision)
	}
	again := must(t)(o.PublishArticle(ctx, publish.Base{ID: a.ID}, nil))
	if again.Revision != 3 {
		t.Errorf("published again, the article is at revision %d, want it as it was", again.Revision)
	}
	wantEvents(t, o, "article.published ferry-returns 1m0s", "article.updated ferry-returns 2m0s")
	if got := dbtest.Rows(t, o.path, `SELECT number, actor, action FROM revision ORDER BY number`); !cmp.Equal(got, []string{"1|EDITOR|CREATED", "2|EDITOR|PUBLISHED", "3|EDITOR|EDITED"}) {
		t.Errorf("revisions %v, want created, published, edited", got)
	}
	if got := dbtest.Rows(t, o.path, `SELECT COUNT(*) FROM river_job WHERE kind = 'analyse_article' AND args ->> 'article' = $1`, a.ID); got[0] == "0" {
		t.Error("no job was left for the article")
	}
}

func TestChangesSetAndClear(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	a := must(t)(o.CreateArticle(ctx, content.Changes{
		Title: new("A"), Standfirst: new("S"), Body: new("B"), URL: new("https://example.org/a"), Language: new("en"), Section: new("World/Europe"),
		Authors: &[]string{"Ann", "Bob"}, Tags: &[]string{"One", "Two"}, Image: &content.Image{URL: "https://example.org/i.png", Alt: "An I"},
	}, &content.External{Source: "cms", ID: "7"}))
	must(t)(o.UpdateArticle(ctx, publish.Base{ID: a.ID}, content.Changes{
		Standfirst: new(""), URL: new(""), Section: new(""), Authors: &[]string{"Bob"}, Image: &content.Image{},
	}))
	v, err := o.store.Version(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	v.Draft.UpdatedAt = nil
	want := content.Draft{
		Title: "A", Body: "B", BodyFormat: content.Markdown, Slug: "a", Language: "en", Status: content.StatusDraft, Source: "cms", ExternalID: "7",
		Authors: []content.Author{{Slug: "bob", Name: "Bob"}}, Tags: []string{"One", "Two"},
	}
	if diff := cmp.Diff(want, v.Draft); diff != "" {
		t.Errorf("after the changes (-want +got):\n%s", diff)
	}
}

func TestMistakesAreToldAllAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	_, err := o.CreateArticle(ctx, content.Changes{Title: new(" "), Standfirst: new(strings.Repeat("ä", content.MaxTypedStandfirst+1)), Slug: new("Not a slug"), Tags: &[]string{""}}, nil)
	if err == nil {
		t.Fatal("it was created")
	}
	for _, field := range []string{"title: ", "standfirst: has 2001 characters", "slug: ", "tags: "} {
		if !strings.Contains(err.Error(), field) {
			t.Errorf("%q does not tell of %q", err, field)
		}
	}
	if got := dbtest.Rows(t, o.path, `SELECT COUNT(*) FROM article`); got[0] != "0" {
		t.Error("an article was made all the same")
	}
	must(t)(o.CreateArticle(ctx, content.Changes{Title: new(strings.Repeat("ä", content.MaxTypedTitle)), Body: new(strings.Repeat("b", content.MaxTypedBody))}, nil))
}

func TestAChangeFromAnOldRevisionChangesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	a := o.published(t, "A")
	before := dbtest.Rows(t, o.path, `SELECT title, revision, (SELECT COUNT(*) FROM revision), (SELECT COUNT(*) FROM event) FROM article`)
	for what, do := range map[string]func(b publish.Base) error{
		"UpdateArticle": func(b publish.Base) error {
			_, err := o.UpdateArticle(ctx, b, content.Changes{Title: new("B")})
			return err
		},
		"PublishArticle": func(b publish.Base) error {
			_, err := o.PublishArticle(ctx, b, new(dbtest.Now.Add(time.Hour)))
			return err
		},
	} {
		err := do(publish.Base{ID: a.ID, Revision: new(1)})
		wantCode(t, what, err, content.Conflict)
		if mistake, _ := errors.AsType[*content.Error](err); mistake.Revision != 2 {
			t.Errorf("%s: the conflict names revision %d, want 2", what, mistake.Revision)
		}
	}
	after := dbtest.Rows(t, o.path, `SELECT title, revision, (SELECT COUNT(*) FROM revision), (SELECT COUNT(*) FROM event) FROM article`)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("what a conflict changed (-before +after):\n%s", diff)
	}
}

func TestRights(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	named := func(name string, role content.Role) context.Context {
		return content.WithPrincipal(t.Context(), &content.Principal{Name: name, Role: role})
	}
	own := o.draft(named("ann", content.RoleAuthor), t, "Ann's")
	public := o.published(t, "Public")
	update := func(ctx context.Context, a content.Article) error {
		_, err := o.UpdateArticle(ctx, publish.Base{ID: a.ID}, content.Changes{Body: new(a.Title + " again")})
		return err
	}
	for _, tt := range []struct {
		what string
		err  error
		want content.Code
	}{
		{"anonymous", update(t.Context(), own), content.Unauthenticated},
		{"reader", update(named("r", content.RoleReader), own), content.Forbidden},
		{"previewer", update(named("p", content.RolePreviewer), own), content.Forbidden},
		{"another author", update(named("bob", content.RoleAuthor), own), content.Forbidden},
		{"author, published", update(named("EDITOR", content.RoleAuthor), public), content.Forbidden},
		{"author", update(named("ann", content.RoleAuthor), own), ""},
		{"editor", update(named("e", content.RoleEditor), public), ""},
	} {
		if tt.want != "" {
			wantCode(t, tt.what, tt.err, tt.want)
		} else if tt.err != nil {
			t.Errorf("%s: %v, want it done", tt.what, tt.err)
		}
	}
	_, err := o.PublishArticle(named("ann", content.RoleAuthor), publish.Base{ID: own.ID}, nil)
	wantCode(t, "an author publishes", err, content.Forbidden)
	_, err = o.CreateArticle(named("p", content.RolePreviewer), content.Changes{Title: new("x")}, nil)
	wantCode(t, "a previewer creates", err, content.Forbidden)
	_, _, err = o.CreateToken(named("e", content.RoleEditor), content.NewToken{Name: "x", Role: content.RoleReader})
	wantCode(t, "an editor makes a token", err, content.Forbidden)
}

// TestSchedulesAreKept is about publications that are due while nothing runs:
// they are announced in their order, once, when it runs again.
func TestSchedulesAreKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	for title, at := range map[string]time.Duration{"third": 3 * time.Minute, "first": time.Minute, "second": 2 * time.Minute, "later": time.Hour} {
		a := must(t)(o.PublishArticle(ctx, publish.Base{ID: o.draft(ctx, t, title).ID}, new(dbtest.Now.Add(at))))
		if a.Status != content.StatusScheduled {
			t.Errorf("%s is %s, want it scheduled", title, a.Status)
		}
	}
	wantEvents(t, o, []string{}...)
	if next, err := o.store.Announce(ctx); err != nil || !next.Equal(dbtest.Now.Add(time.Minute)) {
		t.Errorf("Announce() = %v, %v; want the first at 1m", next, err)
	}
	o.wait(10 * time.Minute)
	want := []string{"article.published first 1m0s", "article.published second 2m0s", "article.published third 3m0s"}
	for range 2 {
		if next, err := o.store.Announce(ctx); err != nil || !next.Equal(dbtest.Now.Add(time.Hour)) {
			t.Errorf("Announce() = %v, %v; want the next at 1h", next, err)
		}
		wantEvents(t, o, want...)
	}
	// A change comes after what was due before it, also when nobody announced it.
	o.wait(time.Hour)
	o.published(t, "now")
	wantEvents(t, o, append(want, "article.published later 1h0m0s", "article.published now 1h10m0s")...)
	if next, err := o.store.Announce(ctx); err != nil || !next.IsZero() {
		t.Errorf("Announce() = %v, %v; want nothing more", next, err)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleAdmin)
	expires := dbtest.Now.Add(time.Hour)
	made, secret, err := o.CreateToken(ctx, content.NewToken{Name: " cms ", Role: content.RoleEditor, ExpiresAt: &expires})
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.store.Authenticate(ctx, secret)
	if diff := cmp.Diff(&content.Principal{Token: made.ID, Name: "cms", Role: content.RoleEditor, ExpiresAt: &expires}, p); diff != "" || err != nil {
		t.Errorf("Authenticate: %v (-want +got):\n%s", err, diff)
	}
	if kept := dbtest.Rows(t, o.path, `SELECT * FROM token`)[0]; strings.Contains(kept, secret) || strings.Contains(kept, strings.TrimPrefix(secret, "ng_")) {
		t.Error("the secret itself is kept")
	}
	page, err := o.Tokens(ctx, content.Window{Limit: 9})
	if err != nil || len(page.Edges) != 1 || page.Edges[0].Node.LastUsedAt == nil {
		t.Errorf("Tokens = %+v, %v; want one, used", page.Edges, err)
	}
	for what, secret := range map[string]string{"another": secret + "x", "none": "", "its hash": dbtest.Rows(t, o.path, `SELECT hash FROM token`)[0]} {
		_, err := o.store.Authenticate(ctx, secret)
		wantCode(t, what, err, content.Unauthenticated)
	}
	_, other, err := o.CreateToken(ctx, content.NewToken{Name: "other", Role: content.RoleReader})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.RevokeToken(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	_, err = o.store.Authenticate(ctx, secret)
	wantCode(t, "revoked", err, content.Unauthenticated)
	if _, err := o.store.Authenticate(ctx, other); err != nil {
		t.Errorf("the other token is good no more: %v", err)
	}
	_, err = o.RevokeToken(ctx, "tok_none")
	wantCode(t, "revoke none", err, content.NotFound)
	_, _, err = o.CreateToken(ctx, content.NewToken{Name: "", Role: "KING", ExpiresAt: &dbtest.Now})
	for _, field := range []string{"name", "role", "expiresAt"} {
		if err == nil || !strings.Contains(err.Error(), field+": ") {
			t.Errorf("%v does not tell of %s", err, field)
		}
	}
	_, third, err := o.CreateToken(ctx, content.NewToken{Name: "short", Role: content.RoleReader, ExpiresAt: &expires})
	if err != nil {
		t.Fatal(err)
	}
	o.wait(time.Hour)
	_, err = o.store.Authenticate(ctx, third)
	wantCode(t, "expired", err, content.Unauthenticated)
}

// TestManyWritersLoseNothing lets 16 writers change one article at once, each a
// field of its own, and articles of their own.
func TestManyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx := dbtest.As(t.Context(), content.RoleEditor)
	shared := o.published(t, "Shared")
	const writers, rounds = 16, 6
	var wg sync.WaitGroup
	failed := make(chan error, writers*rounds)
	for w := range writers {
		wg.Go(func() {
			for n := range rounds {
				title := fmt.Sprintf("Writer %d, round %d", w, n)
				a, err := o.CreateArticle(ctx, content.Changes{Title: &title}, nil)
				if err == nil {
					_, err = o.PublishArticle(ctx, publish.Base{ID: a.ID}, nil)
				}
				if err == nil {
					_, err = o.UpdateArticle(ctx, publish.Base{ID: shared.ID}, content.Changes{Body: &title})
				}
				failed <- err
			}
		})
	}
	wg.Wait()
	for range writers * rounds {
		if err := <-failed; err != nil {
			t.Errorf("a change failed: %v", err)
		}
	}
	got := dbtest.Rows(t, o.path, `
		SELECT (SELECT COUNT(*) FROM article), (SELECT revision FROM article WHERE slug = 'shared'), (SELECT COUNT(*) FROM revision),
			(SELECT COUNT(*) FROM event WHERE kind = 'article.published'), (SELECT COUNT(*) FROM event WHERE kind = 'article.updated'),
			(SELECT COUNT(DISTINCT text ->> '$.Draft.Body') FROM revision r JOIN article a ON a.key = r.article_key WHERE a.slug = 'shared')`)
	n := writers * rounds
	want := fmt.Sprintf("%d|%d|%d|%d|%d|%d", n+1, n+2, 2*n+n+2, n+1, n, n)
	if got[0] != want {
		t.Errorf("articles, revision of the shared one, revisions, published, updated, texts kept: %s, want %s", got[0], want)
	}
}
