package graph

import (
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// article makes the shape of an article, and notes in w what it needs to be
// read.
func (p *shaper) article(of graphql.CollectedField, w *db.Wanted) shape[db.View] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.View) []byte {
		switch f.Name {
		case "id":
			return func(b []byte, a *db.View) []byte { return appendText(b, string(a.ID)) }
		case "slug":
			return func(b []byte, a *db.View) []byte { return appendText(b, a.Slug) }
		case "title":
			return func(b []byte, a *db.View) []byte { return appendText(b, a.Title) }
		case "publishedAt":
			return func(b []byte, a *db.View) []byte {
				if a.PublishedAt == nil {
					return append(b, "null"...)
				}
				return appendTime(b, *a.PublishedAt)
			}
		case "standfirst", "language", "wordCount", "readingMinutes":
			w.Details = true
			return articleDetail(f.Name)
		case "url", "external", "status", "revision", "updatedAt", "createdAt", "image":
			w.Facts = true
			return p.articleFact(f)
		case "body", "bodyFormat":
			return p.articleBody(f, w)
		case "section", "authors", "tags":
			return p.articleFiling(f, w)
		case "summary":
			return p.articleSummary(f, w)
		case "related":
			return p.articleRelated(f, w)
		case "previous", "next":
			return p.articleNeighbour(f, w)
		}
		return nil
	}, "Article", "Node")
}

func articleDetail(name string) func([]byte, *db.View) []byte {
	switch name {
	case "standfirst":
		return func(b []byte, a *db.View) []byte { return appendTextOrNull(b, a.Standfirst) }
	case "language":
		return func(b []byte, a *db.View) []byte { return appendText(b, a.Language) }
	case "wordCount":
		return func(b []byte, a *db.View) []byte { return appendInt(b, a.WordCount) }
	default:
		return func(b []byte, a *db.View) []byte { return appendInt(b, a.ReadingMinutes()) }
	}
}

func (p *shaper) articleFact(f graphql.CollectedField) func([]byte, *db.View) []byte {
	switch f.Name {
	case "url":
		return func(b []byte, a *db.View) []byte { return appendTextOrNull(b, a.URL) }
	case "status":
		return func(b []byte, a *db.View) []byte { return appendText(b, string(a.Status)) }
	case "revision":
		return func(b []byte, a *db.View) []byte { return appendInt(b, a.Revision) }
	case "updatedAt":
		return func(b []byte, a *db.View) []byte { return appendTime(b, a.UpdatedAt) }
	case "createdAt":
		return func(b []byte, a *db.View) []byte { return appendTime(b, a.CreatedAt) }
	case "external":
		external := p.external(f)
		return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.External, external) }
	default:
		image := p.image(f)
		return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.Image, image) }
	}
}

func appendOrNull[T any](b []byte, v *T, s shape[T]) []byte {
	if v == nil {
		return append(b, "null"...)
	}
	return s.append(b, v)
}

func (p *shaper) articleBody(f graphql.CollectedField, w *db.Wanted) func([]byte, *db.View) []byte {
	if f.Name == "bodyFormat" {
		w.Source = true
		return func(b []byte, a *db.View) []byte { return appendText(b, string(a.Body.Format)) }
	}
	name, _ := p.argument(f, "format").(string)
	format := content.Format(name)
	if !slices.Contains(w.Body, format) {
		w.Body = append(w.Body, format)
	}
	return func(b []byte, a *db.View) []byte { return appendText(b, *a.Body.In(format)) }
}

func (p *shaper) articleFiling(f graphql.CollectedField, w *db.Wanted) func([]byte, *db.View) []byte {
	switch f.Name {
	case "section":
		w.Section = true
		section := p.section(f)
		return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.Section, section) }
	case "authors":
		w.Authors = true
		author := p.author(f)
		return func(b []byte, a *db.View) []byte { return appendList(b, a.Authors, author.append) }
	default:
		w.Tags = true
		tag := p.tag(f)
		return func(b []byte, a *db.View) []byte { return appendList(b, a.Tags, tag.append) }
	}
}

func (p *shaper) articleSummary(f graphql.CollectedField, w *db.Wanted) func([]byte, *db.View) []byte {
	summary, sentences := p.summary(f)
	name, _ := p.argument(f, "length").(string)
	place := len(w.Summaries)
	w.Summaries = append(w.Summaries, db.WantedSummary{Length: content.SummaryLength(name), Sentences: sentences})
	return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.Summaries[place], summary) }
}

