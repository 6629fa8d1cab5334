package reader

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// story is an article, as far as a document asks for it.
type story struct {
	Slug           string
	Title          string
	Standfirst     string
	URL            string
	Language       string
	PublishedAt    time.Time
	UpdatedAt      time.Time
	WordCount      int
	ReadingMinutes int
	Body           string // HTML that is safe to insert
	Text           string // the plain text, whose parts a summary's sentences name
	Section        *place
	Authors        []place
	Tags           []place
	Image          *image
	Summary        *summary
	Brief          *summary
	Short          *summary
	Bullets        *summary
	Long           *summary
	Related        struct{ Edges []edge }
	Previous       *story
	Next           *story
}

// place is a section, a tag or an author.
type place struct {
	Slug     string
	Name     string
	Parent   *place
	Children []place
	Articles list
}

type image struct {
	URL    string
	Alt    string
	Credit string
}

type list struct {
	Nodes      []story
	PageInfo   pageInfo
	TotalCount int
}

type pageInfo struct {
	HasNextPage bool
	EndCursor   string
}

// Path is where the article stands.
func (s *story) Path() string { return "/articles/" + s.Slug }

// Lang is the language of the article for the lang attribute, nothing when it
// is not known.
func (s *story) Lang() string {
	if s.Language == "und" {
		return ""
	}
	return s.Language
}

// LanguageName is what the language calls itself; nothing for the language of
// the page around.
func (s *story) LanguageName() string {
	tag, err := language.Parse(s.Language)
	if base, _ := tag.Base(); err != nil || tag == language.Und || base.String() == pageLanguage {
		return ""
	}
	name := display.Self.Name(tag)
	if name == "" {
		return s.Language
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// Description is the article in a sentence, or what its author wrote below the
// headline.
func (s *story) Description() string {
	for _, brief := range []*summary{s.Brief, s.Summary} {
		if brief != nil {
			return brief.Text
		}
	}
	return s.Standfirst
}

// Teaser is what a list says below the headline: the author's words before the
// machine's.
func (s *story) Teaser() string {
	if s.Standfirst != "" {
		return s.Standfirst
	}
	return s.Description()
}

// SectionPath, TagPath and AuthorPath are where those are listed. The slug of a
// section is a path of its own.
func (p place) SectionPath() string { return "/sections/" + p.Slug }

// TagPath is where what carries the tag is listed.
func (p place) TagPath() string { return "/tags/" + url.PathEscape(p.Slug) }

// AuthorPath is where what the author wrote is listed.
func (p place) AuthorPath() string { return "/authors/" + url.PathEscape(p.Slug) }

// Nested tells whether a section stands below another.
func (p place) Nested() bool { return strings.Contains(p.Slug, "/") }

// Above are the sections around a section, outermost first.
func (p place) Above() []place {
	if p.Parent == nil {
		return nil
	}
	return append(p.Parent.Above(), *p.Parent)
}
