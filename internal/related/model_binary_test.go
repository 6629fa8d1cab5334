package related_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/related"
)

// TestModelRoundTrip holds that edges drawn under a model that was stored are
// those drawn under the model itself.
func TestModelRoundTrip(t *testing.T) {
	t.Parallel()
	profiles := analyse(randomDocuments(400, 7))
	model := related.Learn(profiles)
	data, err := model.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back related.Model
	if err := back.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	edges := func(m *related.Model) (all [][]related.Edge) {
		x := m.Index(profiles)
		for _, p := range profiles {
			all = append(all, related.Rank(p, x.Candidates(p, related.Pool), x, 10))
		}
		return all
	}
	if diff := cmp.Diff(edges(model), edges(&back)); diff != "" {
		t.Errorf("edges differ under the stored model (-model +stored):\n%s", diff)
	}
}

func FuzzModelUnmarshalBinary(f *testing.F) {
	data, _ := related.Learn(analyse(randomDocuments(3, 7))).MarshalBinary()
	f.Add(data)
	f.Add([]byte{1})
	f.Add([]byte{})
	p := analyse(harbour())
	f.Fuzz(func(t *testing.T, data []byte) {
		var m related.Model
		if m.UnmarshalBinary(data) != nil {
			return
		}
		x := m.Index(p)
		related.Rank(p[0], x.Candidates(p[0], related.Pool), x, 10)
	})
}
