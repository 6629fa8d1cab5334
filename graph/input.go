package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// changes reads what to set of an article.
func changes(in model.ArticleInput) content.Changes {
	c := content.Changes{
		Title: given(in.Title), Standfirst: given(in.Standfirst), Body: given(in.Body), BodyFormat: given(in.BodyFormat),
		Slug: given(in.Slug), URL: given(in.URL), Language: given(in.Language), Section: given(in.Section),
		Authors: givenList(in.Authors), Tags: givenList(in.Tags),
	}
	if image, set := in.Image.ValueOK(); set {
		c.Image = imageOf(image)
	}
	return c
}

// newArticle reads what a new article is to have.
func newArticle(in model.CreateArticleInput) content.Changes {
	return changes(model.ArticleInput{
		Title: graphql.OmittableOf(&in.Title), Standfirst: in.Standfirst, Body: in.Body, BodyFormat: in.BodyFormat, Slug: in.Slug,
		URL: in.URL, Language: in.Language, Section: in.Section, Authors: in.Authors, Tags: in.Tags, Image: in.Image,
	})
}

// given is nil for what was left out, and empty for null.
func given[T any](o graphql.Omittable[*T]) *T {
	value, set := o.ValueOK()
	if set && value == nil {
		return new(T)
	}
	return value
}

func givenList(o graphql.Omittable[[]string]) *[]string {
	value, set := o.ValueOK()
	if !set {
		return nil
	}
	return &value
}

func imageOf(in *model.ImageInput) *content.Image {
	if in == nil {
		return &content.Image{}
	}
	return &content.Image{URL: in.URL, Alt: orEmpty(in.Alt.Value()), Credit: orEmpty(in.Credit.Value())}
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
