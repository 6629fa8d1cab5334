package db

import (
	"context"
	"slices"

	"nutgraph/internal/content"
)

// WantedArticles asks for the newest articles of something.
type WantedArticles struct {
	Limit int
	Node  Wanted
}

// SectionView is a section with its newest articles, one list for each that was
// wanted.
type SectionView struct {
	content.Section
	Articles []ArticlesView
}

// SectionsView is a page of sections.
type SectionsView struct {
	Nodes                []SectionView
	HasNext, HasPrevious bool
	Start, End           *content.Cursor
}

// ViewSections reads a page of sections, sorted by slug, with the newest articles of
// each: one statement for each list of articles, and one for each part of those.
// All of it is of one moment.
func (db *DB) ViewSections(ctx context.Context, w content.Window, wanted []WantedArticles) (p SectionsView, err error) {
	t := db.Sections()
	list := t.list()
	err = db.snapshot(ctx, func(v *viewer) error {
		rows, info, err := list.page(ctx, v, w)
		if err != nil {
			return err
		}
		p.HasNext, p.HasPrevious = info.HasNextPage, info.HasPreviousPage
		p.Nodes = make([]SectionView, len(rows))
		for i, r := range rows {
			p.Nodes[i].Section = r.item
		}
		if len(rows) == 0 {
			return nil
		}
		p.Start, p.End = &rows[0].cursor, &rows[len(rows)-1].cursor
		for i := range wanted {
			if err := v.articlesOf(ctx, t, p.Nodes, &wanted[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return p, err
}

// articlesOf adds to each section the list of its newest articles.
func (v *viewer) articlesOf(ctx context.Context, t Taxonomy[content.Section], sections []SectionView, wanted *WantedArticles) error {
	ids := make([]content.ID, len(sections))
	for i := range sections {
		ids[i] = sections[i].ID
	}
	base, err := t.listing(ctx, ids[0], ArticleList{})
	if err != nil {
		return err
	}
	list := listing[*View]{
		items: base.items, columns: wanted.Node.columns(), from: base.from, conditions: base.conditions, args: base.args,
		order: base.order, key: base.key, scan: v.scanView(&wanted.Node),
	}
	window := content.Window{Limit: wanted.Limit}
	found, err := firstOfEach(ctx, v, t, ids, list, wanted.Node.joins(), window)
	if err != nil {
		return err
	}
	var all level // an article may stand in several
	for i, id := range ids {
		rows, info := cut(found[id], window)
		page := ArticlesView{Edges: make([]ArticleView, len(rows)), HasNext: info.HasNextPage}
		for j, r := range rows {
			page.Edges[j] = ArticleView{all.add(r.item), r.cursor}
		}
		sections[i].Articles = append(slices.Clip(sections[i].Articles), page)
	}
	return v.expand(ctx, all.views, &wanted.Node)
}
