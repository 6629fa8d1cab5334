package content

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// The longest texts that an article may carry, in bytes.
const (
	MaxTitle      = 1_000
	MaxStandfirst = 10_000
	MaxBody       = 10 << 20
	MaxName       = 300
	MaxAddress    = 2_000 // of a URL, and of names in other systems
)

// The most of its kind that an article may name. Lists of them are not paged, so
// that they must be short.
const (
	MaxAuthors  = 50
	MaxTags     = 50
	MaxSections = 8 // levels of a path
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
// title without a letter that can be written in ASCII makes "article-" and a
// number that is always the same.
func (d *Draft) SlugOrTitle() string {
	if d.Slug != "" {
		return d.Slug
	}
	if made := Slugify(d.Title); made != "" {
		return made
	}
	h := fnv.New32a()
	h.Write([]byte(d.Title))
	return fmt.Sprintf("article-%08x", h.Sum32())
}

// Validate returns nil, or every mistake in the draft as *Error values joined
// together, each with the field and what to do about it.
func (d *Draft) Validate() error {
	var m mistakes
	if Blank(d.Title) {
		m.add("title", "is blank; give the article a headline")
	}
	m.text("title", d.Title, MaxTitle)
	m.text("standfirst", d.Standfirst, MaxStandfirst)
	m.text("body", d.Body, MaxBody)
	if d.Slug != "" && !ValidSlug(d.Slug) {
		m.add("slug", "%q is not a slug; use lower-case letters, digits and single hyphens, at most %d of them, for example %q", d.Slug, MaxSlug, suggestSlug(d))
	}
	switch d.BodyFormat {
	case "", HTML, Markdown, Text:
	default:
		m.add("bodyFormat", "%q is unknown; use MARKDOWN, HTML or TEXT", d.BodyFormat)
	}
	m.life(d)
	if (d.Source == "") != (d.ExternalID == "") {
		m.add("externalId", "source and externalId go together; give both or neither")
	}
	if _, err := language.Parse(d.Language); d.Language != "" && err != nil {
		m.add("language", "%q is not a language tag; use BCP 47, for example \"en\" or \"pt-BR\"", d.Language)
	}
	m.text("source", d.Source, MaxAddress)
	m.text("externalId", d.ExternalID, MaxAddress)
	m.text("imageAlt", d.Image.Alt, MaxStandfirst)
	m.text("imageCredit", d.Image.Credit, MaxTitle)
	m.address("url", d.URL)
	m.address("image", d.Image.URL)
	m.filing(d)
	return errors.Join(m...)
}

// mistakes gathers what is wrong with a draft.
type mistakes []error

func (m *mistakes) add(field, format string, args ...any) {
	*m = append(*m, FieldErrorf(field, format, args...))
}

func (m *mistakes) text(field, s string, limit int) {
	if len(s) > limit {
		m.add(field, "has %d bytes; the limit is %d", len(s), limit)
	}
	if !utf8.ValidString(s) {
		m.add(field, "is not UTF-8; save it in that encoding")
	}
}

// characters is for what people type, whose limits are told in characters.
func (m *mistakes) characters(field, s string, limit int) {
	if n := utf8.RuneCountInString(s); n > limit {
		m.add(field, "has %d characters; the limit is %d", n, limit)
	}
}

func (m *mistakes) address(field, s string) {
	m.text(field, s, MaxAddress)
	if s != "" && !ValidURL(s) {
		m.add(field, "%q is not an absolute http or https address", s)
	}
}

// life checks the status and the times that go with it.
func (m *mistakes) life(d *Draft) {
	switch d.Status {
	case "", StatusDraft, StatusPublished:
	case StatusScheduled:
		if d.PublishedAt == nil {
			m.add("publishedAt", "is missing; a scheduled article needs the time it is scheduled for")
		}
	default:
		m.add("status", "%q cannot be handed in; use DRAFT, SCHEDULED or PUBLISHED", d.Status)
	}
	m.moment("publishedAt", d.PublishedAt)
	m.moment("updatedAt", d.UpdatedAt)
}

// moment refuses the years that RFC 3339, and so the API, cannot write.
func (m *mistakes) moment(field string, t *time.Time) {
	if t == nil {
		return
	}
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		m.add(field, "is in the year %d; give a year from 1 to 9999", year)
	}
}

// filing checks what the article is filed under.
func (m *mistakes) filing(d *Draft) {
	name := func(field, s string) {
		m.text(field, s, MaxName)
		if Blank(s) {
			m.add(field, "has a blank name; remove it or write the name")
		}
	}
	m.most("authors", len(d.Authors), MaxAuthors)
	m.most("tags", len(d.Tags), MaxTags)
	m.most("section", len(ParseSection(d.Section)), MaxSections)
	for _, a := range d.Authors {
		name("authors", a.Name)
		if a.Slug != "" && !ValidSlug(a.Slug) {
			m.add("authors", "%q is not a slug; use lower-case letters, digits and single hyphens, at most %d of them", a.Slug, MaxSlug)
		}
	}
	for _, tag := range d.Tags {
		name("tags", tag)
	}
	m.text("section", d.Section, MaxName)
}

func (m *mistakes) most(field string, n, limit int) {
	if n > limit {
		m.add(field, "has %d entries; the limit is %d", n, limit)
	}
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
	if a.Status == StatusTrashed {
		return a, errTrashed
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
	a.Status = a.Status.At(a.PublishedAt, a.UnpublishAt, now)
	a.UpdatedAt = d.updatedAt(old, a.PublishedAt, now)
	return a, nil
}

var errTrashed = Errorf(Conflict, "the article is in the trash; restore it first")

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
// runs of white space as one blank, nothing at the ends. Blanks that keep words
// together, as French has them before a question mark, stay.
func Clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f'
	}), " ")
}
