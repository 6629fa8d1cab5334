package ingest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"nutgraph/internal/content"
	"nutgraph/internal/markup"
)

// page is a Markdown file on its way to becoming a draft. Keys of the front
// matter that mean nothing here belong to other programs and are ignored.
type page struct {
	name string // path below the root of the folder
	fm   frontMatter
	item Item
}

// parsePage reads a page from its name and its text. The item's Where is the
// name with the line of the mistake, or of the beginning.
func parsePage(name string, data []byte) Item {
	p := page{name: name, item: Item{Where: name + ":1"}}
	if stem(name) == "_index" {
		p.item.Skipped = "_index pages describe a section, and are no articles"
		return p.item
	}
	if !utf8.Valid(data) {
		p.item.Err = content.Errorf(content.Invalid, "is not UTF-8; save the file as UTF-8")
		return p.item
	}
	fm, body, line, err := splitPage(data)
	if err != nil {
		p.item.Where, p.item.Err = fmt.Sprintf("%s:%d", name, line), err
		return p.item
	}
	p.fm = fm
	p.item.Draft.BodyFormat = content.Markdown
	for _, step := range []func() error{p.dates, p.status, p.names, p.image, p.language} {
		if err := step(); err != nil {
			p.item.Err = err
			return p.item
		}
	}
	p.texts(body)
	p.addresses()
	return p.item
}

// refuse returns a mistake in a key of the front matter, and points to it.
func (p *page) refuse(key, format string, args ...any) error {
	p.item.Where = fmt.Sprintf("%s:%d", p.name, p.fm.line(key))
	return content.FieldErrorf(key, format, args...)
}

func (p *page) note(format string, args ...any) {
	p.item.Notes = append(p.item.Notes, fmt.Sprintf(format, args...))
}

// texts finds the title, the standfirst and the body. The first heading is the
// title of a page that names none, and is not repeated in the body.
func (p *page) texts(body string) {
	d := &p.item.Draft
	d.Title = inline(p.fm.text("title", "headline"))
	d.Standfirst = inline(p.fm.text("standfirst", "subtitle", "description", "excerpt", "summary", "lead", "dek"))
	body = strings.Trim(body, "\n")
	heading, rest := leadingHeading(body)
	if d.Title == "" {
		d.Title = heading
	}
	if heading != "" && heading == d.Title {
		body = rest
	}
	d.Body = body
	switch {
	case d.Title != "":
	case content.Blank(body):
		p.item.Skipped = "it has neither a title nor a text"
	default:
		d.Title = titleOfName(p.name)
		p.note("the title is made from the name of the file")
	}
	if shortcode.MatchString(body) {
		p.note("codes of the site generator, such as {{< … >}}, stay in the text as they are")
	}
	if strings.HasSuffix(p.name, ".mdx") {
		p.note("components and imports of MDX stay in the text as they are")
	}
}

var (
	shortcode     = regexp.MustCompile(`\{\{[<%]|\{% *(include|highlight|raw|post_url|link|figure)\b`)
	atxHeading    = regexp.MustCompile(`^# +([^\n]+?)(?: +#+)? *(?:\n|$)`)
	setextHeading = regexp.MustCompile(`^([^\n#>*+\-][^\n]*)\n=+ *(?:\n|$)`)
)

// leadingHeading returns the first-level heading that a body begins with, as
// plain text, and what follows it.
func leadingHeading(body string) (heading, rest string) {
	for _, form := range []*regexp.Regexp{atxHeading, setextHeading} {
		if m := form.FindStringSubmatch(body); m != nil {
			return inline(m[1]), strings.TrimLeft(body[len(m[0]):], "\n")
		}
	}
	return "", body
}

// inline returns a line of Markdown as plain text. Most titles have no marks.
func inline(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "*_`[]<>&\\\n\t") {
		return s
	}
	if !strings.Contains(s, "`") { // inside code nothing is a tag
		s = escapeTags(s, func(tag string) string { return `\` + tag })
	}
	// A mark that begins the line would be a list or a quotation, and no emphasis.
	body, err := markup.Render("\u2060"+s, content.Markdown)
	if err != nil {
		return s
	}
	return strings.ReplaceAll(strings.TrimPrefix(body.Text, "\u2060"), "\n\n", " ")
}

// titleOfName makes "2024-05-01-harbour-wall.md" into "Harbour wall".
func titleOfName(name string) string {
	words := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(pageStem(name)))
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
