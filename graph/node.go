package graph

import (
	"context"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// Node finds one object by its id.
func (r queryResolver) Node(ctx context.Context, id content.ID) (model.Node, error) {
	nodes, err := r.Nodes(ctx, []content.ID{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

// Nodes finds objects by their ids: one statement for each kind of object.
func (r queryResolver) Nodes(ctx context.Context, ids []content.ID) ([]model.Node, error) {
	if len(ids) > content.MaxPage {
		return nil, content.FieldErrorf("ids", "has %d ids; ask for at most %d at once", len(ids), content.MaxPage)
	}
	byPrefix := map[string][]content.ID{}
	for _, id := range ids {
		byPrefix[id.Prefix()] = append(byPrefix[id.Prefix()], id)
	}
	found := map[content.ID]model.Node{}
	for prefix, ids := range byPrefix {
		if err := r.find(ctx, prefix, ids, found); err != nil {
			return nil, err
		}
	}
	nodes := make([]model.Node, len(ids))
	for i, id := range ids {
		nodes[i] = found[id]
	}
	return nodes, nil
}

// find adds the objects of one kind. An id of an unknown kind has none.
func (r queryResolver) find(ctx context.Context, prefix string, ids []content.ID, found map[content.ID]model.Node) error {
	switch prefix {
	case content.ArticlePrefix:
		articles, err := r.store.ArticlesByID(ctx, ids)
		for _, a := range grouped(articles) {
			found[a.ID] = a
		}
		return err
	case content.AuthorPrefix:
		authors, err := r.store.Authors().ByIDs(ctx, ids)
		for _, a := range groupedAuthors(authors) {
			found[a.ID] = a
		}
		return err
	case content.TagPrefix:
		tags, err := r.store.Tags().ByIDs(ctx, ids)
		for _, t := range groupedTags(tags) {
			found[t.ID] = t
		}
		return err
	case content.SectionPrefix:
		sections, err := r.store.Sections().ByIDs(ctx, ids)
		for _, s := range groupedSections(sections) {
			found[s.ID] = s
		}
		return err
	}
	return nil
}
