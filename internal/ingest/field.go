package ingest

import (
	"encoding/json"
	"strings"
	"time"

	"nutgraph/internal/content"
)

// fields are the fields of a line and how each is read: those of the contract,
// and imageAlt and imageCredit, so that an export loses nothing of an article.
// A field that is null counts as missing.
var fields = map[string]func(d *content.Draft, key string, value json.RawMessage) error{
	"title":       text(func(d *content.Draft) *string { return &d.Title }),
	"body":        text(func(d *content.Draft) *string { return &d.Body }),
	"bodyFormat":  text(func(d *content.Draft) *content.Format { return &d.BodyFormat }),
	"slug":        text(func(d *content.Draft) *string { return &d.Slug }),
	"standfirst":  text(func(d *content.Draft) *string { return &d.Standfirst }),
	"publishedAt": date(func(d *content.Draft) **time.Time { return &d.PublishedAt }),
	"updatedAt":   date(func(d *content.Draft) **time.Time { return &d.UpdatedAt }),
	"status":      text(func(d *content.Draft) *content.Status { return &d.Status }),
	"authors":     authors,
	"tags":        tags,
	"section":     text(func(d *content.Draft) *string { return &d.Section }),
	"language":    text(func(d *content.Draft) *string { return &d.Language }),
	"url":         text(func(d *content.Draft) *string { return &d.URL }),
	"source":      text(func(d *content.Draft) *string { return &d.Source }),
	"externalId":  text(func(d *content.Draft) *string { return &d.ExternalID }),
	"image":       text(func(d *content.Draft) *string { return &d.Image.URL }),
	"imageAlt":    text(func(d *content.Draft) *string { return &d.Image.Alt }),
	"imageCredit": text(func(d *content.Draft) *string { return &d.Image.Credit }),
}

const fieldNames = "title, body, bodyFormat, slug, standfirst, publishedAt, updatedAt, status, authors, tags, section, " +
	"language, url, source, externalId, image, imageAlt, imageCredit"

// otherNames are what other systems call our fields.
var otherNames = map[string]string{
	"headline": "title", "content": "body", "text": "body", "html": "body", "format": "bodyFormat", "description": "standfirst",
	"excerpt": "standfirst", "summary": "standfirst", "date": "publishedAt", "published": "publishedAt", "created": "publishedAt",
	"updated": "updatedAt", "modified": "updatedAt", "author": "authors", "byline": "authors", "tag": "tags", "keywords": "tags",
	"categories": "tags", "category": "section", "lang": "language", "locale": "language", "link": "url", "id": "externalId",
	"guid": "externalId", "imageurl": "image",
}

func unknownField(key string) error {
	plain := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(key))
	for name := range fields {
		if strings.ToLower(name) == plain {
			return content.FieldErrorf(key, "is an unknown field; write %q", name)
		}
	}
	if name, ok := otherNames[plain]; ok {
		return content.FieldErrorf(key, "is an unknown field; is it %q?", name)
	}
	return content.FieldErrorf(key, "is an unknown field; remove it, the fields are %s", fieldNames)
}

func text[T ~string](of func(*content.Draft) *T) func(*content.Draft, string, json.RawMessage) error {
	return func(d *content.Draft, key string, value json.RawMessage) error {
		if kind(value) == "null" || json.Unmarshal(value, of(d)) != nil {
			return content.FieldErrorf(key, "must be a string, not %s", kind(value))
		}
		return nil
	}
}

func date(of func(*content.Draft) **time.Time) func(*content.Draft, string, json.RawMessage) error {
	return func(d *content.Draft, key string, value json.RawMessage) error {
		var s string
		if json.Unmarshal(value, &s) != nil {
			return content.FieldErrorf(key, "must be a string, not %s; %s", kind(value), dateHint)
		}
		t, ok := parseDate(s)
		if !ok {
			return content.FieldErrorf(key, "%q is not a date; %s", s, dateHint)
		}
		*of(d) = &t
		return nil
	}
}

func tags(d *content.Draft, key string, value json.RawMessage) error {
	var list []*string
	if json.Unmarshal(value, &list) != nil {
		return content.FieldErrorf(key, "must be a list of names, not %s", kind(value))
	}
	for _, name := range list {
		if name == nil {
			return content.FieldErrorf(key, "must be a list of names; null is none")
		}
		d.Tags = append(d.Tags, *name)
	}
	return nil
}

func authors(d *content.Draft, key string, value json.RawMessage) error {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil {
		return content.FieldErrorf(key, "must be a list of names or of {name, slug}, not %s", kind(value))
	}
	for _, one := range list {
		a, err := author(key, one)
		if err != nil {
			return err
		}
		d.Authors = append(d.Authors, a)
	}
	return nil
}

func author(key string, value json.RawMessage) (content.Author, error) {
	var a content.Author
	if json.Unmarshal(value, &a.Name) == nil && kind(value) == "a string" {
		return a, nil
	}
	var parts map[string]*string
	if kind(value) != "an object" || json.Unmarshal(value, &parts) != nil {
		return a, content.FieldErrorf(key, "must hold names or {name, slug}, not %s", kind(value))
	}
	for part, s := range parts {
		switch {
		case s == nil:
		case part == "name":
			a.Name = *s
		case part == "slug":
			a.Slug = *s
		default:
			return a, content.FieldErrorf(key, "has the unknown field %q; an author is a name or {name, slug}", part)
		}
	}
	return a, nil
}

// kind names the type of a JSON value as a person would.
func kind(value json.RawMessage) string {
	switch value[0] {
	case '"':
		return "a string"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "a number"
}
