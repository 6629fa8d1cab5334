package graph

import (
	"context"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"nutgraph/graph/generated"
	"nutgraph/internal/content"
)

// costLimit refuses an operation that would cost too much, before it runs. A
// field costs one, and what is asked of the items of a list costs as many times
// as the page is long.
type costLimit struct {
	limit  int
	schema graphql.ExecutableSchema
}

var _ graphql.OperationContextMutator = (*costLimit)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (c *costLimit) ExtensionName() string { return "CostLimit" }

// Validate implements graphql.HandlerExtension.
func (c *costLimit) Validate(schema graphql.ExecutableSchema) error {
	c.schema = schema
	return nil
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (c *costLimit) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	cost := complexity.Calculate(ctx, c.schema, op.Operation, op.Variables)
	if cost > c.limit {
		err := gqlerror.Errorf("the operation costs %d, the limit is %d; ask for fewer items or fields", cost, c.limit)
		err.Extensions = map[string]any{"code": codeCostLimit, "cost": cost, "limit": c.limit}
		return err
	}
	request := RequestOf(ctx)
	request.Cost = cost
	if refused := charged(ctx, cost+introspections(op.Operation.SelectionSet)*introspectionCost); refused != nil {
		return refused.err
	}
	return nil
}

// introspections counts the fields of a root that tell the schema, for which
// complexity.Calculate asks nothing, or next to nothing.
func introspections(root ast.SelectionSet) (n int) {
	for _, selection := range root {
		switch s := selection.(type) {
		case *ast.Field:
			if s.Name == "__schema" || s.Name == "__type" {
				n++
			}
		case *ast.InlineFragment:
			n += introspections(s.SelectionSet)
		case *ast.FragmentSpread:
			n += introspections(s.Definition.SelectionSet)
		}
	}
	return n
}

// What costs more than the reading of a field: a search looks at every article
// with the words, a count at every article of the list, a
// diff at every sentence of two texts.
const (
	searchCost  = 200
	suggestCost = 100
	facetCost   = 200
	countCost   = 50
	diffCost    = 100
)

// costs tells what the fields cost that cost more than one.
func costs() generated.ComplexityRoot {
	var c generated.ComplexityRoot
	c.Query.Articles = func(child int, first *int, _ *string, last *int, _ *string, _ *content.ArticleWhere, _ []content.ArticleOrder, _ []content.Status) int {
		return pageCost(child, first, last)
	}
	c.Query.Search = func(child int, _ string, first *int, _ *string, last *int, _ *string, _ *content.ArticleWhere) int {
		return searchCost + pageCost(child, first, last)
	}
	c.Query.Suggest = func(child int, _ string, first int) int { return suggestCost + pageCost(child, &first, nil) }
	c.SearchConnection.Facets = func(child, _ int) int { return 1 + child }
	count := func(child int) int { return countCost + child }
	facet := func(child int) int { return facetCost + 10*child }
	c.SearchFacets.Section, c.SearchFacets.Tag, c.SearchFacets.Author, c.SearchFacets.Year, c.SearchFacets.Language = facet, facet, facet, facet, facet
	c.ArticleConnection.TotalCount, c.SearchConnection.TotalCount, c.RelatedArticleConnection.TotalCount = count, count, count
	c.AuthorConnection.TotalCount, c.TagConnection.TotalCount, c.SectionConnection.TotalCount = count, count, count
	c.Query.Authors, c.Query.Tags, c.Query.Sections = taxonomyCost, taxonomyCost, taxonomyCost
	c.Query.Nodes = func(child int, ids []content.ID) int { return 1 + times(len(ids), child) }
	c.Query.Tokens = taxonomyCost
	c.Article.Revisions = taxonomyCost
	c.Revision.Diff = func(child int, _ *int) int { return diffCost + child }
	c.Author.Articles, c.Tag.Articles, c.Section.Articles = articlesCost, articlesCost, articlesCost
	c.Article.Related = func(child int, first *int, _ *string, last *int, _ *string, _ *content.ArticleWhere) int {
		return pageCost(child, first, last)
	}
	// Lists without pages are counted as somewhat longer than they mostly are.
	c.Article.Authors = func(child int) int { return 1 + 3*child }
	c.Article.Tags = func(child int) int { return 1 + 10*child }
	c.Section.Children = func(child int) int { return 1 + 10*child }
	return c
}

func taxonomyCost(child int, first *int, _ *string, last *int, _ *string) int {
	return pageCost(child, first, last)
}

func articlesCost(child int, first *int, _ *string, last *int, _ *string, _ *content.ArticleWhere, _ []content.ArticleOrder) int {
	return pageCost(child, first, last)
}

// pageCost is the cost of a page. A length that paging will refuse costs as
// much as the longest page.
func pageCost(child int, first, last *int) int {
	length := content.DefaultPage
	for _, n := range []*int{first, last} {
		if n != nil {
			length = *n
		}
	}
	if length < 0 || length > content.MaxPage {
		length = content.MaxPage
	}
	return 1 + times(length, child)
}

// times multiplies without overflow, beyond which lists in lists would be free.
func times(n, cost int) int {
	const most = 1 << 40
	if cost > most/max(n, 1) {
		return most
	}
	return n * cost
}
