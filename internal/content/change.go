package content

import (
	"errors"
)

// Changes are what an edit sets. Nil leaves a field as it is; what is empty
// clears it.
type Changes struct {
	Title      *string
	Standfirst *string
	Body       *string
	BodyFormat *Format
	Slug       *string // empty: made from the title
	URL        *string
	Language   *string // empty: detected
	Section    *string
	Authors    *[]string
	Tags       *[]string
	Image      *Image
}

// Apply returns the draft with the changes.
func (c *Changes) Apply(d Draft) Draft {
	assign(&d.Title, c.Title)
	assign(&d.Standfirst, c.Standfirst)
	assign(&d.Body, c.Body)
	assign(&d.BodyFormat, c.BodyFormat)
	assign(&d.Slug, c.Slug)
	assign(&d.URL, c.URL)
	assign(&d.Language, c.Language)
	assign(&d.Section, c.Section)
	assign(&d.Tags, c.Tags)
	assign(&d.Image, c.Image)
	if c.Authors != nil {
		d.Authors = make([]Author, len(*c.Authors))
		for i, name := range *c.Authors {
			d.Authors[i].Name = name
		}
	}
	return d
}

func assign[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// The longest texts that people may type, in characters, and the longest body,
// in bytes. Imports may hold more: what others have published is not refused
// for its length.
const (
	MaxTypedTitle      = 300
	MaxTypedStandfirst = 2_000
	MaxTypedName       = 100
	MaxTypedBody       = 2_000_000
)

// ValidateTyped is Validate for a draft that people type, who are given closer
// limits.
func (d *Draft) ValidateTyped() error {
	var m mistakes
	m.characters("title", d.Title, MaxTypedTitle)
	m.characters("standfirst", d.Standfirst, MaxTypedStandfirst)
	if len(d.Body) > MaxTypedBody {
		m.add("body", "has %d bytes; the limit is %d", len(d.Body), MaxTypedBody)
	}
	for _, a := range d.Authors {
		m.characters("authors", a.Name, MaxTypedName)
	}
	for _, tag := range d.Tags {
		m.characters("tags", tag, MaxTypedName)
	}
	for _, s := range ParseSection(d.Section) {
		m.characters("section", s.Name, MaxTypedName)
	}
	m.characters("imageAlt", d.Image.Alt, MaxTypedStandfirst)
	m.characters("imageCredit", d.Image.Credit, MaxTypedTitle)
	return errors.Join(errors.Join(m...), d.Validate())
}

// MaxNote is the longest reason for a change, in characters.
const MaxNote = 1_000

// CheckNote returns nil, or what is wrong with the reason for a change.
func CheckNote(field, note string) error {
	var m mistakes
	m.characters(field, note, MaxNote)
	return errors.Join(m...)
}