func (p *shaper) articleNeighbour(f graphql.CollectedField, w *db.Wanted) func([]byte, *db.View) []byte {
	if p.argument(f, "where") != nil {
		return nil
	}
	var wanted db.Wanted
	shape := p.article(f, &wanted)
	if f.Name == "previous" {
		place := len(w.Previous)
		w.Previous = append(w.Previous, wanted)
		return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.Previous[place], shape) }
	}
	place := len(w.Next)
	w.Next = append(w.Next, wanted)
	return func(b []byte, a *db.View) []byte { return appendOrNull(b, a.Next[place], shape) }
}

// relatedPage is a page of related articles as it is written.
type relatedPage struct {
	edges []db.RelatedView
	more  bool
}

func (p *shaper) articleRelated(f graphql.CollectedField, w *db.Wanted) func([]byte, *db.View) []byte {
	for _, name := range []string{"after", "last", "before", "where"} {
		if p.argument(f, name) != nil {
			return nil
		}
	}
	limit, ok := p.first(f)
	if !ok {
		return nil
	}
	wanted := db.WantedRelated{Limit: limit}
	page := p.relatedConnection(f, &wanted)
	place := len(w.Related)
	w.Related = append(w.Related, wanted)
	return func(b []byte, a *db.View) []byte {
		edges := a.Related[place]
		return page.append(b, &relatedPage{edges[:min(len(edges), limit)], len(edges) > limit})
	}
}

func (p *shaper) relatedConnection(of graphql.CollectedField, w *db.WantedRelated) shape[relatedPage] {
	lists := 0 // what edges and nodes ask of an article would have to be told apart
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *relatedPage) []byte {
		switch f.Name {
		case "edges":
			if lists++; lists > 1 {
				return nil
			}
			edge := p.relatedEdge(f, w)
			return func(b []byte, c *relatedPage) []byte { return appendList(b, c.edges, edge.append) }
		case "nodes":
			if lists++; lists > 1 {
				return nil
			}
			node := p.article(f, &w.Node)
			return func(b []byte, c *relatedPage) []byte {
				return appendList(b, c.edges, func(b []byte, e *db.RelatedView) []byte { return node.append(b, e.Node) })
			}
		case "pageInfo":
			info := p.pageInfo(f)
			return func(b []byte, c *relatedPage) []byte {
				i := content.PageInfo{HasNextPage: c.more}
				if n := len(c.edges); n > 0 {
					i.StartCursor, i.EndCursor = new(c.edges[0].Cursor.String()), new(c.edges[n-1].Cursor.String())
				}
				return info.append(b, &i)
			}
		}
		return nil
	}, "RelatedArticleConnection")
}

func (p *shaper) relatedEdge(of graphql.CollectedField, w *db.WantedRelated) shape[db.RelatedView] {
	nodes := 0
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.RelatedView) []byte {
		switch f.Name {
		case "score":
			return func(b []byte, e *db.RelatedView) []byte { return appendFloat(b, e.Score) }
		case "origin":
			return func(b []byte, e *db.RelatedView) []byte { return appendText(b, string(e.Origin)) }
		case "cursor":
			return func(b []byte, e *db.RelatedView) []byte { return appendText(b, e.Cursor.String()) }
		case "reasons":
			w.Reasons = true
			reason := p.reason(f)
			return func(b []byte, e *db.RelatedView) []byte { return appendList(b, e.Reasons, reason.append) }
		case "node":
			if nodes++; nodes > 1 {
				return nil
			}
			node := p.article(f, &w.Node)
			return func(b []byte, e *db.RelatedView) []byte { return node.append(b, e.Node) }
		}
		return nil
	}, "RelatedArticleEdge")
}

func (p *shaper) pageInfo(of graphql.CollectedField) shape[content.PageInfo] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.PageInfo) []byte {
		switch f.Name {
		case "hasNextPage":
			return func(b []byte, i *content.PageInfo) []byte { return strconv.AppendBool(b, i.HasNextPage) }
		case "hasPreviousPage":
			return func(b []byte, i *content.PageInfo) []byte { return strconv.AppendBool(b, i.HasPreviousPage) }
		case "startCursor":
			return func(b []byte, i *content.PageInfo) []byte { return appendCursor(b, i.StartCursor) }
		case "endCursor":
			return func(b []byte, i *content.PageInfo) []byte { return appendCursor(b, i.EndCursor) }
		}
		return nil
	}, "PageInfo")
}

func appendCursor(b []byte, c *string) []byte {
	if c == nil {
		return append(b, "null"...)
	}
	return appendText(b, *c)
}
