package index_test

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"nutgraph/internal/index"
)

// FuzzSegment holds that damaged bytes are told apart or read as something,
// within the memory and the time that sound ones take.
func FuzzSegment(f *testing.F) {
	for n := range 3 {
		s := build(randomArchive(rand.New(rand.NewPCG(uint64(n), 6)), n))
		f.Add(s.Blocks[0].Data, s.Docs, s.Positions, int64(1))
	}
	numbers := func(all ...uint64) (packed []byte) {
		for _, n := range all {
			packed = binary.AppendUvarint(packed, n)
		}
		return packed
	}
	line := numbers(0, 0, 0, 0, 1) // of a term in one article, without the sizes of its postings
	long := strings.Repeat("long", 20)
	f.Add(numbers(1<<62, 0, 0, 0, 1, 1<<62, 0), []byte("docs"), []byte{}, int64(1))                                                                  // an end beyond all numbers
	f.Add(numbers(0, 0, 0, 0, 1<<62, 4, 0), []byte{1, 9, 1, 9}, []byte{}, int64(1))                                                                  // very many articles
	f.Add(slices.Concat(line, numbers(10, 0)), numbers(1<<63-1, 9), []byte{}, int64(1))                                                              // the last of all keys
	f.Add(slices.Concat(line, numbers(13, 0)), numbers(9, 9, 1<<64-5, 9), []byte{}, int64(1))                                                        // keys that fall
	f.Add(slices.Concat(line, numbers(2, 11)), numbers(1, 9), numbers(10, 1<<63), int64(1))                                                          // a place before the first
	f.Add(slices.Concat(line, numbers(2, 9)), numbers(1, 9), numbers(1<<63-1), int64(1))                                                             // more places than there are
	f.Add(slices.Concat(numbers(0, 0, 0, 80), []byte(long), numbers(1, 0, 0, 80, 80), []byte(long), numbers(1, 0, 0)), []byte{}, []byte{}, int64(1)) // terms that grow
	sound := index.Build([]index.Entry{index.Analyse(index.Document{Key: 7, Language: "en", Title: "The harbour", Body: "A wall"})})
	f.Fuzz(func(t *testing.T, block, docs, positions []byte, gone int64) {
		damaged := index.Segment{Keys: []int64{1, gone}, Blocks: []index.Block{{Data: block}}, Docs: docs, Positions: positions}
		merged, err := index.Merge([]index.Part{{Segment: sound}, {Segment: damaged, Gone: []int64{gone}}})
		if told(t, err) {
			merged = sound
		}
		for _, s := range []index.Segment{damaged, merged} {
			for _, b := range s.Blocks {
				readAll(t, b.Data, s, gone)
			}
		}
	})
}

// readAll reads the terms of a block as searches do.
func readAll(t *testing.T, block []byte, s index.Segment, gone int64) {
	t.Helper()
	_, _, err := index.Find(block, "harbour")
	told(t, err)
	terms := 0
	var scorer index.Scorer
	for term, err := range index.Terms(block) {
		if told(t, err) {
			return
		}
		if term.Docs.Start > term.Docs.End || term.Docs.Start < 0 || term.Positions.Start > term.Positions.End || term.Positions.Start < 0 || len(term.Term) > 80 {
			t.Fatalf("%+v is read from %x", term, block)
		}
		if terms++; terms > 50 || term.Docs.End > len(s.Docs) || term.Positions.End > len(s.Positions) {
			return
		}
		docs := s.Docs[term.Docs.Start:term.Docs.End]
		list, err := index.Decode([]int64{gone}, index.Packed{Docs: docs, Articles: term.Articles})
		if told(t, err) {
			continue
		}
		found := 0
		err = scorer.Score([]index.Packed{{Docs: docs}}, []float32{1}, nil, []int64{gone}, func(hits []index.Hit) { found += len(hits) })
		told(t, err)
		if found > len(list.Keys) {
			t.Fatalf("%d hits in %v", found, list.Keys)
		}
		places := index.NewPlaces(docs, s.Positions[term.Positions.Start:term.Positions.End])
		_, err = index.Phrase([][]*index.Places{{places}}, list)
		told(t, err)
	}
}

// told tells whether there is an error, which must be that of the package.
func told(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !errors.Is(err, index.ErrDamaged) {
		t.Fatal(err)
	}
	return err != nil
}
