package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"nutgraph/internal/content"
	"nutgraph/internal/markup"
)

// item turns entry i of a feed into a draft.
func (c *channel) item(i int) Item {
	from := c.feed.Items[i]
	if from == nil {
		return Item{Skipped: "it is null"}
	}
	e := entry{channel: c, from: from}
	e.draft.Language = c.language
	e.draft.URL = c.resolve(from.Link)
	e.key(i)
	if e.item.Skipped != "" {
		return e.item
	}
	if e.item.Err = e.body(c.plainBody(i)); e.item.Err != nil {
		return e.item
	}
	if e.title(); e.draft.Title == "" {
		e.item.Err = content.FieldErrorf("title", "it has neither a title nor a text to make one from")
		return e.item
	}
	e.dates()
	e.names()
	e.image()
	e.item.Draft = e.draft
	return e.item
}

// entry is an item of a feed on its way to becoming a draft.
type entry struct {
	*channel
	from  *gofeed.Item
	draft content.Draft
	text  string // the body as plain text
	item  Item
}

func (e *entry) note(format string, args ...any) {
	e.item.Notes = append(e.item.Notes, fmt.Sprintf(format, args...))
}

// key finds what tells the article from the others: its id, else its address.
// Feeds that give all items one id are told apart by address.
func (e *entry) key(i int) {
	for _, id := range []string{strings.TrimSpace(e.from.GUID), strings.TrimSpace(e.from.Link)} {
		if id == "" {
			continue
		}
		if first, taken := e.ids[id]; taken {
			e.item.Skipped = fmt.Sprintf("it has the same id as item %d of the feed: %s", first, id)
			continue
		}
		e.ids[id] = i + 1
		e.item.Skipped = ""
		e.draft.Source, e.draft.ExternalID = e.source, id
		return
	}
	if e.item.Skipped == "" {
		e.note("it has neither an id nor an address, and is known again by its title")
	}
}

// body takes the full text where there is one, else the description, and says
// when that is only the beginning of the article.
func (e *entry) body(plain bool) error {
	source, full := e.from.Content, true
	if strings.TrimSpace(source) == "" {
		source, full, plain = e.from.Description, false, false
	}
	e.draft.Body, e.draft.BodyFormat = source, content.HTML
	if plain || !looksLikeHTML(source) {
		e.draft.BodyFormat = content.Text
	} else {
		e.draft.Body = e.absolute(source)
	}
	if len(e.draft.Body) > content.MaxBody {
		return nil // Validate says so
	}
	rendered, err := markup.Render(e.draft.Body, e.draft.BodyFormat)
	if err != nil {
		return err
	}
	e.text = rendered.Text
	switch {
	case strings.TrimSpace(source) == "":
		e.note("the feed carries no text of it")
	case isExcerpt(e.text):
		e.note("the feed carries only an excerpt")
	case !full:
		e.note("the feed carries a description of it and no full text")
	}
	if full {
		e.draft.Standfirst = standfirst(e.from.Description, e.text)
	}
	return nil
}

// title makes one from the first words when the feed has none, as notes have
// none in many feeds.
func (e *entry) title() {
	e.draft.Title = cut(plainLine(e.from.Title), content.MaxTitle)
	if content.Blank(e.draft.Title) {
		if e.draft.Title = firstWords(e.text); e.draft.Title != "" {
			e.note("it has no title; one is made from its first words")
		}
	}
}

func (e *entry) dates() {
	e.draft.PublishedAt = e.date(e.from.PublishedParsed, e.from.Published)
	e.draft.UpdatedAt = e.date(e.from.UpdatedParsed, e.from.Updated)
	if e.draft.PublishedAt == nil {
		e.draft.PublishedAt = e.draft.UpdatedAt
	}
	if e.draft.PublishedAt == nil {
		e.note("it has no date, and counts as published when it is imported first")
	}
}

func (e *entry) date(parsed *time.Time, written string) *time.Time {
	if parsed != nil && storable(parsed.UTC()) {
		t := stored(*parsed)
		return &t
	}
	if t, ok := parseLooseDate(written); ok && storable(t) {
		return &t
	}
	if strings.TrimSpace(written) != "" {
		e.note("its date %q cannot be read", cut(written, 60))
	}
	return nil
}

// names takes the authors of the entry, else those of the feed, and its
// categories. An address of an author is private and is not taken for a name.
func (e *entry) names() {
	people := e.from.Authors
	if len(people) == 0 {
		people = e.feed.Authors
	}
	for _, person := range people {
		if person == nil {
			continue
		}
		name := cut(plainLine(person.Name), content.MaxName)
		known := slices.ContainsFunc(e.draft.Authors, func(a content.Author) bool { return a.Name == name })
		if !content.Blank(name) && !strings.Contains(name, "@") && !known {
			e.draft.Authors = append(e.draft.Authors, content.Author{Name: name})
		}
	}
	for _, category := range e.from.Categories {
		if name := cut(plainLine(category), content.MaxName); !content.Blank(name) {
			e.draft.Tags = appendNew(e.draft.Tags, name)
		}
	}
}

func (e *entry) image() {
	if e.from.Image == nil {
		return
	}
	e.draft.Image = content.Image{URL: e.resolve(e.from.Image.URL), Alt: plainLine(e.from.Image.Title)}
	if e.draft.Image.URL == "" {
		e.draft.Image = content.Image{}
	}
}
