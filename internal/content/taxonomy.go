package content

import "strings"

// Author is somebody who writes. Names may repeat, slugs do not.
type Author struct {
	ID   ID
	Slug string
	Name string
}

// Tag is a topic that articles share.
type Tag struct {
	ID   ID
	Slug string
	Name string
}

// Section is a part of the publication. Sections nest: the slug of a child is
// its path, "world/europe".
type Section struct {
	ID       ID
	Slug     string
	Name     string
	ParentID *ID
}

// ParseSection reads a section as writers give it, a name ("World News") or a
// path ("world/europe"), and returns the sections from the top down to the one
// meant, without ids. Empty parts of a path are dropped; a text that names
// nothing returns none.
func ParseSection(s string) []Section {
	var path []Section
	for part := range strings.SplitSeq(s, "/") {
		slug := Slugify(part)
		if slug == "" {
			continue
		}
		if len(path) > 0 {
			slug = path[len(path)-1].Slug + "/" + slug
		}
		path = append(path, Section{Slug: slug, Name: sectionName(part)})
	}
	return path
}

// sectionName turns a bare slug ("world") into a name ("World") and leaves a
// name that somebody wrote as it is.
func sectionName(part string) string {
	part = Clean(part)
	if !ValidSlug(part) {
		return part
	}
	words := strings.Split(part, "-")
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	return strings.Join(words, " ")
}
