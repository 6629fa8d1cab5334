package db

import (
	"strings"

	"nutgraph/internal/content"
)

// where returns the conditions under which article a is selected by w. The
// names of columns come from here alone, never from the caller.
func (s *statement) where(w *content.ArticleWhere) []string {
	if w == nil {
		return nil
	}
	c := s.idFilter("a.id", w.ID)
	if w.Slug != nil && w.Slug.StartsWith != nil {
		c = append(c, s.slugStarts("a.slug", *w.Slug.StartsWith))
	}
	for _, f := range []struct {
		column string
		filter *content.StringFilter
	}{
		{"a.slug", w.Slug},
		{"a.title", w.Title},
		{"NULLIF(a.standfirst, '')", w.Standfirst},
		{"a.url", w.URL},
		{"a.source", w.Source},
		{"a.external_id", w.ExternalID},
		{"a.language", w.Language},
	} {
		c = append(c, s.stringFilter(f.column, f.filter)...)
	}
	c = append(c, s.slugFilter("section", w.Section)...)
	c = append(c, s.slugFilter("author", w.Author)...)
	c = append(c, s.slugFilter("tag", w.Tag)...)
	c = append(c, s.intFilter("a.word_count", w.WordCount)...)
	c = append(c, s.timeFilter("a.published_at", w.PublishedAt)...)
	c = append(c, s.timeFilter("a.updated_at", w.UpdatedAt)...)
	c = append(c, s.timeFilter("a.created_at", w.CreatedAt)...)
	return append(c, s.logic(w)...)
}

func (s *statement) logic(w *content.ArticleWhere) []string {
	var c []string
	for _, nested := range w.And {
		c = append(c, s.where(nested)...)
	}
	if w.Or != nil {
		c = append(c, s.any(w.Or))
	}
	if nested := s.where(w.Not); w.Not != nil {
		c = append(c, "("+all(nested)+") IS NOT TRUE")
	}
	return c
}

