package related_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/related"
)

func TestModelRoundTrip(t *testing.T) {
	t.Parallel()
	documents := append(randomDocuments(300, 14), harbour()[4])
	profiles := analyse(documents)
	m := related.Learn(profiles)
	back := stored(t, m)
	for _, p := range profiles[:20] {
		got, want := related.Rank(p, profiles, back, 10), related.Rank(p, profiles, m, 10)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("article %d ranks otherwise after a round trip of the model (-before +after):\n%s", p.Key, diff)
		}
		if diff := cmp.Diff(p.Keys(m), p.Keys(back)); diff != "" {
			t.Fatalf("article %d has other keys after a round trip of the model:\n%s", p.Key, diff)
		}
	}
	data, _ := m.MarshalBinary()
	if again, _ := back.MarshalBinary(); !cmp.Equal(data, again) {
		t.Error("the binary form of a model changes with a round trip")
	}
}

func FuzzUnmarshalModel(f *testing.F) {
	data, _ := related.Learn(analyse(harbour())).MarshalBinary()
	f.Add(data)
	f.Add([]byte{1, 0, 0})
	probe := analyse(harbour())
	f.Fuzz(func(t *testing.T, data []byte) {
		var m related.Model
		if m.UnmarshalBinary(data) != nil {
			return
		}
		for _, p := range probe {
			for _, e := range related.Rank(p, probe, &m, 5) {
				if !(e.Score >= 0 && e.Score <= 1) {
					t.Fatalf("score %v under a model that was read", e.Score)
				}
			}
		}
	})
}
