package graph

import (
	"context"
	"encoding/json"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// viewing answers the fields that readers ask most, article, articles and sections,
// beside the engine: what the query selects is read as a whole and written at once. The
// engine takes some thirty allocations for each field of each object. Whatever
// is out of the ordinary goes to the engine all the same: fields that the shapes
// do not know, filters below the first level, what only some may see, and everything that fails, so
// that there is one place where errors are made.
type viewing struct{ store *db.DB }

// around is middleware around the fields of an operation.
func (v viewing) around(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	if field.Object != "Query" || content.SightOf(ctx) != (content.Sight{}) {
		return next(ctx)
	}
	var answer graphql.Marshaler
	switch field.Field.Name {
	case "article":
		answer = v.article(ctx, field)
	case "articles":
		answer = v.articles(ctx, field)
	case "sections":
		answer = v.sections(ctx, field)
	}
	if answer == nil {
		return next(ctx)
	}
	return answer, nil
}

// written is JSON that needs only be sent.
type written []byte

// MarshalGQL implements graphql.Marshaler.
func (j written) MarshalGQL(w io.Writer) { _, _ = w.Write(j) }

// answerSize is the room that is made for an answer at first.
const answerSize = 16 << 10

func (v viewing) article(ctx context.Context, field *graphql.FieldContext) graphql.Marshaler {
	by, ok := field.Args["by"].(content.ArticleBy)
	if preview, _ := field.Args["preview"].(*string); !ok || preview != nil {
		return nil
	}
	p := shaper{operation: graphql.GetOperationContext(ctx)}
	var wanted db.Wanted
	shape := p.article(field.Field, &wanted)
	if p.unknown {
		return nil
	}
	found, err := v.store.ViewArticle(ctx, by, &wanted)
	if err != nil || found == nil { // by a slug that it had before, perhaps
		return nil
	}
	return written(shape.append(make([]byte, 0, answerSize), found))
}

func (v viewing) articles(ctx context.Context, field *graphql.FieldContext) graphql.Marshaler {
	args := field.Args
	where, _ := args["where"].(*content.ArticleWhere)
	order, _ := args["orderBy"].([]content.ArticleOrder)
	w, err := windowOf(args)
	if status, _ := field.Args["status"].([]content.Status); err != nil || status != nil {
		return nil
	}
	p := shaper{operation: graphql.GetOperationContext(ctx)}
	var wanted wantedPage
	shape := p.articleConnection(field.Field, &wanted)
	if p.unknown {
		return nil
	}
	page, err := v.store.ViewArticles(ctx, db.ArticleList{Where: where, Order: order}, w, &wanted.node, wanted.count)
	if err != nil {
		return nil
	}
	return written(shape.append(make([]byte, 0, answerSize), &page))
}

func (v viewing) sections(ctx context.Context, field *graphql.FieldContext) graphql.Marshaler {
	w, err := windowOf(field.Args)
	if err != nil {
		return nil
	}
	p := shaper{operation: graphql.GetOperationContext(ctx)}
	var wanted []db.WantedArticles
	shape := p.sectionConnection(field.Field, &wanted)
	if p.unknown {
		return nil
	}
	page, err := v.store.ViewSections(ctx, w, wanted)
	if err != nil {
		return nil
	}
	return written(shape.append(make([]byte, 0, answerSize), &page))
}

// windowOf is the page that the arguments of a field ask for.
func windowOf(args map[string]any) (content.Window, error) {
	first, _ := args["first"].(*int)
	after, _ := args["after"].(*string)
	last, _ := args["last"].(*int)
	before, _ := args["before"].(*string)
	return window(first, after, last, before)
}

// wantedPage is what is wanted of a page of articles.
type wantedPage struct {
	node  db.Wanted
	count bool
}

func (p *shaper) articleConnection(of graphql.CollectedField, w *wantedPage) shape[db.ArticlesView] {
	lists := 0 // see relatedConnection
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.ArticlesView) []byte {
		switch f.Name {
		case "edges":
			if lists++; lists > 1 {
				return nil
			}
			edge := p.articleEdge(f, &w.node)
			return func(b []byte, c *db.ArticlesView) []byte { return appendList(b, c.Edges, edge.append) }
		case "nodes":
			if lists++; lists > 1 {
				return nil
			}
			node := p.article(f, &w.node)
			return func(b []byte, c *db.ArticlesView) []byte {
				return appendList(b, c.Edges, func(b []byte, e *db.ArticleView) []byte { return node.append(b, e.Node) })
			}
		case "pageInfo":
			info := p.pageInfo(f)
			return func(b []byte, c *db.ArticlesView) []byte {
				i := content.PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious}
				if n := len(c.Edges); n > 0 {
					i.StartCursor, i.EndCursor = new(c.Edges[0].Cursor.String()), new(c.Edges[n-1].Cursor.String())
				}
				return info.append(b, &i)
			}
		case "totalCount":
			w.count = true
			return func(b []byte, c *db.ArticlesView) []byte { return appendInt(b, c.Count) }
		}
		return nil
	}, "ArticleConnection")
}

func (p *shaper) articleEdge(of graphql.CollectedField, w *db.Wanted) shape[db.ArticleView] {
	nodes := 0
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.ArticleView) []byte {
		switch f.Name {
		case "cursor":
			return func(b []byte, e *db.ArticleView) []byte { return appendText(b, e.Cursor.String()) }
		case "node":
			if nodes++; nodes > 1 {
				return nil
			}
			node := p.article(f, w)
			return func(b []byte, e *db.ArticleView) []byte { return node.append(b, e.Node) }
		}
		return nil
	}, "ArticleEdge")
}

// argument is the value of an argument as the engine has it: checked, but not
// yet turned into a type of ours.
func (p *shaper) argument(f graphql.CollectedField, name string) any {
	return f.ArgumentMap(p.operation.Variables)[name]
}

// first is the length of the page that a field asks for, if it is one.
func (p *shaper) first(f graphql.CollectedField) (int, bool) {
	var n int64
	var err error
	switch v := p.argument(f, "first").(type) {
	case nil:
		return content.DefaultPage, true
	case int64:
		n = v
	case json.Number:
		n, err = strconv.ParseInt(v.String(), 10, 64)
	default:
		return 0, false
	}
	return int(n), err == nil && n >= 0 && n <= content.MaxPage
}
