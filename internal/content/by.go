package content

// ArticleBy names one article in exactly one of the ways a client knows it.
type ArticleBy struct {
	ID       *ID
	Slug     *string
	URL      *string
	External *External
}

// Validate returns Invalid unless exactly one name is given.
func (b ArticleBy) Validate() error {
	return exactlyOne("by", "id, slug, url or external", b.ID != nil, b.Slug != nil, b.URL != nil, b.External != nil)
}

// SlugOrID names one author, tag or section in exactly one way.
type SlugOrID struct {
	ID   *ID
	Slug *string
}

// Validate returns Invalid unless exactly one name is given.
func (b SlugOrID) Validate() error {
	return exactlyOne("by", "id or slug", b.ID != nil, b.Slug != nil)
}

func exactlyOne(field, names string, given ...bool) error {
	n := 0
	for _, is := range given {
		if is {
			n++
		}
	}
	if n != 1 {
		return FieldErrorf(field, "names %d of %s; give exactly one of them", n, names)
	}
	return nil
}
