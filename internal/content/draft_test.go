package content_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
)

func TestValidDrafts(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]content.Draft{
		"title alone": {Title: "Harbour wall breached"},
		"everything": {
			Title: "Harbour wall", Standfirst: "A gap.", Body: "<p>Text", BodyFormat: content.HTML, Slug: "harbour-wall",
			URL: "https://example.org/a?b=c#d", Source: "cms", ExternalID: "7", Language: "pt-BR", Status: content.StatusScheduled,
			PublishedAt: &now, UpdatedAt: &now, Authors: []content.Author{{Name: "Ana Reyes"}, {Name: "Ana Reyes", Slug: "ana-reyes-2"}},
			Tags: []string{"Harbour", "harbour", "☃"}, Section: "world/europe", Image: content.Image{URL: "http://example.org/a.jpg"},
		},
		"longest": {
			Title: strings.Repeat("x", content.MaxTitle), Standfirst: strings.Repeat("x", content.MaxStandfirst),
			Body: strings.Repeat("x", content.MaxBody), Slug: strings.Repeat("x", content.MaxSlug),
			Tags: []string{strings.Repeat("x", content.MaxName)},
		},
	} {
		if err := d.Validate(); err != nil {
			t.Errorf("%s: Validate() = %v, want nil", name, err)
		}
	}
}

// mistakes are drafts with one mistake each, and the error they get.
var mistakes = []struct {
	spoil func(*content.Draft)
	want  string
}{
	{func(d *content.Draft) { d.Title = " \u200b" }, "title: is blank; give the article a headline"},
	{func(d *content.Draft) { d.Title = strings.Repeat("x", 1001) }, "title: has 1001 bytes; the limit is 1000"},
	{func(d *content.Draft) { d.Title = "a\xff" }, "title: is not UTF-8; save it in that encoding"},
	{func(d *content.Draft) { d.Standfirst = strings.Repeat("x", 10_001) }, "standfirst: has 10001 bytes; the limit is 10000"},
	{func(d *content.Draft) { d.Standfirst = "\xc3" }, "standfirst: is not UTF-8; save it in that encoding"},
	{func(d *content.Draft) { d.Body = strings.Repeat("x", content.MaxBody+1) }, "body: has 10485761 bytes; the limit is 10485760"},
	{func(d *content.Draft) { d.Body = "\xfe" }, "body: is not UTF-8; save it in that encoding"},
	{func(d *content.Draft) { d.Slug = "Harbour Wall" }, `slug: "Harbour Wall" is not a slug; use lower-case letters, digits and single hyphens, at most 120 of them, for example "harbour-wall"`},
	{func(d *content.Draft) { d.Slug = "☃" }, `slug: "☃" is not a slug; use lower-case letters, digits and single hyphens, at most 120 of them, for example "a-title"`},
	{func(d *content.Draft) { d.BodyFormat = "RTF" }, `bodyFormat: "RTF" is unknown; use MARKDOWN, HTML or TEXT`},
	{func(d *content.Draft) { d.Status = content.StatusScheduled }, "publishedAt: is missing; a scheduled article needs the time it is scheduled for"},
	{func(d *content.Draft) { d.Status = content.StatusWithdrawn }, `status: "WITHDRAWN" cannot be handed in; use DRAFT, SCHEDULED or PUBLISHED`},
	{func(d *content.Draft) { d.PublishedAt = new(now.AddDate(9000, 0, 0)) }, "publishedAt: is in the year 11026; give a year from 1 to 9999"},
	{func(d *content.Draft) { d.UpdatedAt = new(now.AddDate(-3000, 0, 0)) }, "updatedAt: is in the year -974; give a year from 1 to 9999"},
	{func(d *content.Draft) { d.Source = "cms" }, "externalId: source and externalId go together; give both or neither"},
	{func(d *content.Draft) { d.ExternalID = "7" }, "externalId: source and externalId go together; give both or neither"},
	{func(d *content.Draft) { d.Language = "englisch!" }, `language: "englisch!" is not a language tag; use BCP 47, for example "en" or "pt-BR"`},
	{func(d *content.Draft) { d.URL = "/a" }, `url: "/a" is not an absolute http or https address`},
	{func(d *content.Draft) { d.Image.URL = "javascript:alert(1)" }, `image: "javascript:alert(1)" is not an absolute http or https address`},
	{func(d *content.Draft) { d.Authors = []content.Author{{Slug: "ana"}} }, "authors: has a blank name; remove it or write the name"},
	{func(d *content.Draft) { d.Authors = []content.Author{{Name: "Ana", Slug: "Ana"}} }, `authors: "Ana" is not a slug; use lower-case letters, digits and single hyphens, at most 120 of them`},
	{func(d *content.Draft) { d.Authors = []content.Author{{Name: strings.Repeat("x", 301)}} }, "authors: has 301 bytes; the limit is 300"},
	{func(d *content.Draft) { d.Tags = []string{"a", " "} }, "tags: has a blank name; remove it or write the name"},
	{func(d *content.Draft) { d.Tags = []string{"\xff"} }, "tags: is not UTF-8; save it in that encoding"},
	{func(d *content.Draft) { d.Tags = []string{strings.Repeat("x", 301)} }, "tags: has 301 bytes; the limit is 300"},
	{func(d *content.Draft) { d.Section = strings.Repeat("x", 301) }, "section: has 301 bytes; the limit is 300"},
}

