package db

import (
	"context"
	"slices"

	"nutgraph/internal/content"
)

// Taxonomy is a set of things that articles are filed under: the sections, the
// authors or the tags. Readers see those of them that hold an article they may
// see; what holds only drafts is not there.
type Taxonomy[T any] struct {
	db      *DB
	noun    string // the table, and the word for one of them
	prefix  string // of ids
	nested  bool   // whether one stands below another
	columns string
	scan    func(scanner) (T, error)
}

// Sections are the parts of the publication.
func (db *DB) Sections() Taxonomy[content.Section] {
	columns := "n.id, n.slug, n.name, (SELECT p.id FROM section p WHERE p.key = n.parent_key)"
	return Taxonomy[content.Section]{db, "section", content.SectionPrefix, true, columns, func(scan scanner) (s content.Section, err error) {
		return s, scan(&s.ID, &s.Slug, &s.Name, &s.ParentID)
	}}
}

// Authors are the people who write.
func (db *DB) Authors() Taxonomy[content.Author] {
	return Taxonomy[content.Author]{db, "author", content.AuthorPrefix, false, "n.id, n.slug, n.name", func(scan scanner) (a content.Author, err error) {
		return a, scan(&a.ID, &a.Slug, &a.Name)
	}}
}

// Tags are the topics of articles.
func (db *DB) Tags() Taxonomy[content.Tag] {
	return Taxonomy[content.Tag]{db, "tag", content.TagPrefix, false, "n.id, n.slug, n.name", func(scan scanner) (t content.Tag, err error) {
		return t, scan(&t.ID, &t.Slug, &t.Name)
	}}
}

// visible is the condition under which readers may see row n.
func (t Taxonomy[T]) visible(s *statement) string {
	return `EXISTS (
		SELECT 1 FROM ` + t.links() + ` l JOIN article a ON a.key = l.article_key
		WHERE l.` + t.foreignKey() + ` = n.key AND l.published_at <= ` + s.arg(t.db.now().UnixMilli()) + ` AND ` + s.visible(t.db.now()) + `)`
}

// inSight is the condition under which whoever asks may see row n when he names
// it.
func (t Taxonomy[T]) inSight(ctx context.Context, s *statement) string {
	if content.SightOf(ctx).Everything {
		return "TRUE"
	}
	return t.visible(s)
}

func (t Taxonomy[T]) links() string      { return "article_" + t.noun }
func (t Taxonomy[T]) foreignKey() string { return t.noun + "_key" }

// Find finds one of them; NotFound when readers may see none.
func (t Taxonomy[T]) Find(ctx context.Context, by content.SlugOrID) (T, error) {
	var none T
	if err := by.Validate(); err != nil {
		return none, err
	}
	found, err := t.findOne(ctx, func(s *statement) string {
		if by.ID != nil {
			return "n.id = " + s.arg(*by.ID)
		}
		return "n.slug = " + s.arg(*by.Slug)
	})
	if isNone(err) && by.Slug != nil {
		found, err = t.findOne(ctx, func(s *statement) string { return s.formerly(t.noun, "n", *by.Slug) })
	}
	if isNone(err) {
		return none, content.Errorf(content.NotFound, "there is no such %s", t.noun)
	}
	return found, err
}

func (t Taxonomy[T]) findOne(ctx context.Context, condition func(*statement) string) (T, error) {
	s := &statement{}
	query := "SELECT " + t.columns + " FROM " + t.noun + " n WHERE " + t.inSight(ctx, s) + " AND " + condition(s)
	return one(ctx, t.db, query, s.args, t.scan)
}

// ByIDs finds those with the given ids that readers may see.
func (t Taxonomy[T]) ByIDs(ctx context.Context, ids []content.ID) ([]T, error) {
	s := &statement{}
	query := "SELECT " + t.columns + " FROM " + t.noun + " n WHERE n.id IN " + list(s, ids) + " AND " + t.inSight(ctx, s)
	return collect(ctx, t.db, query, s.args, t.scan)
}

