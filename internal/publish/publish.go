// Package publish is what an editorial office does to the archive: it takes
// drafts, applies the rules of internal/content to them and writes them by methods
// of db, each of which is one transaction. It does not summarise
// or relate: that is internal/pipeline, which finds what is waiting.
//
//	report, err := publish.Import(ctx, store, items, publish.Options{})
package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"golang.org/x/text/language"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/markup"
	"nutgraph/internal/text"
)

// hashSize is enough of a SHA-256 for no two drafts of an archive to meet.
const hashSize = 16

// File makes a draft ready to be written: its body rendered, its language told,
// its authors and tags given slugs. The draft must be valid. A body that cannot
// be rendered is an *content.Error.
func File(d content.Draft) (db.Filing, error) { return file(d, DraftHash(d)) }

// file is File of a draft whose hash is known.
func file(d content.Draft, draftHash []byte) (db.Filing, error) {
	format := d.BodyFormat
	if format == "" {
		format = content.Markdown
	}
	body, err := markup.Render(d.Body, format)
	if err != nil {
		return db.Filing{}, err
	}
	f := db.Filing{
		Draft:     d,
		Body:      body,
		Language:  languageOf(d, body),
		WordCount: len(text.Words(body.Text)),
		DraftHash: draftHash,
		Section:   content.ParseSection(d.Section),
		Authors:   authors(d.Authors),
		Tags:      tags(d.Tags),
	}
	f.TextHash = hash(f.Language, d.Title, d.Standfirst, body.Text)
	return f, nil
}

// DraftHash tells two drafts apart: the same draft always has the same one.
func DraftHash(d content.Draft) []byte {
	d.PublishedAt, d.UpdatedAt = inUTC(d.PublishedAt), inUTC(d.UpdatedAt)
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err) // texts and times with four-digit years always marshal
	}
	return hash(string(raw))
}

// inUTC makes the same moment the same text.
func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}

func hash(parts ...string) []byte {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return h.Sum(nil)[:hashSize]
}

func languageOf(d content.Draft, body content.Body) string {
	if tag, err := language.Parse(d.Language); err == nil && d.Language != "" {
		return tag.String() // "pt-BR", however it was written
	}
	return text.Detect(d.Title + "\n\n" + d.Standfirst + "\n\n" + body.Text)
}

// authors gives each author a slug, and drops one that is named twice.
func authors(named []content.Author) []content.Author {
	var all []content.Author
	seen := map[string]bool{}
	for _, a := range named {
		a.Name = content.Clean(a.Name)
		if a.Slug == "" {
			a.Slug = slug(a.Name)
		}
		if !seen[a.Slug] {
			seen[a.Slug] = true
			all = append(all, a)
		}
	}
	return all
}

func tags(names []string) []content.Tag {
	var all []content.Tag
	seen := map[string]bool{}
	for _, name := range names {
		t := content.Tag{Name: content.Clean(name), Slug: slug(name)}
		if !seen[t.Slug] {
			seen[t.Slug] = true
			all = append(all, t)
		}
	}
	return all
}

// slug is the slug of a name. A name that cannot be written in ASCII, such as
// an emoji, gets one made of its hash: it is not readable, but always the same.
func slug(name string) string {
	if made := content.Slugify(name); made != "" {
		return made
	}
	return "x-" + hex.EncodeToString(hash(content.Clean(name))[:4])
}
