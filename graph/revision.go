package graph

import (
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
	"nutgraph/internal/publish"
)

// Revisions are the changes of an article.
func (r articleResolver) Revisions(ctx context.Context, a *model.Article, first *int, after *string, last *int, before *string) (*model.RevisionConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	page, err := r.store.Revisions(ctx, a.ID, w)
	return &model.RevisionConnection{Page: convert(page, groupedRevisions)}, err
}

func groupedRevisions(revisions []content.Revision) []*model.Revision {
	group := &model.Group{}
	nodes := make([]*model.Revision, len(revisions))
	for i, r := range revisions {
		group.IDs = append(group.IDs, r.ID)
		nodes[i] = &model.Revision{Revision: r, Group: group}
	}
	return nodes
}

type revisionResolver struct{ *Resolver }

// Revision implements generated.ResolverRoot.
func (r *Resolver) Revision() generated.RevisionResolver { return revisionResolver{r} }

// version is the article as the revision left it.
func (r revisionResolver) version(ctx context.Context, v *model.Revision) (db.Version, error) {
	type key struct{} // one load for all fields
	text, _, err := loaded(ctx, v.Group, key{}, v.ID, r.store.RevisionTexts)
	return text, err
}

// Title is the headline as it was.
func (r revisionResolver) Title(ctx context.Context, v *model.Revision) (string, error) {
	text, err := r.version(ctx, v)
	return text.Draft.Title, err
}

// Standfirst is the paragraph under the headline as it was.
func (r revisionResolver) Standfirst(ctx context.Context, v *model.Revision) (*string, error) {
	text, err := r.version(ctx, v)
	return notEmpty(text.Draft.Standfirst), err
}

// Slug is the slug as it was.
func (r revisionResolver) Slug(ctx context.Context, v *model.Revision) (string, error) {
	text, err := r.version(ctx, v)
	return text.Draft.Slug, err
}

// Body is the body as it was handed in.
func (r revisionResolver) Body(ctx context.Context, v *model.Revision) (string, error) {
	text, err := r.version(ctx, v)
	return text.Draft.Body, err
}

// BodyFormat is the format of the body.
func (r revisionResolver) BodyFormat(ctx context.Context, v *model.Revision) (content.Format, error) {
	text, err := r.version(ctx, v)
	return text.Draft.BodyFormat, err
}

// Authors are the names in the byline as it was.
func (r revisionResolver) Authors(ctx context.Context, v *model.Revision) ([]string, error) {
	text, err := r.version(ctx, v)
	names := make([]string, len(text.Authors))
	for i, a := range text.Authors {
		names[i] = a.Name
	}
	return names, err
}

// Tags are the names of the tags as they were.
func (r revisionResolver) Tags(ctx context.Context, v *model.Revision) ([]string, error) {
	text, err := r.version(ctx, v)
	names := make([]string, len(text.Tags))
	for i, t := range text.Tags {
		names[i] = t.Name
	}
	return names, err
}

// Section is the path of the section as it was.
func (r revisionResolver) Section(ctx context.Context, v *model.Revision) (*string, error) {
	text, err := r.version(ctx, v)
	return notEmpty(text.Draft.Section), err
}

// Diff is how the plain text became what it is here.
func (r revisionResolver) Diff(ctx context.Context, v *model.Revision, with *int) ([]content.Hunk, error) {
	to, err := r.version(ctx, v)
	if err != nil {
		return nil, err
	}
	from, found, err := of(ctx, v.Group, v.ID, func(ctx context.Context, ids []content.ID) (map[content.ID]db.Version, error) {
		return r.store.TextsBefore(ctx, ids, with)
	})
	if err != nil || !found {
		return nil, err
	}
	return publish.Diff(&from, &to)
}

func notEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