// Page reads a page of them, sorted by slug.
func (t Taxonomy[T]) Page(ctx context.Context, w content.Window) (content.Page[T], error) {
	return page(ctx, t.db, t.list(), w)
}

func (t Taxonomy[T]) list() listing[T] {
	s := &statement{}
	visible := t.visible(s)
	return listing[T]{
		items: t.noun, columns: t.columns, from: t.noun + " n", conditions: []string{visible}, args: s.args,
		order: []sortTerm{{name: "slug", expression: "n.slug"}}, key: "n.key", scan: t.scan,
	}
}

// Children reads the sections below each of several sections, sorted by slug.
func (db *DB) Children(ctx context.Context, parents []content.ID) (map[content.ID][]content.Section, error) {
	t, s := db.Sections(), &statement{}
	query := "SELECT p.id, " + t.columns + ` FROM section n JOIN section p ON p.key = n.parent_key
		WHERE p.id IN ` + list(s, parents) + " AND " + t.visible(s) + " ORDER BY n.slug"
	return collectLists(ctx, db, query, s.args, t.scanFor)
}

// Parents reads the section above each of several sections, as a list of at
// most one.
func (db *DB) Parents(ctx context.Context, children []content.ID) (map[content.ID][]content.Section, error) {
	t, s := db.Sections(), &statement{}
	query := "SELECT c.id, " + t.columns + ` FROM section c JOIN section n ON n.key = c.parent_key
		WHERE c.id IN ` + list(s, children) + " AND " + t.visible(s)
	return collectLists(ctx, db, query, s.args, t.scanFor)
}

// scanFor reads an id, and then one of them.
func (t Taxonomy[T]) scanFor(scan scanner) (id content.ID, item T, err error) {
	item, err = t.scan(func(dest ...any) error { return scan(append([]any{&id}, dest...)...) })
	return id, item, err
}

// Of reads what articles that readers may see are filed under, in the order in
// which they name it.
func (t Taxonomy[T]) Of(ctx context.Context, articles []content.ID) (map[content.ID][]T, error) {
	s := &statement{}
	return t.of(ctx, s, "a.id IN "+list(s, articles)+" AND "+s.inSight(ctx, t.db.now()))
}

// OfKeys reads what articles that everybody may see are filed under, by the keys
// of the articles.
func (t Taxonomy[T]) OfKeys(ctx context.Context, articles []int64) (map[content.ID][]T, error) {
	s := &statement{}
	return t.of(ctx, s, "a.key IN "+list(s, articles)+" AND "+s.visible(t.db.now()))
}

func (t Taxonomy[T]) of(ctx context.Context, s *statement, condition string) (map[content.ID][]T, error) {
	query := `
		SELECT a.id, ` + t.columns + `
		FROM article a
		JOIN ` + t.links() + ` l ON l.article_key = a.key
		JOIN ` + t.noun + ` n ON n.key = l.` + t.foreignKey() + `
		WHERE ` + condition + `
		ORDER BY a.key, l.position`
	return collectLists(ctx, t.db, query, s.args, t.scanFor)
}

