package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// grouped makes one group of articles that were read together.
func grouped(articles []content.Article) []*model.Article {
	group := &model.Group{IDs: make([]content.ID, len(articles))}
	nodes := make([]*model.Article, len(articles))
	for i, a := range articles {
		group.IDs[i] = a.ID
		nodes[i] = &model.Article{Article: a, Group: group}
	}
	return nodes
}

// single makes an article that was read alone.
func single(a content.Article) *model.Article { return grouped([]content.Article{a})[0] }

// regrouped makes one group of the articles that stand in the values of a map.
func regrouped[V any](values map[content.ID]V, articles func(V) []content.Article) map[content.ID]*model.Article {
	var all []content.Article
	met := map[content.ID]bool{}
	for _, v := range values {
		for _, a := range articles(v) {
			if !met[a.ID] {
				met[a.ID] = true
				all = append(all, a)
			}
		}
	}
	nodes := map[content.ID]*model.Article{}
	for _, node := range grouped(all) {
		nodes[node.ID] = node
	}
	return nodes
}

type articleResolver struct{ *Resolver }

// Article implements generated.ResolverRoot.
func (r *Resolver) Article() generated.ArticleResolver { return articleResolver{r} }

// Body is the text in one of its forms.
func (r articleResolver) Body(ctx context.Context, a *model.Article, format content.Format) (string, error) {
	b, err := r.body(ctx, a)
	return *b.In(format), err
}

// BodyFormat is the format in which the body was handed in.
func (r articleResolver) BodyFormat(ctx context.Context, a *model.Article) (content.Format, error) {
	b, err := r.body(ctx, a)
	return b.Format, err
}

func (r articleResolver) body(ctx context.Context, a *model.Article) (content.Body, error) {
	b, _, err := of(ctx, a.Group, a.ID, r.store.Bodies)
	return b, err
}

// Section is the innermost section the article stands in.
func (r articleResolver) Section(ctx context.Context, a *model.Article) (*model.Section, error) {
	path, _, err := of(ctx, a.Group, a.ID, r.sectionsOf)
	if err != nil || len(path) == 0 {
		return nil, err
	}
	return &path[len(path)-1], nil
}

// Authors are those of the byline.
func (r articleResolver) Authors(ctx context.Context, a *model.Article) ([]model.Author, error) {
	authors, _, err := of(ctx, a.Group, a.ID, r.authorsOf)
	return authors, err
}

// Tags are what the article is about.
func (r articleResolver) Tags(ctx context.Context, a *model.Article) ([]model.Tag, error) {
	tags, _, err := of(ctx, a.Group, a.ID, r.tagsOf)
	return tags, err
}

// Summary is the article in short.
func (r articleResolver) Summary(ctx context.Context, a *model.Article, length content.SummaryLength) (*content.Summary, error) {
	s, found, err := of(ctx, a.Group, a.ID, func(ctx context.Context, ids []content.ID) (map[content.ID]content.Summary, error) {
		return r.store.Summaries(ctx, ids, length)
	})
	if !found {
		return nil, err
	}
	return &s, err
}

// Previous is the article published just before this one.
func (r articleResolver) Previous(ctx context.Context, a *model.Article, where *content.ArticleWhere) (*model.Article, error) {
	return r.neighbour(ctx, a, where, r.store.Previous)
}

// Next is the article published just after this one.
func (r articleResolver) Next(ctx context.Context, a *model.Article, where *content.ArticleWhere) (*model.Article, error) {
	return r.neighbour(ctx, a, where, r.store.Next)
}

type neighbours = func(context.Context, []content.ID, *content.ArticleWhere) (map[content.ID]content.Article, error)

func (r articleResolver) neighbour(ctx context.Context, a *model.Article, where *content.ArticleWhere, find neighbours) (*model.Article, error) {
	n, _, err := of(ctx, a.Group, a.ID, func(ctx context.Context, ids []content.ID) (map[content.ID]*model.Article, error) {
		found, err := find(ctx, ids, where)
		nodes := regrouped(found, func(a content.Article) []content.Article { return []content.Article{a} })
		result := map[content.ID]*model.Article{}
		for id, a := range found {
			result[id] = nodes[a.ID]
		}
		return result, err
	})
	return n, err
}

// articlesOf reads a page of the articles filed under an author, a tag or a
// section, for its whole group at once.
func articlesOf[T any](ctx context.Context, t db.Taxonomy[T], g *model.Group, id content.ID, l db.ArticleList, w content.Window) (*model.ArticleConnection, error) {
	page, _, err := of(ctx, g, id, func(ctx context.Context, ids []content.ID) (map[content.ID]content.Page[*model.Article], error) {
		pages, err := t.Articles(ctx, ids, l, w)
		nodes := regrouped(pages, func(p content.Page[content.Article]) []content.Article { return p.Nodes() })
		result := map[content.ID]content.Page[*model.Article]{}
		for id, p := range pages {
			result[id] = convert(p, func(articles []content.Article) []*model.Article { return pick(nodes, articles) })
		}
		return result, err
	})
	if err != nil {
		return nil, err
	}
	page.Count = counted(g, graphql.GetFieldContext(ctx).Field.Field, id, func(ctx context.Context, ids []content.ID) (map[content.ID]int, error) {
		return t.CountArticles(ctx, ids, l.Where)
	})
	return &model.ArticleConnection{Page: page}, nil
}

func pick(nodes map[content.ID]*model.Article, articles []content.Article) []*model.Article {
	picked := make([]*model.Article, len(articles))
	for i, a := range articles {
		picked[i] = nodes[a.ID]
	}
	return picked
}
