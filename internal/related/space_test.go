package related_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/related"
)

// Articles of a subject that share no word with each other, but with others,
// are close in the latent space, and those of two subjects are not.
func TestSemanticsSeeThroughWords(t *testing.T) {
	t.Parallel()
	profiles := analyse(randomDocuments(400, 11))
	x := related.NewIndex(profiles)
	var near, far, nears, fars float64
	for i := range 100 {
		for _, f := range related.FeaturesOf(x, profiles[i], profiles[i+1:i+50]) {
			if f[0] > 0.3 {
				near, nears = near+f[related.Semantic], nears+1
			} else if f[0] < 0.05 {
				far, fars = far+f[related.Semantic], fars+1
			}
		}
	}
	if nears == 0 || fars == 0 || near/nears < far/fars+0.3 {
		t.Errorf("mean semantic cosine %.2f of similar articles (%v), %.2f of others (%v), want them 0.3 apart", near/nears, nears, far/fars, fars)
	}
}

func TestPlacedProfilesRankAsOthersDo(t *testing.T) {
	t.Parallel()
	documents := randomDocuments(300, 12)
	profiles, fresh := analyse(documents), analyse(documents)
	x := related.NewIndex(profiles)
	for i, p := range profiles[:20] {
		got := related.Rank(fresh[i], fresh, x.Model, 10)
		if diff := cmp.Diff(related.Rank(p, profiles, x, 10), got); diff != "" {
			t.Fatalf("article %d ranks otherwise without its place (-placed +fresh):\n%s", p.Key, diff)
		}
	}
}

func TestLearnIgnoresTheOrderOfArticles(t *testing.T) {
	t.Parallel()
	profiles := analyse(randomDocuments(300, 13))
	backwards := make([]*related.Profile, len(profiles))
	for i, p := range profiles {
		backwards[len(profiles)-1-i] = p
	}
	m, n := related.Learn(profiles), related.Learn(backwards)
	for _, p := range profiles[:20] {
		got, want := related.Rank(p, profiles, n, 5), related.Rank(p, profiles, m, 5)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("article %d ranks otherwise under the model learned backwards:\n%s", p.Key, diff)
		}
	}
}

func TestScoresAreFiniteWithoutAnything(t *testing.T) {
	t.Parallel()
	profiles := analyse([]related.Document{{Key: 1, Title: "One word"}, {Key: 2, Title: "One word more"}, {Key: 3}})
	for _, s := range []related.Statistics{related.NewCounts(), related.Learn(profiles)} {
		for _, e := range related.Rank(profiles[0], profiles, s, 5) {
			if math.IsNaN(e.Score) || e.Score < 0 || e.Score > 1 {
				t.Errorf("score of %d is %v", e.Key, e.Score)
			}
		}
	}
}
