package related_test

import (
	"testing"

	"nutgraph/internal/related"
)

func BenchmarkAnalyse(b *testing.B) {
	documents := benchmarkDocuments(b, 500)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		related.Analyse(documents[i%len(documents)])
		i++
	}
}

func BenchmarkRank(b *testing.B) {
	profiles := analyse(benchmarkDocuments(b, 5000))
	x := related.NewIndex(profiles)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		p := profiles[i%len(profiles)]
		related.Rank(p, x.Candidates(p, related.Pool), x, 10)
		i++
	}
}

func BenchmarkUnmarshalBinary(b *testing.B) {
	data, _ := analyse(benchmarkDocuments(b, 1))[0].MarshalBinary()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var p related.Profile
		if err := p.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
}
