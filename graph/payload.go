package graph

import (
	"slices"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// mendable turns what is wrong with the input of a mutation into userErrors,
// whose fields lie below a path. What the caller cannot mend stays an error.
func mendable(err error, path ...string) ([]model.UserError, error) {
	found := []model.UserError{}
	for _, e := range mistakes(err) {
		mistake, ok := e.(*content.Error) //nolint:errorlint // mistakes has unwrapped it
		if !ok || mistake.Code == content.Forbidden || mistake.Code == content.Unauthenticated {
			return nil, err
		}
		u := model.UserError{Field: fieldPath(mistake.Field, path), Message: mistake.Message, Code: mistake.Code}
		if mistake.Revision != 0 {
			u.CurrentRevision = &mistake.Revision
		}
		found = append(found, u)
	}
	return found, nil
}

// mistakes takes apart what was joined.
func mistakes(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, mistakes(e)...)
	}
	return all
}

// inputNames are the fields of drafts that inputs have in another place.
var inputNames = map[string][]string{
	"image":       {"image", "url"},
	"imageAlt":    {"image", "alt"},
	"imageCredit": {"image", "credit"},
	"source":      {"external", "source"},
	"externalId":  {"external", "id"},
}

// outside are the fields of an input that stand beside what it sets.
var outside = []string{"id", "expectedRevision", "external"}

// fieldPath is the way to a field from the top of the input.
func fieldPath(field string, path []string) []string {
	if field == "" {
		return []string{}
	}
	names := []string{field}
	if placed := inputNames[field]; placed != nil {
		names = placed
	}
	if slices.Contains(outside, names[0]) {
		return names
	}
	return append(slices.Clone(path), names...)
}

// articlePayload answers a change of an article.
func articlePayload(a content.Article, err error, path ...string) (*model.ArticlePayload, error) {
	userErrors, failure := mendable(err, path...)
	if failure != nil {
		return nil, failure
	}
	p := &model.ArticlePayload{UserErrors: userErrors}
	if err == nil {
		p.Article = single(a)
	}
	return p, nil
}

// deletedPayload answers the removal of something.
func deletedPayload(id content.ID, err error) (*model.DeletedPayload, error) {
	userErrors, failure := mendable(err)
	if err != nil {
		return &model.DeletedPayload{UserErrors: userErrors}, failure
	}
	return &model.DeletedPayload{ID: &id, UserErrors: userErrors}, nil
}

// entry is what an input says of an author, a tag or a section.
func entry(name, slug *string) content.Entry {
	return content.Entry{Name: orEmpty(name), Slug: orEmpty(slug)}
}
