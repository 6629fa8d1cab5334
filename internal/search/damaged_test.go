package search_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/internal/index"
	"nutgraph/internal/search"
)

// A dictionary that leads astray is told, whatever its numbers are.
func TestDamagedDictionary(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		query                      string
		start, articles, docs, pos uint64
	}{
		"postings beyond the segment":      {`"sea"`, 0, 1, 1 << 39, 0},
		"places beyond the segment":        {`"sea wall"`, 0, 1, 2, 1 << 39},
		"postings that start beyond":       {`"sea"`, 1 << 39, 1, 2, 0},
		"blocks that have the same places": {`se*`, 0, 1, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := dbtest.SampleFile(t)
			block := binary.AppendUvarint([]byte(nil), tt.start)
			block = append(block, 0, 0, byte(len("sea")))
			block = append(block, "sea"...)
			for _, n := range []uint64{tt.articles, tt.docs, tt.pos} {
				block = binary.AppendUvarint(block, n)
			}
			dbtest.Exec(t, path, `UPDATE search_block SET data = $1`, block)
			store := dbtest.OpenFile(t, path, dbtest.Clock)
			found, err := search.Find(t.Context(), store, search.Parse(tt.query), nil, content.Window{Limit: 3})
			if !errors.Is(err, index.ErrDamaged) {
				t.Errorf("search %s = %v, %v", tt.query, found, err)
			}
		})
	}
}
