package content

import (
	"slices"
	"time"
)

// Bounds are times of publication outside of which a filter selects nothing.
// Both are inclusive; nil is no bound.
type Bounds struct {
	Since, Until *time.Time
}

// Bounds finds the bounds that follow from w and from what it joins by and.
// Those inside of or and not are not looked for, so the filter may select less.
func (w *ArticleWhere) Bounds() Bounds {
	var b Bounds
	if w == nil {
		return b
	}
	if f := w.PublishedAt; f != nil {
		b = b.within(Bounds{f.Eq, f.Eq}).within(Bounds{f.Gt, f.Lt}).within(Bounds{f.Gte, f.Lte})
	}
	for _, nested := range w.And {
		b = b.within(nested.Bounds())
	}
	return b
}

// within returns the narrower bounds on both sides.
func (b Bounds) within(o Bounds) Bounds {
	if b.Since == nil || o.Since != nil && o.Since.After(*b.Since) {
		b.Since = o.Since
	}
	if b.Until == nil || o.Until != nil && o.Until.Before(*b.Until) {
		b.Until = o.Until
	}
	return b
}

// Languages lists the languages that w, or what it joins by and, names as the
// only ones to select; nil when it does not ask for any.
func (w *ArticleWhere) Languages() []string {
	if w == nil {
		return nil
	}
	if f := w.Language; f != nil && f.Eq != nil {
		return []string{*f.Eq}
	} else if f != nil && len(f.In) > 0 {
		return slices.Clone(f.In)
	}
	for _, nested := range w.And {
		if languages := nested.Languages(); languages != nil {
			return languages
		}
	}
	return nil
}
