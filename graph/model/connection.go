package model

import (
	"context"

	"nutgraph/internal/content"
)

// Pages of nodes about whose place in a list there is nothing more to say.
type (
	// ArticleConnection is a page of articles.
	ArticleConnection struct{ content.Page[*Article] }
	// AuthorConnection is a page of authors.
	AuthorConnection struct{ content.Page[*Author] }
	// TagConnection is a page of tags.
	TagConnection struct{ content.Page[*Tag] }
	// SectionConnection is a page of sections.
	SectionConnection struct{ content.Page[*Section] }
	// RevisionConnection is a page of revisions.
	RevisionConnection struct{ content.Page[*Revision] }
	// TokenConnection is a page of tokens.
	TokenConnection struct{ content.Page[content.Token] }
	// WebhookDeliveryConnection is a page of deliveries.
	WebhookDeliveryConnection struct{ content.Page[WebhookDelivery] }
)

// The edges of those pages.
type (
	// ArticleEdge is an article with its place.
	ArticleEdge = content.Edge[*Article]
	// AuthorEdge is an author with its place.
	AuthorEdge = content.Edge[*Author]
	// TagEdge is a tag with its place.
	TagEdge = content.Edge[*Tag]
	// SectionEdge is a section with its place.
	SectionEdge = content.Edge[*Section]
	// RevisionEdge is a revision with its place.
	RevisionEdge = content.Edge[*Revision]
	// TokenEdge is a token with its place.
	TokenEdge = content.Edge[content.Token]
	// WebhookDeliveryEdge is a delivery with its place.
	WebhookDeliveryEdge = content.Edge[WebhookDelivery]
)

// Edges returns the articles with their cursors. The engine finds no field of a
// generic type whose own type it cannot name, so the field has a method.
func (c *ArticleConnection) Edges() []ArticleEdge { return c.Page.Edges }

// Edges returns the authors with their cursors.
func (c *AuthorConnection) Edges() []AuthorEdge { return c.Page.Edges }

// Edges returns the tags with their cursors.
func (c *TagConnection) Edges() []TagEdge { return c.Page.Edges }

// Edges returns the sections with their cursors.
func (c *SectionConnection) Edges() []SectionEdge { return c.Page.Edges }

// Edges returns the revisions with their cursors.
func (c *RevisionConnection) Edges() []RevisionEdge { return c.Page.Edges }

// Edges returns the tokens with their cursors.
func (c *TokenConnection) Edges() []TokenEdge { return c.Page.Edges }

// Edges returns the deliveries with their cursors.
func (c *WebhookDeliveryConnection) Edges() []WebhookDeliveryEdge { return c.Page.Edges }

// RelatedArticleEdge leads from one article to another.
type RelatedArticleEdge struct {
	content.Related
	Node   *Article
	Cursor string
}

// RelatedArticleConnection is a page of edges.
type RelatedArticleConnection struct {
	Edges    []RelatedArticleEdge
	PageInfo content.PageInfo
	Count    func(context.Context) (int, error)
}

// Nodes returns the articles the edges lead to.
func (c *RelatedArticleConnection) Nodes() []*Article {
	nodes := make([]*Article, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// TotalCount counts the edges of the whole list.
func (c *RelatedArticleConnection) TotalCount(ctx context.Context) (int, error) { return c.Count(ctx) }
