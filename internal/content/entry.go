package content

import "errors"

// Entry is an author, a tag or a section as somebody wants it.
type Entry struct {
	Name   string
	Slug   string // of a section the last part of the path
	Parent *ID    // the section it stands below
}

// Validate returns nil, or every mistake at once. A new one needs a name, and
// gets its slug from it when it has none. For a change, what is empty stays.
func (e *Entry) Validate(isNew bool) error {
	var m mistakes
	e.Name = Clean(e.Name)
	if isNew && Blank(e.Name) {
		m.add("name", "is blank; write the name that readers see")
	}
	m.characters("name", e.Name, MaxTypedName)
	if isNew && e.Slug == "" {
		e.Slug = Slugify(e.Name)
	}
	if (isNew || e.Slug != "") && !ValidSlug(e.Slug) {
		m.add("slug", "%q is not a slug; use lower-case letters, digits and single hyphens, at most %d of them", e.Slug, MaxSlug)
	}
	return errors.Join(m...)
}

// MaxMerged is how many entries can be merged into one at once.
const MaxMerged = 100
