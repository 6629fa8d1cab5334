package content

import (
	"slices"
	"time"
)

// The bounds of a filter.
const (
	MaxWhereDepth  = 6      // nested and, or, not
	MaxWhereFields = 100    // filters in one where, all levels together
	MaxWhereValues = 100    // values of one in or notIn
	MaxWhereText   = 10_000 // bytes of one contains or startsWith
)

// ArticleWhere selects articles. All that is set must hold; an empty one
// selects everything.
type ArticleWhere struct {
	And []*ArticleWhere
	Or  []*ArticleWhere
	Not *ArticleWhere

	ID          *IDFilter
	Slug        *StringFilter
	Title       *StringFilter
	Standfirst  *StringFilter
	URL         *StringFilter
	Source      *StringFilter
	ExternalID  *StringFilter
	Language    *StringFilter
	Section     *SlugFilter // a section counts with all below it
	Author      *SlugFilter // any of the authors
	Tag         *SlugFilter // any of the tags
	WordCount   *IntFilter
	PublishedAt *TimeFilter
	UpdatedAt   *TimeFilter
	CreatedAt   *TimeFilter
}

// IDFilter compares an id.
type IDFilter struct {
	Eq, Ne    *ID
	In, NotIn []ID
}

// StringFilter compares a text. Contains and StartsWith ignore the case of
// ASCII letters, the others do not.
type StringFilter struct {
	Eq, Ne               *string
	In, NotIn            []string
	Lt, Lte, Gt, Gte     *string
	Contains, StartsWith *string
	IsNull               *bool
}

// SlugFilter compares the slugs of the objects an article is linked to. Eq and
// In hold when one of them matches, Ne and NotIn when none does.
type SlugFilter struct {
	Eq, Ne     *string
	In, NotIn  []string
	StartsWith *string
	IsNull     *bool // linked to none
}

// IntFilter compares a number.
type IntFilter struct {
	Eq, Ne           *int
	In, NotIn        []int
	Lt, Lte, Gt, Gte *int
}

// TimeFilter compares a moment.
type TimeFilter struct {
	Eq, Ne           *time.Time
	In, NotIn        []time.Time
	Lt, Lte, Gt, Gte *time.Time
	IsNull           *bool
}

// Validate returns Invalid for a filter that is too deep or too wide.
func (w *ArticleWhere) Validate() error {
	fields := 0
	return w.validate(1, &fields)
}

func (w *ArticleWhere) validate(depth int, fields *int) error {
	if w == nil {
		return nil
	}
	if depth > MaxWhereDepth {
		return FieldErrorf("where", "is nested deeper than %d levels; make it flatter", MaxWhereDepth)
	}
	if *fields += w.fields(); *fields > MaxWhereFields {
		return FieldErrorf("where", "has more than %d filters; ask for less at once", MaxWhereFields)
	}
	if w.widest() > MaxWhereValues {
		return FieldErrorf("where", "has an in or notIn of more than %d values; ask for less at once", MaxWhereValues)
	}
	if w.longest() > MaxWhereText {
		return FieldErrorf("where", "looks for a text of more than %d bytes; shorten it", MaxWhereText)
	}
	for _, nested := range w.nested() {
		if err := nested.validate(depth+1, fields); err != nil {
			return err
		}
	}
	return nil
}

func (w *ArticleWhere) nested() []*ArticleWhere {
	nested := append(append([]*ArticleWhere(nil), w.And...), w.Or...)
	return append(nested, w.Not)
}

// fields counts the filters of one level; the level itself counts as one, so
// that a thousand empty ones are too many.
func (w *ArticleWhere) fields() int {
	n := 1
	for _, set := range []bool{
		w.ID != nil, w.Slug != nil, w.Title != nil, w.Standfirst != nil, w.URL != nil, w.Source != nil,
		w.ExternalID != nil, w.Language != nil, w.Section != nil, w.Author != nil, w.Tag != nil,
		w.WordCount != nil, w.PublishedAt != nil, w.UpdatedAt != nil, w.CreatedAt != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

// widest is the number of values of the longest in or notIn.
func (w *ArticleWhere) widest() int {
	n := 0
	if w.ID != nil {
		n = max(n, len(w.ID.In), len(w.ID.NotIn))
	}
	for _, f := range w.texts() {
		n = max(n, len(f.In), len(f.NotIn))
	}
	for _, f := range w.slugs() {
		n = max(n, len(f.In), len(f.NotIn))
	}
	if w.WordCount != nil {
		n = max(n, len(w.WordCount.In), len(w.WordCount.NotIn))
	}
	for _, f := range []*TimeFilter{w.PublishedAt, w.UpdatedAt, w.CreatedAt} {
		if f != nil {
			n = max(n, len(f.In), len(f.NotIn))
		}
	}
	return n
}

// longest is the number of bytes of the longest text that is looked for in
// others. Databases bound the length of a pattern.
func (w *ArticleWhere) longest() int {
	n := 0
	for _, f := range w.texts() {
		for _, s := range []*string{f.Contains, f.StartsWith} {
			if s != nil {
				n = max(n, len(*s))
			}
		}
	}
	for _, f := range w.slugs() {
		if f.StartsWith != nil {
			n = max(n, len(*f.StartsWith))
		}
	}
	return n
}

// texts are the filters of texts that are set.
func (w *ArticleWhere) texts() []*StringFilter {
	return set(w.Slug, w.Title, w.Standfirst, w.URL, w.Source, w.ExternalID, w.Language)
}

// slugs are the filters of linked objects that are set.
func (w *ArticleWhere) slugs() []*SlugFilter {
	return set(w.Section, w.Author, w.Tag)
}

func set[T any](filters ...*T) []*T {
	return slices.DeleteFunc(filters, func(f *T) bool { return f == nil })
}
