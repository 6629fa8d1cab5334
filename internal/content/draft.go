package content

import (
	"errors"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"
)

// The longest texts that an article may carry, in bytes.
const (
	MaxTitle      = 1_000
	MaxStandfirst = 10_000
	MaxBody       = 10 << 20
	MaxName       = 300
)

// Draft is an article as somebody hands it in: by an import, a mutation or a
// CMS. Only the title is required.
type Draft struct {
	Title       string
	Standfirst  string
	Body        string
	BodyFormat  Format // MARKDOWN when empty
	Slug        string // made from the title when empty
	URL         string
	Source      string // with ExternalID: the key for handing it in again
	ExternalID  string
	Language    string     // detected when empty
	Status      Status     // by PublishedAt when empty
	PublishedAt *time.Time // now, when it and Status are missing
	UpdatedAt   *time.Time
	Authors     []Author // by slug, or by name alone
	Tags        []string
	Section     string // a name or a path
	Image       Image
}

// Key is what tells that two drafts mean the same article: the external name
// when there is one, else the slug.
func (d *Draft) Key() string {
	if d.Source != "" || d.ExternalID != "" {
		return "external\x00" + d.Source + "\x00" + d.ExternalID
	}
	return "slug\x00" + d.SlugOrTitle()
}

// SlugOrTitle is the slug the draft asks for, or the one its title makes. A
// title without a letter that can be written in ASCII makes "article".
func (d *Draft) SlugOrTitle() string {
	if d.Slug != "" {
		return d.Slug
	}
	if made := Slugify(d.Title); made != "" {
		return made
	}
	return "article"
}

// Validate returns nil, or every mistake in the draft as *Error values joined
// together, each with the field and what to do about it.
func (d *Draft) Validate() error {
	var mistakes []error
	wrong := func(field, format string, args ...any) {
		mistakes = append(mistakes, FieldErrorf(field, format, args...))
	}
	if Blank(d.Title) {
		wrong("title", "is blank; give the article a headline")
	}
	tooLong := func(field, s string, limit int) {
		if len(s) > limit {
			wrong(field, "has %d bytes; the limit is %d", len(s), limit)
		}
	}
	tooLong("title", d.Title, MaxTitle)
	tooLong("standfirst", d.Standfirst, MaxStandfirst)
	tooLong("body", d.Body, MaxBody)
	if d.Slug != "" && !ValidSlug(d.Slug) {
		wrong("slug", "%q is not a slug; use lower-case letters, digits and single hyphens, for example %q", d.Slug, suggestSlug(d))
	}
	switch d.BodyFormat {
	case "", HTML, Markdown, Text:
	default:
		wrong("bodyFormat", "%q is unknown; use MARKDOWN, HTML or TEXT", d.BodyFormat)
	}
	switch d.Status {
	case "", StatusDraft, StatusPublished:
	case StatusScheduled:
		if d.PublishedAt == nil {
			wrong("publishedAt", "is missing; a scheduled article needs the time it is scheduled for")
		}
	default:
		wrong("status", "%q cannot be handed in; use DRAFT, SCHEDULED or PUBLISHED", d.Status)
	}
	if (d.Source == "") != (d.ExternalID == "") {
		wrong("externalId", "source and externalId go together; give both or neither")
	}
	if d.Language != "" {
		if _, err := language.Parse(d.Language); err != nil {
			wrong("language", "%q is not a language tag; use BCP 47, for example \"en\" or \"pt-BR\"", d.Language)
		}
	}
	for field, address := range map[string]string{"url": d.URL, "image": d.Image.URL} {
		if address != "" && !ValidURL(address) {
			wrong(field, "%q is not an absolute http or https address", address)
		}
	}
	for _, a := range d.Authors {
		tooLong("authors", a.Name, MaxName)
		if Blank(a.Name) {
			wrong("authors", "has a blank name; remove it or write the name")
		}
		if a.Slug != "" && !ValidSlug(a.Slug) {
			wrong("authors", "%q is not a slug; use lower-case letters, digits and single hyphens", a.Slug)
		}
	}
	for _, tag := range d.Tags {
		tooLong("tags", tag, MaxName)
		if Blank(tag) {
			wrong("tags", "has a blank name; remove it or write the name")
		}
	}
	tooLong("section", d.Section, MaxName)
	return errors.Join(mistakes...)
}

func suggestSlug(d *Draft) string {
	if made := Slugify(d.Slug); made != "" {
		return made
	}
	return (&Draft{Title: d.Title}).SlugOrTitle()
}

// ValidURL tells whether s is an absolute http or https address with a host
// and without a password, the only addresses the archive keeps or serves.
func ValidURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil &&
		!strings.ContainsAny(s, " \t\r\n\"<>\\^`{|}")
}

// Apply returns the article that the draft makes of what is there (old, or nil
// for a new one) at a moment, without what only the store knows: id, slug,
// section and the measures of the body. It returns Conflict when the article
// may not go from its state to the one asked for.
func (d *Draft) Apply(old *Article, now time.Time) (Article, error) {
	a := Article{Status: StatusPublished, CreatedAt: now}
	if old != nil {
		a = *old
	}
	if d.Status != "" {
		if old != nil && !old.Status.CanBecome(d.Status) {
			return a, Errorf(Conflict, "the article is %s and cannot become %s", old.Status, d.Status)
		}
		a.Status = d.Status
	}
	a.Revision++
	a.Title, a.Standfirst, a.URL = Clean(d.Title), Clean(d.Standfirst), d.URL
	if d.Source != "" {
		a.External = &External{Source: d.Source, ID: d.ExternalID}
	}
	a.Image = nil
	if d.Image.URL != "" {
		image := d.Image
		a.Image = &image
	}
	if d.PublishedAt != nil {
		a.PublishedAt = d.PublishedAt
	}
	if a.PublishedAt == nil && a.Status != StatusDraft {
		a.PublishedAt = &now
	}
	a.Status = a.Status.At(a.PublishedAt, now)
	a.UpdatedAt = d.updatedAt(old, a.PublishedAt, now)
	return a, nil
}

// updatedAt is the time the draft gives, else now for a change, and the time of
// publication for an article that comes in for the first time.
func (d *Draft) updatedAt(old *Article, publishedAt *time.Time, now time.Time) time.Time {
	switch {
	case d.UpdatedAt != nil:
		return *d.UpdatedAt
	case old == nil && publishedAt != nil && publishedAt.Before(now):
		return *publishedAt
	}
	return now
}

// Clean writes a text of one line as it is kept: without control characters,
// runs of white space as one blank, nothing at the ends.
func Clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
