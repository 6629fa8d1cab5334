package linker_test

import (
	"slices"
	"testing"

	"nutgraph/internal/content"
)

// TestRunningStoriesComeTogether wants, for each part of the sample archive's
// running stories, another part at first or second place and nearly all of
// them before anything else, and no edge to another language.
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
	found, all := 0, 0
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
			first, early := 0, false
			for i, r := range a.list(t, x.ID, nil) {
				if r.Node.Language != x.Language {
					t.Errorf("%s in %s is related to %s in %s", x.Slug, x.Language, r.Node.Slug, r.Node.Language)
				}
				part := slices.Contains(tags[r.Node.ID], story)
				early = early || i < 2 && part
				if i < parts && part {
					first++
				}
			}
			if parts > 0 && !early {
				t.Errorf("%s is related to no part of %s at first or second place", x.Slug, story)
			}
			found, all = found+first, all+parts
			t.Logf("%s: %d of %d parts lead the list of %s", story, first, parts, x.Slug)
		}
	}
	const share = 0.95 // 120 of 126 when this was written
	if float64(found) < share*float64(all) {
		t.Errorf("%d of %d parts stand before anything else, want %.0f in a hundred", found, all, 100*share)
	}
}
