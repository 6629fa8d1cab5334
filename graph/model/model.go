// Package model is the shape in which the graph package hands objects to the
// GraphQL engine: the nouns of internal/content, each with the group of objects
// it was read with, the connections, and the scalars. What the engine can make
// from the schema by itself is in models_gen.go.
package model

import (
	"nutgraph/internal/content"
)

// Node is an object that can be fetched again by its id.
type Node interface{ IsNode() }

// Article is an article together with those it was read with.
type Article struct {
	content.Article
	Group *Group
}

// Author is an author together with those it was read with.
type Author struct {
	content.Author
	Group *Group
}

// Tag is a tag together with those it was read with.
type Tag struct {
	content.Tag
	Group *Group
}

// Section is a section together with those it was read with.
type Section struct {
	content.Section
	Group *Group
}

// Revision is a revision together with those it was read with.
type Revision struct {
	content.Revision
	Group *Group
}

// Note is nil when there is none.
func (r *Revision) Note() *string { return orNil(r.Revision.Note) }

// IsNode marks articles as nodes.
func (*Article) IsNode() {}

// IsNode marks authors as nodes.
func (*Author) IsNode() {}

// IsNode marks tags as nodes.
func (*Tag) IsNode() {}

// IsNode marks sections as nodes.
func (*Section) IsNode() {}

// Standfirst is nil when there is none.
func (a *Article) Standfirst() *string { return orNil(a.Article.Standfirst) }

// URL is nil when there is none.
func (a *Article) URL() *string { return orNil(a.Article.URL) }

// Image is nil when there is none.
func (a *Article) Image() *Image {
	if a.Article.Image == nil {
		return nil
	}
	return &Image{*a.Article.Image}
}

// Image is a lead image.
type Image struct{ content.Image }

// Alt is nil when there is none.
func (i *Image) Alt() *string { return orNil(i.Image.Alt) }

// Credit is nil when there is none.
func (i *Image) Credit() *string { return orNil(i.Image.Credit) }

func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
