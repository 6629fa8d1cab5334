package model

import (
	"context"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// Highlight is where a query stands in an article.
type Highlight = search.Highlight

// Facet is a value that articles have.
type Facet = db.Facet

// SearchEdge is a search result.
type SearchEdge struct {
	Node   *Article
	Cursor string
	Score  float64
	Query  search.Query // that found it
}

// SearchConnection is a page of search results.
type SearchConnection struct {
	Edges    []SearchEdge
	PageInfo content.PageInfo
	Found    *search.Found
}

// Nodes returns the articles that were found.
func (c *SearchConnection) Nodes() []*Article {
	nodes := make([]*Article, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// TotalCount counts the results of the whole search.
func (c *SearchConnection) TotalCount(ctx context.Context) (int, error) { return c.Found.Count(ctx) }

// IsTotalCountExact tells whether there may be more.
func (c *SearchConnection) IsTotalCountExact() bool { return c.Found.IsTotalExact() }

// Suggestion is the query as it was meant.
func (c *SearchConnection) Suggestion() *string {
	if c.Found.Suggestion == "" {
		return nil
	}
	return &c.Found.Suggestion
}

// SearchFacets count what was found.
type SearchFacets struct {
	Found *search.Found
	First int
}

// Section counts by section.
func (f *SearchFacets) Section(ctx context.Context) ([]Facet, error) { return f.by(ctx, db.BySection) }

// Tag counts by tag.
func (f *SearchFacets) Tag(ctx context.Context) ([]Facet, error) { return f.by(ctx, db.ByTag) }

// Author counts by author.
func (f *SearchFacets) Author(ctx context.Context) ([]Facet, error) { return f.by(ctx, db.ByAuthor) }

// Year counts by year.
func (f *SearchFacets) Year(ctx context.Context) ([]Facet, error) { return f.by(ctx, db.ByYear) }

// Language counts by language.
func (f *SearchFacets) Language(ctx context.Context) ([]Facet, error) {
	return f.by(ctx, db.ByLanguage)
}

func (f *SearchFacets) by(ctx context.Context, by db.FacetBy) ([]Facet, error) {
	facets, err := f.Found.Facet(ctx, by, f.First)
	if facets == nil {
		facets = []Facet{}
	}
	return facets, err
}

// IsExact tells whether all was counted.
func (f *SearchFacets) IsExact() bool { return f.Found.AreFacetsExact() }

// Suggestion completes what was typed.
type Suggestion struct {
	Text  string
	Count *int
	Node  Node
}