func TestEachMistakeOfADraftIsNamed(t *testing.T) {
	t.Parallel()
	for _, tt := range mistakes {
		d := content.Draft{Title: "A title"}
		tt.spoil(&d)
		err := d.Validate()
		if err == nil || err.Error() != tt.want {
			t.Errorf("Validate() = %v, want %s", err, tt.want)
		}
		field, _, _ := strings.Cut(tt.want, ":")
		wantInvalid(t, tt.want, err, field)
	}
}

func TestAllMistakesOfADraftAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	d := content.Draft{
		Title: " ", Standfirst: strings.Repeat("x", 10_001), Slug: "A", BodyFormat: "RTF", Status: "LOST", Source: "cms", Language: "!",
		URL: "a", Image: content.Image{URL: "b"}, Authors: []content.Author{{}}, Tags: []string{""}, Section: strings.Repeat("x", 301),
	}
	want := []string{"title", "standfirst", "slug", "bodyFormat", "status", "externalId", "language", "url", "image", "authors", "tags", "section"}
	joined, ok := d.Validate().(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("Validate() = %v, want errors joined", d.Validate())
	}
	var got []string
	for _, err := range joined.Unwrap() {
		var mistake *content.Error
		if !errors.As(err, &mistake) {
			t.Fatalf("Validate() has the error %#v, want an *Error", err)
		}
		got = append(got, mistake.Field)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the fields with mistakes (-want +got):\n%s", diff)
	}
}

func TestValidURL(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"https://example.org", true},
		{"http://example.org:8080/a%20b?c=d&e=é#f", true},
		{"HTTPS://EXAMPLE.ORG", true},
		{"ftp://example.org", false},
		{"//example.org/a", false},
		{"https:", false},
		{"https:///a", false},
		{"https://user:secret@example.org", false},
		{"https://example.org/a b", false},
		{"https://example.org/\"onload=", false},
		{"data:text/html,x", false},
		{"https://example.org/\n", false},
	} {
		if got := content.ValidURL(tt.in); got != tt.want {
			t.Errorf("ValidURL(%q) = %t, want %t", tt.in, got, tt.want)
		}
	}
}

func TestDraftKey(t *testing.T) {
	t.Parallel()
	same := func(a, b content.Draft) bool { return a.Key() == b.Key() }
	for name, tt := range map[string]struct {
		a, b content.Draft
		want bool
	}{
		"same title":             {content.Draft{Title: "Été"}, content.Draft{Title: "ete"}, true},
		"slug as the title's":    {content.Draft{Title: "A b"}, content.Draft{Title: "x", Slug: "a-b"}, true},
		"other title":            {content.Draft{Title: "A"}, content.Draft{Title: "B"}, false},
		"titles without letters": {content.Draft{Title: "☃"}, content.Draft{Title: "…"}, false},
		"same external":          {content.Draft{Title: "A", Source: "s", ExternalID: "1"}, content.Draft{Title: "B", Slug: "b", Source: "s", ExternalID: "1"}, true},
		"other source":           {content.Draft{Title: "A", Source: "s", ExternalID: "1"}, content.Draft{Title: "A", Source: "t", ExternalID: "1"}, false},
		"external and slug":      {content.Draft{Title: "A", Slug: "a"}, content.Draft{Title: "A", Slug: "a", Source: "s", ExternalID: "a"}, false},
	} {
		if got := same(tt.a, tt.b); got != tt.want {
			t.Errorf("%s: keys %q and %q are the same: %t, want %t", name, tt.a.Key(), tt.b.Key(), got, tt.want)
		}
	}
}

