package graph

import (
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/internal/content"
)

// shape writes what a selection asks of an object. It is made once for a
// selection, and then only writes.
type shape[T any] []property[T]

type property[T any] struct {
	name  []byte // "name":
	write func([]byte, *T) []byte
}

func (s shape[T]) append(b []byte, v *T) []byte {
	b = append(b, '{')
	for i := range s {
		if i > 0 {
			b = append(b, ',')
		}
		b = s[i].write(append(b, s[i].name...), v)
	}
	return append(b, '}')
}

// shaper makes shapes. What it does not know, the engine does; then ok is false.
type shaper struct {
	operation *graphql.OperationContext
	unknown   bool
}

// fields are what a selection asks of an object, fragments and conditions
// resolved.
func (p *shaper) fields(of graphql.CollectedField, implements ...string) []graphql.CollectedField {
	return graphql.CollectFields(p.operation, of.Selections, implements)
}

// shaped makes the shape of an object whose fields property knows.
func shaped[T any](p *shaper, of graphql.CollectedField, property func(field graphql.CollectedField) func([]byte, *T) []byte, name string, implements ...string) shape[T] {
	fields := p.fields(of, append(implements, name)...)
	s := make(shape[T], 0, len(fields))
	for _, f := range fields {
		write := property(f)
		if f.Name == "__typename" {
			write = func(b []byte, _ *T) []byte { return appendText(b, name) }
		}
		if write == nil || len(f.Deferrables) > 0 {
			p.unknown = true
			return nil
		}
		s = append(s, propertyOf(f, write))
	}
	return s
}

func propertyOf[T any](f graphql.CollectedField, write func([]byte, *T) []byte) property[T] {
	return property[T]{append(appendText(make([]byte, 0, len(f.Alias)+3), f.Alias), ':'), write}
}

func (p *shaper) author(of graphql.CollectedField) shape[content.Author] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Author) []byte {
		switch f.Name {
		case "id":
			return func(b []byte, a *content.Author) []byte { return appendText(b, string(a.ID)) }
		case "slug":
			return func(b []byte, a *content.Author) []byte { return appendText(b, a.Slug) }
		case "name":
			return func(b []byte, a *content.Author) []byte { return appendText(b, a.Name) }
		}
		return nil
	}, "Author", "Node")
}

func (p *shaper) tag(of graphql.CollectedField) shape[content.Tag] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Tag) []byte {
		switch f.Name {
		case "id":
			return func(b []byte, t *content.Tag) []byte { return appendText(b, string(t.ID)) }
		case "slug":
			return func(b []byte, t *content.Tag) []byte { return appendText(b, t.Slug) }
		case "name":
			return func(b []byte, t *content.Tag) []byte { return appendText(b, t.Name) }
		}
		return nil
	}, "Tag", "Node")
}

func (p *shaper) section(of graphql.CollectedField) shape[content.Section] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Section) []byte {
		return sectionField(f.Name)
	}, "Section", "Node")
}

func sectionField(name string) func([]byte, *content.Section) []byte {
	switch name {
	case "id":
		return func(b []byte, s *content.Section) []byte { return appendText(b, string(s.ID)) }
	case "slug":
		return func(b []byte, s *content.Section) []byte { return appendText(b, s.Slug) }
	case "name":
		return func(b []byte, s *content.Section) []byte { return appendText(b, s.Name) }
	}
	return nil
}

func (p *shaper) image(of graphql.CollectedField) shape[content.Image] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Image) []byte {
		switch f.Name {
		case "url":
			return func(b []byte, i *content.Image) []byte { return appendText(b, i.URL) }
		case "alt":
			return func(b []byte, i *content.Image) []byte { return appendTextOrNull(b, i.Alt) }
		case "credit":
			return func(b []byte, i *content.Image) []byte { return appendTextOrNull(b, i.Credit) }
		}
		return nil
	}, "Image")
}

func (p *shaper) external(of graphql.CollectedField) shape[content.External] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.External) []byte {
		switch f.Name {
		case "source":
			return func(b []byte, e *content.External) []byte { return appendText(b, e.Source) }
		case "id":
			return func(b []byte, e *content.External) []byte { return appendText(b, e.ID) }
		}
		return nil
	}, "ExternalReference")
}

func (p *shaper) reason(of graphql.CollectedField) shape[content.Reason] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Reason) []byte {
		switch f.Name {
		case "kind":
			return func(b []byte, r *content.Reason) []byte { return appendText(b, string(r.Kind)) }
		case "value":
			return func(b []byte, r *content.Reason) []byte { return appendText(b, r.Value) }
		case "weight":
			return func(b []byte, r *content.Reason) []byte { return appendFloat(b, r.Weight) }
		}
		return nil
	}, "Reason")
}

func (p *shaper) sentence(of graphql.CollectedField) shape[content.SummarySentence] {
	return shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.SummarySentence) []byte {
		switch f.Name {
		case "text":
			return func(b []byte, s *content.SummarySentence) []byte { return appendText(b, s.Text) }
		case "start":
			return func(b []byte, s *content.SummarySentence) []byte { return appendInt(b, s.Start) }
		case "end":
			return func(b []byte, s *content.SummarySentence) []byte { return appendInt(b, s.End) }
		case "score":
			return func(b []byte, s *content.SummarySentence) []byte { return appendFloat(b, s.Score) }
		case "isTrimmed":
			return func(b []byte, s *content.SummarySentence) []byte { return strconv.AppendBool(b, s.IsTrimmed) }
		}
		return nil
	}, "SummarySentence")
}

// summary also tells whether more than the text is asked for.
func (p *shaper) summary(of graphql.CollectedField) (s shape[content.Summary], sentences bool) {
	s = shaped(p, of, func(f graphql.CollectedField) func([]byte, *content.Summary) []byte {
		switch f.Name {
		case "text":
			return func(b []byte, s *content.Summary) []byte { return appendText(b, s.Text) }
		case "length":
			return func(b []byte, s *content.Summary) []byte { return appendText(b, string(s.Length)) }
		case "__typename":
			return nil
		}
		sentences = true
		switch f.Name {
		case "origin":
			return func(b []byte, s *content.Summary) []byte { return appendText(b, string(s.Origin)) }
		case "isStale":
			return func(b []byte, s *content.Summary) []byte { return strconv.AppendBool(b, s.IsStale) }
		case "sentences":
			sentence := p.sentence(f)
			return func(b []byte, s *content.Summary) []byte { return appendList(b, s.Sentences, sentence.append) }
		}
		return nil
	}, "Summary")
	return s, sentences
}
