package graph

import (
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

func groupedTags(tags []content.Tag) []*model.Tag {
	group := &model.Group{}
	nodes := make([]*model.Tag, len(tags))
	for i, t := range tags {
		group.IDs = append(group.IDs, t.ID)
		nodes[i] = &model.Tag{Tag: t, Group: group}
	}
	return nodes
}

// tagsOf reads the tags of articles as one group.
func (r *Resolver) tagsOf(ctx context.Context, articles []content.ID) (map[content.ID][]model.Tag, error) {
	found, err := r.store.Tags().Of(ctx, articles)
	group := &model.Group{IDs: distinct(found, func(t content.Tag) content.ID { return t.ID })}
	return each(found, func(t content.Tag) model.Tag { return model.Tag{Tag: t, Group: group} }), err
}

type tagResolver struct{ *Resolver }

// Tag implements generated.ResolverRoot.
func (r *Resolver) Tag() generated.TagResolver { return tagResolver{r} }

// Articles are what carries the tag.
func (r tagResolver) Articles(ctx context.Context, t *model.Tag, first *int, after *string, last *int, before *string, where *content.ArticleWhere, orderBy []content.ArticleOrder) (*model.ArticleConnection, error) {
	w, err := window(first, after, last, before)
	if err != nil {
		return nil, err
	}
	return articlesOf(ctx, r.store.Tags(), t.Group, t.ID, db.ArticleList{Where: where, Order: orderBy}, w)
}

// CreateTag makes a tag.
func (r mutationResolver) CreateTag(ctx context.Context, input model.CreateTagInput) (*model.TagPayload, error) {
	made, err := r.desk.Tags().Create(ctx, entry(&input.Name, input.Slug.Value()))
	return tagPayload(made, err)
}

// UpdateTag gives a tag another name or slug.
func (r mutationResolver) UpdateTag(ctx context.Context, input model.UpdateTagInput) (*model.TagPayload, error) {
	changed, err := r.desk.Tags().Update(ctx, input.ID, entry(input.Name.Value(), input.Slug.Value()))
	return tagPayload(changed, err)
}

// MergeTags makes one tag of several.
func (r mutationResolver) MergeTags(ctx context.Context, input model.MergeTagsInput) (*model.TagPayload, error) {
	merged, err := r.desk.Tags().Merge(ctx, input.From, input.Into)
	return tagPayload(merged, err)
}

// DeleteTag removes a tag.
func (r mutationResolver) DeleteTag(ctx context.Context, input model.DeleteTagInput) (*model.DeletedPayload, error) {
	return deletedPayload(input.ID, r.desk.Tags().Delete(ctx, input.ID))
}

func tagPayload(tag content.Tag, err error) (*model.TagPayload, error) {
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.TagPayload{UserErrors: userErrors}, failure
	}
	return &model.TagPayload{Tag: groupedTags([]content.Tag{tag})[0], UserErrors: userErrors}, nil
}