func TestApplyToNothing(t *testing.T) {
	t.Parallel()
	past, future := now.Add(-time.Hour), now.Add(time.Hour)
	for name, tt := range map[string]struct {
		draft     content.Draft
		status    content.Status
		published *time.Time
		updated   time.Time
	}{
		"no time":              {content.Draft{}, content.StatusPublished, &now, now},
		"past":                 {content.Draft{PublishedAt: &past}, content.StatusPublished, &past, past},
		"future":               {content.Draft{PublishedAt: &future}, content.StatusScheduled, &future, now},
		"updated":              {content.Draft{PublishedAt: &past, UpdatedAt: &future}, content.StatusPublished, &past, future},
		"draft":                {content.Draft{Status: content.StatusDraft}, content.StatusDraft, nil, now},
		"draft with a time":    {content.Draft{Status: content.StatusDraft, PublishedAt: &past}, content.StatusDraft, &past, past},
		"published, future":    {content.Draft{Status: content.StatusPublished, PublishedAt: &future}, content.StatusScheduled, &future, now},
		"scheduled, past":      {content.Draft{Status: content.StatusScheduled, PublishedAt: &past}, content.StatusPublished, &past, past},
		"published, no time":   {content.Draft{Status: content.StatusPublished}, content.StatusPublished, &now, now},
		"published, this very": {content.Draft{PublishedAt: &now}, content.StatusPublished, &now, now},
	} {
		tt.draft.Title = " A title\n"
		got, err := tt.draft.Apply(nil, now)
		if err != nil {
			t.Errorf("%s: Apply failed: %v", name, err)
		}
		want := content.Article{Title: "A title", Status: tt.status, Revision: 1, PublishedAt: tt.published, UpdatedAt: tt.updated, CreatedAt: now}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: Apply (-want +got):\n%s", name, diff)
		}
	}
}

func TestApplyToAnArticle(t *testing.T) {
	t.Parallel()
	past := now.Add(-time.Hour)
	old := content.Article{
		ID: "art_1", Slug: "old", Title: "Old", Standfirst: "Old.", URL: "https://example.org/old", External: &content.External{Source: "cms", ID: "7"},
		Language: "en", Status: content.StatusPublished, Revision: 4, PublishedAt: &past, UpdatedAt: past, CreatedAt: past,
		WordCount: 9, Image: &content.Image{URL: "https://example.org/old.jpg"}, SectionID: new(content.ID("sec_1")),
	}
	draft := content.Draft{Title: "New", Slug: "new", Image: content.Image{URL: "https://example.org/new.jpg", Alt: "New"}}
	want := old
	want.Title, want.Standfirst, want.URL, want.Revision, want.UpdatedAt = "New", "", "", 5, now
	want.Image = &content.Image{URL: "https://example.org/new.jpg", Alt: "New"}
	got, err := draft.Apply(&old, now)
	if err != nil {
		t.Fatalf("Apply failed: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Apply (-want +got):\n%s", diff)
	}
	if old.Title != "Old" || old.Revision != 4 {
		t.Errorf("Apply changed the article it was given: %+v", old)
	}
}

func TestApplyObeysTheTransitions(t *testing.T) {
	t.Parallel()
	past, future := now.Add(-time.Hour), now.Add(time.Hour)
	for _, tt := range []struct {
		from, to    content.Status
		publishedAt *time.Time
		want        content.Status // "" for a conflict
	}{
		{content.StatusPublished, content.StatusDraft, nil, ""},
		{content.StatusPublished, "", nil, content.StatusPublished},
		{content.StatusPublished, content.StatusScheduled, &future, content.StatusScheduled},
		{content.StatusScheduled, content.StatusDraft, nil, content.StatusDraft},
		{content.StatusScheduled, content.StatusPublished, nil, content.StatusScheduled}, // its time has not come
		{content.StatusScheduled, content.StatusPublished, &past, content.StatusPublished},
		{content.StatusDraft, "", &past, content.StatusDraft},
		{content.StatusDraft, content.StatusPublished, nil, content.StatusPublished},
		{content.StatusWithdrawn, "", nil, content.StatusWithdrawn},
		{content.StatusWithdrawn, content.StatusPublished, nil, content.StatusPublished},
	} {
		old := content.Article{Status: tt.from, Revision: 1}
		switch tt.from {
		case content.StatusScheduled:
			old.PublishedAt = &future
		case content.StatusPublished, content.StatusWithdrawn:
			old.PublishedAt = &past
		}
		d := content.Draft{Title: "A", Status: tt.to, PublishedAt: tt.publishedAt}
		got, err := d.Apply(&old, now)
		var conflict *content.Error
		switch {
		case tt.want == "" && (!errors.As(err, &conflict) || conflict.Code != content.Conflict):
			t.Errorf("%s asked to become %q: error %v, want a conflict", tt.from, tt.to, err)
		case tt.want != "" && (err != nil || got.Status != tt.want):
			t.Errorf("%s asked to become %q at %v is %s (%v), want %s", tt.from, tt.to, tt.publishedAt, got.Status, err, tt.want)
		}
	}
}
