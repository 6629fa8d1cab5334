package content_test

import (
	"slices"
	"strings"
	"testing"

	"nutgraph/internal/content"
)

func TestNewIDsSortInTheOrderOfTheirMaking(t *testing.T) {
	t.Parallel()
	ids := make([]content.ID, 2000)
	for i := range ids {
		ids[i] = content.NewID(content.ArticlePrefix)
	}
	if !slices.IsSorted(ids) {
		t.Error("ids made one after the other are not in order")
	}
	if unique := slices.Compact(slices.Clone(ids)); len(unique) != len(ids) {
		t.Errorf("%d of %d ids are unique", len(unique), len(ids))
	}
	if !strings.HasPrefix(string(ids[0]), "art_") || ids[0].Prefix() != content.ArticlePrefix {
		t.Errorf("NewID(%q) = %q with the prefix %q", content.ArticlePrefix, ids[0], ids[0].Prefix())
	}
}

func TestIDPrefix(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id   content.ID
		want string
	}{
		{"art_0197", content.ArticlePrefix},
		{"aut_0197", content.AuthorPrefix},
		{"tag_", content.TagPrefix},
		{"sec_a_b", content.SectionPrefix},
		{"0197", ""},
		{"", ""},
	} {
		if got := tt.id.Prefix(); got != tt.want {
			t.Errorf("ID(%q).Prefix() = %q, want %q", tt.id, got, tt.want)
		}
	}
}
