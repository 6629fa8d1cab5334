package db

import (
	"context"
	"slices"
	"strings"

	"nutgraph/internal/content"
)

// Article finds an article that readers may see; NotFound when there is none.
func (db *DB) Article(ctx context.Context, by content.ArticleBy) (content.Article, error) {
	if err := by.Validate(); err != nil {
		return content.Article{}, err
	}
	s := &statement{}
	conditions := append([]string{s.inSight(ctx, db.now())}, s.articleBy(by)...)
	query := "SELECT " + articleColumns + " FROM article a WHERE " + and(conditions) + " ORDER BY a.published_at DESC LIMIT 1"
	a, err := one(ctx, db, query, s.args, db.scanArticle)
	if isNone(err) && by.Slug != nil {
		a, err = db.articleFormerly(ctx, *by.Slug)
	}
	if isNone(err) {
		return a, content.Errorf(content.NotFound, "there is no such article")
	}
	return a, err
}

// articleFormerly finds an article by a slug that it had before.
func (db *DB) articleFormerly(ctx context.Context, slug string) (content.Article, error) {
	s := &statement{}
	query := "SELECT " + articleColumns + " FROM article a WHERE " + s.inSight(ctx, db.now()) + " AND " + s.formerly("article", "a", slug)
	return one(ctx, db, query, s.args, db.scanArticle)
}

// articleBy is the condition of being the article that is meant.
func (s *statement) articleBy(by content.ArticleBy) []string {
	switch {
	case by.ID != nil:
		return []string{"a.id = " + s.arg(*by.ID)}
	case by.Slug != nil:
		return []string{"a.slug = " + s.arg(*by.Slug)}
	case by.URL != nil:
		return []string{"a.url = " + s.arg(*by.URL)}
	default:
		return []string{"a.source = " + s.arg(by.External.Source), "a.external_id = " + s.arg(by.External.ID)}
	}
}

func (db *DB) scanArticle(scan scanner) (content.Article, error) { return scanArticle(scan, db.now()) }

// ArticlesByID finds the articles with the given ids that readers may see.
func (db *DB) ArticlesByID(ctx context.Context, ids []content.ID) ([]content.Article, error) {
	s := &statement{}
	query := "SELECT " + articleColumns + " FROM article a WHERE " + s.inSight(ctx, db.now()) + " AND a.id IN " + list(s, ids)
	return collect(ctx, db, query, s.args, db.scanArticle)
}

// ArticleList selects and sorts articles. Without an order the newest come first.
type ArticleList struct {
	Where  *content.ArticleWhere
	Order  []content.ArticleOrder
	Status []content.Status // published ones when nil
}

// Articles reads a page of the articles that readers may see.
func (db *DB) Articles(ctx context.Context, l ArticleList, w content.Window) (content.Page[content.Article], error) {
	listing, err := db.readersListing(ctx, l)
	if err != nil {
		return content.Page[content.Article]{}, err
	}
	return page(ctx, db, listing, w)
}

func (db *DB) articleListing(ctx context.Context, l ArticleList) (listing[content.Article], error) {
	if err := l.Where.Validate(); err != nil {
		return listing[content.Article]{}, err
	}
	order, err := articleOrder(l.Order, l.Status != nil)
	s := &statement{}
	shown := s.visible(db.now())
	if l.Status != nil {
		s = &statement{}
		shown = s.inStates(ctx, l.Status, db.now())
	}
	conditions := append([]string{shown}, s.where(l.Where)...)
	return listing[content.Article]{
		items: "article", columns: articleColumns, from: "article a", conditions: conditions, args: s.args,
		order: order, key: "a.key", scan: db.scanArticle,
	}, err
}

// orderColumns are the columns that articles can be sorted by.
var orderColumns = map[content.ArticleOrderField]string{
	content.OrderPublishedAt: "a.published_at",
	content.OrderUpdatedAt:   "a.updated_at",
	content.OrderCreatedAt:   "a.created_at",
	content.OrderTitle:       "a.title COLLATE NOCASE",
	content.OrderWordCount:   "a.word_count",
}

func articleOrder(order []content.ArticleOrder, unpublished bool) ([]sortTerm, error) {
	if len(order) == 0 {
		order = []content.ArticleOrder{{Field: content.OrderPublishedAt, Direction: content.Desc}}
	}
	var terms []sortTerm
	for _, o := range order {
		column, known := orderColumns[o.Field]
		if !known {
			return nil, content.FieldErrorf("orderBy", "%q is not a field to sort by", o.Field)
		}
		name := strings.ToLower(string(o.Field))
		if unpublished && o.Field == content.OrderPublishedAt {
			name, column = "published_or_created_at", "COALESCE(a.published_at, a.created_at)"
		}
		if slices.ContainsFunc(terms, func(t sortTerm) bool { return t.name == name }) {
			return nil, content.FieldErrorf("orderBy", "names %s twice; name each field once", o.Field)
		}
		terms = append(terms, sortTerm{name, column, o.Direction == content.Desc})
	}
	return terms, nil
}

// Bodies reads the bodies of articles that readers may see, by article.
func (db *DB) Bodies(ctx context.Context, articles []content.ID) (map[content.ID]content.Body, error) {
	s := &statement{}
	query := `
		SELECT a.id, b.source, b.format, b.html, b.markdown, b.text
		FROM article a
		JOIN body b ON b.article_key = a.key
		WHERE a.id IN ` + list(s, articles) + ` AND ` + s.inSight(ctx, db.now())
	return collectMap(ctx, db, query, s.args, func(scan scanner) (id content.ID, b content.Body, err error) {
		err = scan(&id, &b.Source, &b.Format, &b.HTML, &b.Markdown, &b.Text)
		return id, b, err
	})
}

// collectMap gathers rows by their first column, which is different in each.
func collectMap[K comparable, V any](ctx context.Context, db source, query string, args []any, scan func(scanner) (K, V, error)) (map[K]V, error) {
	all := map[K]V{}
	_, err := collect(ctx, db, query, args, func(row scanner) (struct{}, error) {
		id, v, err := scan(row)
		all[id] = v
		return struct{}{}, err
	})
	return all, err
}

// collectLists gathers rows into lists by their first column.
func collectLists[V any](ctx context.Context, db source, query string, args []any, scan func(scanner) (content.ID, V, error)) (map[content.ID][]V, error) {
	all := map[content.ID][]V{}
	_, err := collect(ctx, db, query, args, func(row scanner) (struct{}, error) {
		id, v, err := scan(row)
		all[id] = append(all[id], v)
		return struct{}{}, err
	})
	return all, err
}
