package related_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/related"
)

// stored is what a model is after it was stored and read.
func stored(t *testing.T, m *related.Model) *related.Model {
	t.Helper()
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back related.Model
	if err := back.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	return &back
}

// TestPlacesComeBack ranks articles by places that were stored, of this model
// and of another one, as by those that are worked out anew.
func TestPlacesComeBack(t *testing.T) {
	t.Parallel()
	documents := append(randomDocuments(300, 14), harbour()[4])
	m, other := stored(t, related.Learn(analyse(documents))), stored(t, related.Learn(analyse(documents[:250])))
	placed, misplaced := analyse(documents), analyse(documents)
	for i := range placed {
		m.PlaceAt(placed[i], m.MarshalPlace(placed[i]))
		m.PlaceAt(misplaced[i], other.MarshalPlace(misplaced[i]))
		m.PlaceAt(misplaced[i], nil)
		if !related.IsPlaced(placed[i], m) {
			t.Fatalf("the place of article %d did not come back", i)
		}
		if related.IsPlaced(misplaced[i], m) {
			t.Fatalf("article %d was placed by another model", i)
		}
	}
	for i, p := range analyse(documents)[:20] {
		want := related.Rank(p, analyse(documents), m, 10)
		if diff := cmp.Diff(want, related.Rank(placed[i], placed, m, 10)); diff != "" {
			t.Fatalf("article %d ranks otherwise by stored places (-want +got):\n%s", p.Key, diff)
		}
		if diff := cmp.Diff(want, related.Rank(misplaced[i], misplaced, m, 10)); diff != "" {
			t.Fatalf("article %d ranks otherwise by places of another model (-want +got):\n%s", p.Key, diff)
		}
	}
}
