package content

import (
	"regexp"
	"strings"

	"github.com/gosimple/slug"
)

// MaxSlug is the longest slug, in bytes.
const MaxSlug = 120

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Slugify returns the slug of a title or a name: lower-case ASCII letters and
// digits in groups joined by single hyphens, other scripts transliterated,
// never longer than MaxSlug and cut between words. It is "" when nothing in
// the text can be written that way.
func Slugify(s string) string {
	made := slug.Make(s)
	made = strings.Join(strings.FieldsFunc(made, func(r rune) bool { return r == '-' || r == '_' }), "-")
	if len(made) <= MaxSlug {
		return made
	}
	cut := made[:MaxSlug]
	if i := strings.LastIndexByte(cut, '-'); i > 0 {
		cut = cut[:i]
	}
	return cut
}

// ValidSlug tells whether s has the form of a slug.
func ValidSlug(s string) bool {
	return len(s) <= MaxSlug && slugForm.MatchString(s)
}
