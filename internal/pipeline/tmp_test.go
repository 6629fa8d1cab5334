package pipeline_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/pipeline"
)

func BenchmarkTmp(b *testing.B) {
	path := os.Getenv("TMPDB")
	store := dbtest.OpenFile(b, path, time.Now)
	g := growth{B: b, archive: &archive{store, pipeline.New(store), path}}
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	var late []content.Draft
	for _, d := range realArticles(b, 60000) {
		if random.IntN(200) == 0 {
			d.ExternalID += time.Now().String()
			late = append(late, d)
		}
	}
	for b.Loop() {
		g.publish(late[:200])
		g.read()
	}
}
