package linker_test

import (
	"slices"
	"testing"

	"nutgraph/internal/content"
)

// TestRunningStoriesComeTogether wants, for each part of the sample archive's
// running stories, the other parts before anything else, and no edge to another
// language.
func TestRunningStoriesComeTogether(t *testing.T) {
	t.Parallel()
	a := sampleArchive(t)
	tags := map[content.ID][]string{}
	for _, x := range a.all {
		of, err := a.Tags().Of(t.Context(), []content.ID{x.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range of[x.ID] {
			tags[x.ID] = append(tags[x.ID], tag.Name)
		}
	}
	all := 0
	for _, story := range []string{"Long Arm", "Lantern Hall", "Constance Bray", "Hob Light"} {
		for _, x := range a.all {
			if !slices.Contains(tags[x.ID], story) {
				continue
			}
			parts := 0
			for _, y := range a.all {
				if y.ID != x.ID && y.Language == x.Language && slices.Contains(tags[y.ID], story) {
					parts++
				}
			}
			list := a.list(t, x.ID, nil)
			for _, r := range list {
				if r.Node.Language != x.Language {
					t.Errorf("%s in %s is related to %s in %s", x.Slug, x.Language, r.Node.Slug, r.Node.Language)
				}
			}
			for i := range parts {
				if i >= len(list) || !slices.Contains(tags[list[i].Node.ID], story) {
					t.Errorf("%s has %d other parts of %s, but they do not come first: %v", x.Slug, parts, story, slugs(list))
					break
				}
			}
			all += parts
		}
	}
	const least = 100
	if all < least {
		t.Errorf("the running stories have %d parts in all, want at least %d to be sure of anything", all, least)
	}
}
