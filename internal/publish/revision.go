package publish

import (
	"context"
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/markup"
	"nutgraph/internal/text"
)

// RestoreRevision makes the text of an article, and what it is filed under, what
// it was at a revision. That is a new revision. Its slug and its state stay.
func (d *Desk) RestoreRevision(ctx context.Context, b Base, number int) (content.Article, error) {
	return d.change(ctx, b, func(v *db.Version) (*db.Edit, error) {
		old, err := d.store.RevisionText(ctx, b.ID, number)
		if err != nil {
			return nil, err
		}
		if number == v.Article.Revision {
			return nil, nil //nolint:nilnil // nothing changes
		}
		return d.restore(v, old, number)
	})
}

func (d *Desk) restore(v *db.Version, old db.Version, number int) (*db.Edit, error) {
	draft := old.Draft
	draft.Slug, draft.Status, draft.PublishedAt, draft.UpdatedAt = v.Article.Slug, "", nil, nil
	filing, err := File(draft) // it was valid once, under the limits of whoever handed it in
	if err != nil {
		return nil, err
	}
	filing.Section, filing.Authors, filing.Tags = old.Section, old.Authors, old.Tags
	a, err := draft.Apply(&v.Article, d.store.Now())
	return &db.Edit{Article: a, Filing: &filing, Action: content.ActionRestored, Note: fmt.Sprintf("revision %d", number)}, err
}

// PlainText is a version as its readers read it, a sentence a line.
func PlainText(v *db.Version) (string, error) {
	body, err := markup.Render(v.Draft.Body, v.Draft.BodyFormat)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, part := range []string{v.Draft.Title, v.Draft.Standfirst} {
		if part != "" {
			b.WriteString(part + "\n")
		}
	}
	for _, s := range text.Sentences(body.Text, v.Draft.Language) {
		b.WriteString(content.Clean(body.Text[s.Start:s.End]) + "\n")
	}
	return b.String(), nil
}

// diffContext is how many sentences of what is around a change are shown.
const diffContext = 1

// Diff shows how the plain text of one version became that of another.
func Diff(from, to *db.Version) ([]content.Hunk, error) {
	before, err := PlainText(from)
	if err != nil {
		return nil, err
	}
	after, err := PlainText(to)
	if err != nil {
		return nil, err
	}
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), diffContext)
	if err != nil {
		return nil, fmt.Errorf("compare two revisions: %w", err)
	}
	hunks := make([]content.Hunk, len(unified.Hunks))
	for i, h := range unified.Hunks {
		hunks[i] = content.Hunk{OldStart: h.FromLine, NewStart: h.ToLine, Lines: make([]content.DiffLine, len(h.Lines))}
		for j, l := range h.Lines {
			hunks[i].Lines[j] = content.DiffLine{Kind: diffKinds[l.Kind], Text: strings.TrimSuffix(l.Content, "\n")}
		}
	}
	return hunks, nil
}

var diffKinds = map[udiff.OpKind]content.DiffKind{
	udiff.Equal: content.DiffSame, udiff.Delete: content.DiffRemoved, udiff.Insert: content.DiffAdded,
}
