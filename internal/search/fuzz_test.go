package search_test

import (
	"html"
	"strings"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// FuzzSearch holds that whatever is typed finds something or nothing, and that
// a highlight is the text it was made from.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "harbour wall", `"storm surge" -ferry wal*`, `-"`, "\x00\"*^:(){}", "北京大学", "l'été*", "a AND (b OR NOT c)", "\xff\xfe", "' OR 1=1 --", "NEAR(a b, 2)", "ﬁ ǅ ß İ"} {
		f.Add(s)
	}
	store := dbtest.Sample(f)
	f.Fuzz(func(t *testing.T, typed string) {
		q := search.Parse(typed)
		page, err := search.Find(t.Context(), store, q, nil, content.Window{Limit: 3})
		if err != nil {
			t.Fatalf("search %q: %v", typed, err)
		}
		if q.Empty() && len(page.Edges) > 0 {
			t.Errorf("%q asks for nothing and finds %d", typed, len(page.Edges))
		}
		marked := q.Highlight(typed, typed, "en")
		plain := html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked.Title))
		if plain != typed {
			t.Errorf("%q, marked, reads %q", typed, plain)
		}
	})
}
