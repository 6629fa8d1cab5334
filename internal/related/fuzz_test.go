package related_test

import (
	"bytes"
	"testing"

	"nutgraph/internal/related"
)

func FuzzUnmarshalBinary(f *testing.F) {
	for _, p := range analyse(append(randomDocuments(2, 9), harbour()...)) {
		data, _ := p.MarshalBinary()
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p related.Profile
		if p.UnmarshalBinary(data) != nil {
			return
		}
		for range p.Terms() {
		}
		again, _ := p.MarshalBinary()
		var q related.Profile
		if err := q.UnmarshalBinary(again); err != nil {
			t.Fatalf("the binary form of a profile that was read is refused: %v", err)
		}
		if twice, _ := q.MarshalBinary(); !bytes.Equal(again, twice) {
			t.Fatal("the binary form changes with a round trip")
		}
		q.Key++
		x := related.NewIndex([]*related.Profile{&p, &q})
		related.Rank(&p, x.Candidates(&p, 2), x, 2)
	})
}

func FuzzAnalyse(f *testing.F) {
	for _, d := range harbour() {
		f.Add(d.Title, d.Standfirst, d.Text, d.Language)
	}
	f.Add("北京大学の桜", "\xff\xfe", "İstanbul’da l’été — ﷺ", "tr")
	f.Fuzz(func(t *testing.T, title, standfirst, text, language string) {
		p := related.Analyse(related.Document{Key: 1, Title: title, Standfirst: standfirst, Text: text, Language: language})
		data, err := p.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back related.Profile
		if err := back.UnmarshalBinary(data); err != nil {
			t.Fatalf("the binary form of an analysis is refused: %v", err)
		}
		q := related.Analyse(related.Document{Key: 2, Title: title + " more", Text: text, Language: language})
		x := related.NewIndex([]*related.Profile{&p, &q})
		forth, back2 := related.Rank(&p, []*related.Profile{&q}, x, 1), related.Rank(&q, []*related.Profile{&p}, x, 1)
		if len(forth) != len(back2) || len(forth) == 1 && forth[0].Score != back2[0].Score {
			t.Fatalf("scores differ by direction: %v and %v", forth, back2)
		}
	})
}
