package db_test

import (
	"testing"

	"nutgraph/db/dbtest"
)

// BenchmarkEdition is what every answer from the cache costs the database.
func BenchmarkEdition(b *testing.B) {
	s := dbtest.Open(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Edition(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
