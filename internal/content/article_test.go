package content_test

import (
	"testing"
	"time"

	"nutgraph/internal/content"
)

// now is the time it is in these tests.
var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestStatusCanBecome(t *testing.T) {
	t.Parallel()
	allowed := map[content.Status]string{
		content.StatusDraft:     "DRAFT SCHEDULED PUBLISHED",
		content.StatusScheduled: "DRAFT SCHEDULED PUBLISHED WITHDRAWN",
		content.StatusPublished: "SCHEDULED PUBLISHED WITHDRAWN",
		content.StatusWithdrawn: "DRAFT SCHEDULED PUBLISHED WITHDRAWN",
	}
	for from, want := range allowed {
		var got string
		for _, to := range []content.Status{content.StatusDraft, content.StatusScheduled, content.StatusPublished, content.StatusWithdrawn} {
			if from.CanBecome(to) {
				got += " " + string(to)
			}
		}
		if got != " "+want {
			t.Errorf("%s can become%s, want %s", from, got, want)
		}
	}
	if content.StatusDraft.CanBecome("LOST") {
		t.Error("DRAFT can become LOST, which is no status")
	}
}

func TestStatusAt(t *testing.T) {
	t.Parallel()
	before, after := now.Add(-time.Millisecond), now.Add(time.Millisecond)
	for _, tt := range []struct {
		status      content.Status
		publishedAt *time.Time
		unpublishAt *time.Time
		want        content.Status
	}{
		{content.StatusDraft, &before, nil, content.StatusDraft},
		{content.StatusDraft, &after, nil, content.StatusDraft},
		{content.StatusDraft, nil, nil, content.StatusDraft},
		{content.StatusWithdrawn, &after, nil, content.StatusWithdrawn},
		{content.StatusPublished, &before, nil, content.StatusPublished},
		{content.StatusPublished, &now, nil, content.StatusPublished},
		{content.StatusPublished, &after, nil, content.StatusScheduled},
		{content.StatusPublished, nil, nil, content.StatusScheduled},
		{content.StatusScheduled, &before, nil, content.StatusPublished},
		{content.StatusScheduled, &now, nil, content.StatusPublished},
		{content.StatusScheduled, &after, nil, content.StatusScheduled},
		{content.StatusScheduled, nil, nil, content.StatusScheduled},
		{content.StatusPublished, &before, &after, content.StatusPublished},
		{content.StatusPublished, &before, &now, content.StatusWithdrawn},
		{content.StatusScheduled, &before, &before, content.StatusWithdrawn},
		{content.StatusPublished, &after, &after, content.StatusScheduled},
		{content.StatusDraft, &before, &before, content.StatusDraft},
	} {
		if got := tt.status.At(tt.publishedAt, tt.unpublishAt, now); got != tt.want {
			t.Errorf("%s published at %v until %v is, at %v, %s; want %s", tt.status, tt.publishedAt, tt.unpublishAt, now, got, tt.want)
		}
	}
}

func TestBlank(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"", true},
		{" \t\r\n\u00a0\u2003", true},
		{"\u200b\ufeff\u00ad\u200e", true},
		{"\x00\x1b", true},
		{"a", false},
		{" . ", false},
		{"\u200b☃", false},
		{"\xff", false}, // shown as a replacement character
	} {
		if got := content.Blank(tt.in); got != tt.want {
			t.Errorf("Blank(%q) = %t, want %t", tt.in, got, tt.want)
		}
	}
}

func TestReadingMinutes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ words, want int }{{0, 0}, {1, 1}, {230, 1}, {231, 2}, {2300, 10}} {
		a := content.Article{WordCount: tt.words}
		if got := a.ReadingMinutes(); got != tt.want {
			t.Errorf("ReadingMinutes of %d words = %d, want %d", tt.words, got, tt.want)
		}
	}
}

func TestExactlyOneName(t *testing.T) {
	t.Parallel()
	id, slug, external := content.ID("art_1"), "a", &content.External{Source: "cms", ID: "1"}
	for name, tt := range map[string]struct {
		by   interface{ Validate() error }
		good bool
	}{
		"article by id":        {content.ArticleBy{ID: &id}, true},
		"article by slug":      {content.ArticleBy{Slug: &slug}, true},
		"article by url":       {content.ArticleBy{URL: &slug}, true},
		"article by external":  {content.ArticleBy{External: external}, true},
		"article by nothing":   {content.ArticleBy{}, false},
		"article by two":       {content.ArticleBy{ID: &id, Slug: &slug}, false},
		"article by all":       {content.ArticleBy{ID: &id, Slug: &slug, URL: &slug, External: external}, false},
		"author by id":         {content.SlugOrID{ID: &id}, true},
		"author by slug":       {content.SlugOrID{Slug: &slug}, true},
		"author by nothing":    {content.SlugOrID{}, false},
		"author by both names": {content.SlugOrID{ID: &id, Slug: &slug}, false},
	} {
		err := tt.by.Validate()
		if tt.good && err != nil {
			t.Errorf("%s: Validate() = %v, want nil", name, err)
		}
		if !tt.good {
			wantInvalid(t, name, err, "by")
		}
	}
}
