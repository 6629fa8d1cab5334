package db

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"nutgraph/internal/content"
)

// statement builds the text of a dynamic statement. Values never enter the
// text: they become arguments.
type statement struct {
	args  []any
	known bool // article a is one of a list: what it is filed under is looked up for each
}

// arg takes a value and returns its placeholder.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return "$" + strconv.Itoa(len(s.args))
}

// list takes any number of values as one argument, so that the text, and with
// it the prepared statement, stays the same however many there are.
func list[T any](s *statement, values []T) string {
	return "(SELECT value FROM json_each(" + s.arg(toJSON(values)) + "))"
}

// toJSON writes values that always marshal: texts, finite numbers, and lists
// and structs of them.
func toJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// visible is the condition under which a reader may see article a.
func (s *statement) visible(now time.Time) string { return s.visibleAs("a", now) }

// visibleAs is the condition under which a reader may see an article of
// another name.
func (s *statement) visibleAs(name string, now time.Time) string {
	moment := s.arg(now.UnixMilli())
	return name + ".status = 'PUBLISHED' AND " + name + ".published_at <= " + moment +
		" AND (" + name + ".unpublish_at IS NULL OR " + name + ".unpublish_at > " + moment + ")"
}

// inSight is the condition under which whoever asks may see article a when he
// names it. Lists are of what readers see, whoever asks.
func (s *statement) inSight(ctx context.Context, now time.Time) string {
	return s.inSightAs(ctx, "a", now)
}

// inSightAs is inSight for an article of another name.
func (s *statement) inSightAs(ctx context.Context, name string, now time.Time) string {
	sight := content.SightOf(ctx)
	switch {
	case sight.Everything:
		return "TRUE"
	case sight.Preview != "":
		return "(" + name + ".id = " + s.arg(sight.Preview) + " OR " + s.visibleAs(name, now) + ")"
	}
	return s.visibleAs(name, now)
}

// inStates is the condition of standing in one of some states. What is not
// published is seen only by whoever may see everything.
func (s *statement) inStates(ctx context.Context, states []content.Status, now time.Time) string {
	alternatives := []string{"FALSE"}
	for _, state := range states {
		if state == content.StatusPublished || content.SightOf(ctx).Everything {
			alternatives = append(alternatives, s.inState(state, now))
		}
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

func (s *statement) inState(state content.Status, now time.Time) string {
	switch state {
	case content.StatusDraft:
		return "a.status = 'DRAFT' AND a.deleted_at IS NULL"
	case content.StatusScheduled:
		return "a.status = 'PUBLISHED' AND a.published_at > " + s.arg(now.UnixMilli())
	case content.StatusWithdrawn:
		moment := s.arg(now.UnixMilli())
		return "a.deleted_at IS NULL AND (a.status = 'WITHDRAWN' OR a.status = 'PUBLISHED' AND a.published_at <= " + moment + " AND a.unpublish_at <= " + moment + ")"
	case content.StatusTrashed:
		return "a.deleted_at IS NOT NULL"
	}
	return s.visible(now)
}

// formerly is the condition of having had a slug before.
func (s *statement) formerly(noun, row, slug string) string {
	return row + ".key = (SELECT key FROM former_slug WHERE noun = '" + noun + "' AND slug = " + s.arg(slug) + ")"
}

// articleColumns are what scanArticle reads, from article a.
const articleColumns = `a.id, a.slug, a.title, a.standfirst, a.url, a.source, a.external_id, a.language, a.status,
	a.revision, a.published_at, a.unpublish_at, a.deleted_at, a.updated_at, a.created_at, a.word_count,
	a.image_url, a.image_alt, a.image_credit, COALESCE(a.owner, ''),
	(SELECT s.id FROM section s WHERE s.key = a.section_key)`

// scanArticle reads one row of articleColumns. The status is the one at now.
func scanArticle(scan scanner, now time.Time) (content.Article, error) {
	var a content.Article
	var url, source, externalID, imageURL, imageAlt, imageCredit *string
	var published, unpublish, deleted *int64
	var updated, created int64
	err := scan(&a.ID, &a.Slug, &a.Title, &a.Standfirst, &url, &source, &externalID, &a.Language, &a.Status,
		&a.Revision, &published, &unpublish, &deleted, &updated, &created, &a.WordCount,
		&imageURL, &imageAlt, &imageCredit, &a.Owner, &a.SectionID)
	if err != nil {
		return a, err
	}
	if url != nil {
		a.URL = *url
	}
	if source != nil && externalID != nil {
		a.External = &content.External{Source: *source, ID: *externalID}
	}
	if imageURL != nil {
		a.Image = &content.Image{URL: *imageURL, Alt: deref(imageAlt), Credit: deref(imageCredit)}
	}
	a.PublishedAt, a.UnpublishAt, a.DeletedAt = maybe(published), maybe(unpublish), maybe(deleted)
	a.UpdatedAt, a.CreatedAt = moment(updated), moment(created)
	a.Status = a.Status.At(a.PublishedAt, a.UnpublishAt, now)
	if a.DeletedAt != nil {
		a.Status = content.StatusTrashed
	}
	return a, nil
}

func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// maybe is a moment that may be missing.
func maybe(ms *int64) *time.Time {
	if ms == nil {
		return nil
	}
	t := moment(*ms)
	return &t
}

// millis is the stored form of a moment that may be missing.
func millis(t *time.Time) *int64 {
	if t == nil {
		return nil
	}
	ms := t.UnixMilli()
	return &ms
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// nullable is the stored form of a text that may be missing.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// and joins conditions.
func and(conditions []string) string { return strings.Join(conditions, " AND ") }
