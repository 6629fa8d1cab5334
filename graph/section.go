package graph

import (
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

func groupedSections(sections []content.Section) []*model.Section {
	group := &model.Group{}
	nodes := make([]*model.Section, len(sections))
	for i, s := range sections {
		group.IDs = append(group.IDs, s.ID)
		nodes[i] = &model.Section{Section: s, Group: group}
	}
	return nodes
}

// sectionsOf reads the path of sections of articles as one group.
func (r *Resolver) sectionsOf(ctx context.Context, articles []content.ID) (map[content.ID][]model.Section, error) {
	found, err := r.store.Sections().Of(ctx, articles)
	return sectionLists(found), err
}

func sectionLists(found map[content.ID][]content.Section) map[content.ID][]model.Section {
	group := &model.Group{IDs: distinct(found, func(s content.Section) content.ID { return s.ID })}
	return each(found, func(s content.Section) model.Section { return model.Section{Section: s, Group: group} })
}

type sectionResolver struct{ *Resolver }

// Section implements generated.ResolverRoot.
func (r *Resolver) Section() generated.SectionResolver { return sectionResolver{r} }

// Parent is the section above.
func (r sectionResolver) Parent(ctx context.Context, s *model.Section) (*model.Section, error) {
	parent, _, err := of(ctx, s.Group, s.ID, func(ctx context.Context, ids []content.ID) (map[content.ID]*model.Section, error) {
		parents, err := r.store.Parents(ctx, ids)
		group := &model.Group{IDs: distinct(parents, func(s content.Section) content.ID { return s.ID })}
		result := map[content.ID]*model.Section{}
		for id, p := range parents {
			result[id] = &model.Section{Section: p[0], Group: group}
		}
		return result, err
	})
	return parent, err
}

// Children are the sections just below.
func (r sectionResolver) Children(ctx context.Context, s *model.Section) ([]model.Section, error) {
	children, _, err := of(ctx, s.Group, s.ID, func(ctx context.Context, ids []content.ID) (map[content.ID][]model.Section, error) {
		found, err := r.store.Children(ctx, ids)
		return sectionLists(found), err
	})
	return children, err
}

// Articles are what stands in the section and below it.
func (r sectionResolver) Articles(ctx context.Context, s *model.Section, first *int, after *string, last *int, before *string, where *content.ArticleWhere, orderBy []content.ArticleOrder) (*model.ArticleConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	return articlesOf(ctx, r.store.Sections(), s.Group, s.ID, db.ArticleList{Where: where, Order: orderBy}, w)
}

// CreateSection makes a section.
func (r mutationResolver) CreateSection(ctx context.Context, input model.CreateSectionInput) (*model.SectionPayload, error) {
	made, err := r.desk.Sections().Create(ctx, content.Entry{Name: input.Name, Slug: orEmpty(input.Slug.Value()), Parent: input.Parent.Value()})
	return sectionPayload(made, err)
}

// UpdateSection gives a section another name or slug.
func (r mutationResolver) UpdateSection(ctx context.Context, input model.UpdateSectionInput) (*model.SectionPayload, error) {
	changed, err := r.desk.Sections().Update(ctx, input.ID, entry(input.Name.Value(), input.Slug.Value()))
	return sectionPayload(changed, err)
}

// MergeSections makes one section of several.
func (r mutationResolver) MergeSections(ctx context.Context, input model.MergeSectionsInput) (*model.SectionPayload, error) {
	merged, err := r.desk.Sections().Merge(ctx, input.From, input.Into)
	return sectionPayload(merged, err)
}

// DeleteSection removes a section.
func (r mutationResolver) DeleteSection(ctx context.Context, input model.DeleteSectionInput) (*model.DeletedPayload, error) {
	return deletedPayload(input.ID, r.desk.Sections().Delete(ctx, input.ID))
}

func sectionPayload(section content.Section, err error) (*model.SectionPayload, error) {
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.SectionPayload{UserErrors: userErrors}, failure
	}
	return &model.SectionPayload{Section: groupedSections([]content.Section{section})[0], UserErrors: userErrors}, nil
}