// Articles reads, for each of several of them, a page of the articles filed
// under it: one statement for all, unless the page starts at a cursor, which
// belongs to one of them.
func (t Taxonomy[T]) Articles(ctx context.Context, ids []content.ID, l ArticleList, w content.Window) (map[content.ID]content.Page[content.Article], error) {
	if len(ids) > 1 && w.After == nil && w.Before == nil {
		return t.firstArticles(ctx, ids, l, w)
	}
	pages := map[content.ID]content.Page[content.Article]{}
	for _, id := range ids {
		listing, err := t.listing(ctx, id, l)
		if err != nil {
			return nil, err
		}
		if pages[id], err = page(ctx, t.db, listing, w); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// listing is the list of articles filed under one of them. The time of
// publication is read from the link, whose index is in that order.
func (t Taxonomy[T]) listing(ctx context.Context, id content.ID, l ArticleList) (listing[content.Article], error) {
	base, err := t.db.articleListing(ctx, l)
	if err != nil {
		return base, err
	}
	s := &statement{args: base.args}
	base.conditions = append(base.conditions,
		"l."+t.foreignKey()+" = (SELECT n.key FROM "+t.noun+" n WHERE n.id = "+s.arg(id)+")",
		"l.published_at <= "+s.arg(t.db.now().UnixMilli()))
	base.args = s.args
	base.items = t.noun + " article"
	base.from = t.links() + " l JOIN article a ON a.key = l.article_key"
	base.key = "l.article_key"
	for i, o := range base.order {
		if o.name == "published_at" {
			base.order[i].expression = "l.published_at"
		}
	}
	return base, nil
}

// firstArticles reads the first (or last) page for several of them at once.
func (t Taxonomy[T]) firstArticles(ctx context.Context, ids []content.ID, l ArticleList, w content.Window) (map[content.ID]content.Page[content.Article], error) {
	base, err := t.listing(ctx, ids[0], l)
	if err != nil {
		return nil, err
	}
	rows, err := firstOfEach(ctx, t.db, t, ids, base, "", w)
	if err != nil {
		return nil, err
	}
	pages := map[content.ID]content.Page[content.Article]{}
	for _, id := range ids {
		pages[id] = firstPage(rows[id], w)
	}
	return pages, nil
}

// firstOfEach reads up to one row more than a page of the same list, which is that
// of the first of several of them, for each. CROSS
// JOIN keeps the order of the tables, so that the inner list, which is short,
// leads to the articles; left to itself the engine runs it for every article
// filed under each of them (7 times slower for ten sections of a thousand). The plus
// sign keeps it from looking for each article among all that are filed under it.
func firstOfEach[T, A any](ctx context.Context, from source, t Taxonomy[T], ids []content.ID, base listing[A], joins string, w content.Window) (map[content.ID][]row[A], error) {
	s := &statement{args: base.args}
	// The same list, for whichever of them the outer statement stands at.
	conditions := slices.Clone(base.conditions)
	conditions[len(conditions)-2] = "l." + t.foreignKey() + " = n.key"
	query := "SELECT n.id, " + base.columns + ", " + base.key + base.sortColumns() + `
		FROM ` + t.noun + ` n
		CROSS JOIN article a
		CROSS JOIN ` + t.links() + ` l ON l.article_key = a.key AND +l.` + t.foreignKey() + ` = n.key` + joins + `
		WHERE n.id IN ` + list(s, ids) + ` AND a.key IN (
			SELECT l.article_key FROM ` + base.from + `
			WHERE ` + and(conditions) + `
			ORDER BY ` + base.orderBy(w.Backward) + `
			LIMIT ` + s.arg(w.Limit+1) + `)
		ORDER BY n.key, ` + base.orderBy(w.Backward)
	return collectLists(ctx, from, query, s.args, func(scan scanner) (id content.ID, r row[A], err error) {
		r, err = base.scanRow(func(dest ...any) error { return scan(append([]any{&id}, dest...)...) })
		return id, r, err
	})
}

// CountArticles counts the articles filed under each of several of them.
func (t Taxonomy[T]) CountArticles(ctx context.Context, ids []content.ID, where *content.ArticleWhere) (map[content.ID]int, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	s := &statement{}
	conditions := append([]string{"n.id IN " + list(s, ids), s.visible(t.db.now())}, s.where(where)...)
	query := `
		SELECT n.id, COUNT(*)
		FROM ` + t.noun + ` n
		JOIN ` + t.links() + ` l ON l.` + t.foreignKey() + ` = n.key
		JOIN article a ON a.key = l.article_key
		WHERE ` + and(conditions) + `
		GROUP BY n.id`
	return collectMap(ctx, t.db, query, s.args, func(scan scanner) (id content.ID, n int, err error) {
		return id, n, scan(&id, &n)
	})
}
