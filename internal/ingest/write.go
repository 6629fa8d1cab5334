package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"nutgraph/internal/content"
)

// line is an article as WriteLine writes it, in the order of the contract.
type line struct {
	Title       string         `json:"title"`
	Slug        string         `json:"slug,omitempty"`
	Standfirst  string         `json:"standfirst,omitempty"`
	BodyFormat  content.Format `json:"bodyFormat,omitempty"`
	Body        string         `json:"body"`
	Status      content.Status `json:"status,omitempty"`
	PublishedAt string         `json:"publishedAt,omitempty"`
	UpdatedAt   string         `json:"updatedAt,omitempty"`
	Authors     []any          `json:"authors,omitempty"`
	Tags        []string       `json:"tags,omitempty"`
	Section     string         `json:"section,omitempty"`
	Language    string         `json:"language,omitempty"`
	URL         string         `json:"url,omitempty"`
	Source      string         `json:"source,omitempty"`
	ExternalID  string         `json:"externalId,omitempty"`
	Image       string         `json:"image,omitempty"`
	ImageAlt    string         `json:"imageAlt,omitempty"`
	ImageCredit string         `json:"imageCredit,omitempty"`
}

type byline struct {
	Name string `json:"name"`
	Slug string `json:"slug"`
}

// WriteLine writes a draft as one line of JSON Lines, which Open reads back to
// an equal draft: texts byte for byte, times to the millisecond and in UTC.
// Ids of authors are not written. A draft that is not UTF-8, or whose line is
// longer than 16 MB, cannot be read back and is an error.
func WriteLine(w io.Writer, d content.Draft) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(lineOf(d)); err != nil {
		return fmt.Errorf("write %q as JSON: %w", d.Title, err)
	}
	switch {
	case !utf8.ValidString(d.Title + d.Standfirst + d.Body):
		return fmt.Errorf("write %q as JSON: it is not UTF-8", d.Title)
	case b.Len() > maxLine:
		return fmt.Errorf("write %q as JSON: it is longer than %d MB", d.Title, maxLine>>20)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func lineOf(d content.Draft) line {
	l := line{
		Title: d.Title, Slug: d.Slug, Standfirst: d.Standfirst, BodyFormat: d.BodyFormat, Body: d.Body, Status: d.Status,
		PublishedAt: formatDate(d.PublishedAt), UpdatedAt: formatDate(d.UpdatedAt), Tags: d.Tags, Section: d.Section,
		Language: d.Language, URL: d.URL, Source: d.Source, ExternalID: d.ExternalID,
		Image: d.Image.URL, ImageAlt: d.Image.Alt, ImageCredit: d.Image.Credit,
	}
	for _, a := range d.Authors {
		if a.Slug == "" {
			l.Authors = append(l.Authors, a.Name)
		} else {
			l.Authors = append(l.Authors, byline{a.Name, a.Slug})
		}
	}
	return l
}

func formatDate(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}
