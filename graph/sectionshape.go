package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// sectionConnection makes the shape of a page of sections, and notes in w the lists
// of articles that are wanted of each.
func (p *shaper) sectionConnection(of graphql.CollectedField, w *[]db.WantedArticles) shape[db.SectionsView] {
	lists := 0 // see relatedConnection
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.SectionsView) []byte {
		switch f.Name {
		case "nodes":
			if lists++; lists > 1 {
				return nil
			}
			node := p.sectionWithArticles(f, w)
			return func(b []byte, c *db.SectionsView) []byte { return appendList(b, c.Nodes, node.append) }
		case "pageInfo":
			info := p.pageInfo(f)
			return func(b []byte, c *db.SectionsView) []byte {
				i := content.PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious}
				if c.Start != nil {
					i.StartCursor, i.EndCursor = new(c.Start.String()), new(c.End.String())
				}
				return info.append(b, &i)
			}
		}
		return nil
	}, "SectionConnection")
}

func (p *shaper) sectionWithArticles(of graphql.CollectedField, w *[]db.WantedArticles) shape[db.SectionView] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *db.SectionView) []byte {
		if f.Name == "articles" {
			return p.sectionArticles(f, w)
		}
		write := sectionField(f.Name)
		if write == nil {
			return nil
		}
		return func(b []byte, s *db.SectionView) []byte { return write(b, &s.Section) }
	}, "Section", "Node")
}

// sectionArticles knows the newest articles alone: no cursor, no filter, no order.
func (p *shaper) sectionArticles(f graphql.CollectedField, w *[]db.WantedArticles) func([]byte, *db.SectionView) []byte {
	for _, name := range []string{"after", "last", "before", "where", "orderBy"} {
		if p.argument(f, name) != nil {
			return nil
		}
	}
	limit, ok := p.first(f)
	if !ok {
		return nil
	}
	var wanted wantedPage
	page := p.articleConnection(f, &wanted)
	if wanted.count {
		return nil
	}
	place := len(*w)
	*w = append(*w, db.WantedArticles{Limit: limit, Node: wanted.node})
	return func(b []byte, s *db.SectionView) []byte { return page.append(b, &s.Articles[place]) }
}