// any holds when one of several selections does; of none, never.
func (s *statement) any(choices []*content.ArticleWhere) string {
	alternatives := make([]string, len(choices))
	for i, choice := range choices {
		alternatives[i] = "(" + all(s.where(choice)) + ")"
	}
	if len(alternatives) == 0 {
		return "FALSE"
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

// all holds when every condition does; of none, always.
func all(conditions []string) string {
	if len(conditions) == 0 {
		return "TRUE"
	}
	return and(conditions)
}

// comparisons are the operators that every kind of value shares.
type comparisons[T any] struct {
	eq, ne           *T
	in, notIn        []T
	lt, lte, gt, gte *T
	isNull           *bool
}

func compare[T any](s *statement, column string, f comparisons[T]) []string {
	var c []string
	for _, op := range []struct {
		sign  string
		value *T
	}{
		{" = ", f.eq},
		{" IS DISTINCT FROM ", f.ne},
		{" < ", f.lt},
		{" <= ", f.lte},
		{" > ", f.gt},
		{" >= ", f.gte},
	} {
		if op.value != nil {
			c = append(c, column+op.sign+s.arg(*op.value))
		}
	}
	if f.in != nil {
		c = append(c, column+" IN "+list(s, f.in))
	}
	if f.notIn != nil {
		c = append(c, "("+column+" IN "+list(s, f.notIn)+") IS NOT TRUE")
	}
	if f.isNull != nil {
		c = append(c, nullness(column, *f.isNull))
	}
	return c
}

func nullness(column string, isNull bool) string {
	if isNull {
		return column + " IS NULL"
	}
	return column + " IS NOT NULL"
}

func (s *statement) idFilter(column string, f *content.IDFilter) []string {
	if f == nil {
		return nil
	}
	return compare(s, column, comparisons[content.ID]{eq: f.Eq, ne: f.Ne, in: f.In, notIn: f.NotIn})
}

func (s *statement) stringFilter(column string, f *content.StringFilter) []string {
	if f == nil {
		return nil
	}
	c := compare(s, column, comparisons[string]{
		eq: f.Eq, ne: f.Ne, in: f.In, notIn: f.NotIn, lt: f.Lt, lte: f.Lte, gt: f.Gt, gte: f.Gte, isNull: f.IsNull,
	})
	if f.Contains != nil {
		c = append(c, s.like(column, "%"+escapeLike(*f.Contains)+"%"))
	}
	if f.StartsWith != nil {
		c = append(c, s.like(column, escapeLike(*f.StartsWith)+"%"))
	}
	return c
}

// slugStarts bounds a slug that starts with a text, for an index: LIKE reads them all,
// as it ignores case. Slugs have small letters, digits, "-" and "/" alone, all of which
// are before "{".
func (s *statement) slugStarts(column, text string) string {
	from := s.arg(strings.ToLower(text))
	return column + " >= " + from + " AND " + column + " < " + from + " || '{'"
}

func (s *statement) like(column, pattern string) string {
	return column + " LIKE " + s.arg(pattern) + ` ESCAPE '\'`
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

func (s *statement) intFilter(column string, f *content.IntFilter) []string {
	if f == nil {
		return nil
	}
	return compare(s, column, comparisons[int]{
		eq: f.Eq, ne: f.Ne, in: f.In, notIn: f.NotIn, lt: f.Lt, lte: f.Lte, gt: f.Gt, gte: f.Gte,
	})
}

func (s *statement) timeFilter(column string, f *content.TimeFilter) []string {
	if f == nil {
		return nil
	}
	stored := comparisons[int64]{
		eq: millis(f.Eq), ne: millis(f.Ne), lt: millis(f.Lt), lte: millis(f.Lte), gt: millis(f.Gt), gte: millis(f.Gte), isNull: f.IsNull,
	}
	if f.In != nil {
		stored.in = []int64{}
	}
	for i := range f.In {
		stored.in = append(stored.in, f.In[i].UnixMilli())
	}
	if f.NotIn != nil {
		stored.notIn = []int64{}
	}
	for i := range f.NotIn {
		stored.notIn = append(stored.notIn, f.NotIn[i].UnixMilli())
	}
	return compare(s, column, stored)
}

// slugFilter selects through the links to a section, an author or a tag.
func (s *statement) slugFilter(noun string, f *content.SlugFilter) []string {
	if f == nil {
		return nil
	}
	linked := func(condition string) string {
		if s.known {
			// CROSS JOIN keeps SQLite from going through all that is filed under the same.
			return "EXISTS (SELECT 1 FROM article_" + noun + " l CROSS JOIN " + noun + " n ON n.key = l." + noun + "_key WHERE l.article_key = a.key AND " + condition + ")"
		}
		return "a.key IN (SELECT l.article_key FROM article_" + noun + " l JOIN " + noun + " n ON n.key = l." + noun + "_key WHERE " + condition + ")"
	}
	var c []string
	if f.Eq != nil {
		c = append(c, linked("n.slug = "+s.arg(*f.Eq)))
	}
	if f.In != nil {
		c = append(c, linked("n.slug IN "+list(s, f.In)))
	}
	if f.Ne != nil {
		c = append(c, "NOT "+linked("n.slug = "+s.arg(*f.Ne)))
	}
	if f.NotIn != nil {
		c = append(c, "NOT "+linked("n.slug IN "+list(s, f.NotIn)))
	}
	if f.StartsWith != nil {
		c = append(c, linked(s.slugStarts("n.slug", *f.StartsWith)+" AND "+s.like("n.slug", escapeLike(*f.StartsWith)+"%")))
	}
	if f.IsNull != nil {
		exists := "EXISTS (SELECT 1 FROM article_" + noun + " l WHERE l.article_key = a.key)"
		if *f.IsNull {
			exists = "NOT " + exists
		}
		c = append(c, exists)
	}
	return c
}
