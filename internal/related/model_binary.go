package related

import (
	"encoding/binary"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// MarshalBinary returns the compact form of m: six bytes for each term and
// 1.4 megabytes for each language with semantics. It never fails.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := []byte{formatVersion}
	b = binary.AppendUvarint(b, uint64(len(m.articles)))
	for _, language := range slices.Sorted(maps.Keys(m.articles)) {
		b = appendString(b, language)
		b = binary.AppendUvarint(b, uint64(m.articles[language]))
		b = m.spaces[language].append(b)
	}
	terms := slices.DeleteFunc(slices.Clone(m.slots), func(s slot) bool { return s.n == 0 })
	slices.SortFunc(terms, func(s, t slot) int { return int(int64(s.id) - int64(t.id)) })
	b = binary.AppendUvarint(b, uint64(m.rare))
	b = binary.AppendUvarint(b, uint64(len(terms)))
	for _, s := range terms {
		b = binary.LittleEndian.AppendUint32(b, uint32(s.id))
		b = binary.AppendUvarint(b, uint64(s.n))
	}
	return b, nil
}

// append writes a space, which may be nil.
func (s *space) append(b []byte) []byte {
	if s == nil {
		return binary.AppendUvarint(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(s.ids)))
	for i, id := range s.ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.scale[i]))
		for _, x := range s.rows[i*dimensions : (i+1)*dimensions] {
			b = append(b, byte(x))
		}
	}
	return b
}

// UnmarshalBinary makes m the model that the bytes came from, or returns
// ErrFormat and leaves m as it is: learn a new one then.
func (m *Model) UnmarshalBinary(data []byte) error {
	r := reader{rest: data}
	if r.byte() != formatVersion {
		return ErrFormat
	}
	n := Model{Counts: NewCounts(), rarities: map[string]rarity{}, spaces: map[string]*space{}}
	for range r.count(1) {
		language := r.string()
		n.articles[language] = int(r.uvarint() & math.MaxInt32)
		if s := r.space(); s != nil {
			n.spaces[language] = s
		}
	}
	n.rare = int32(r.uvarint() & math.MaxInt32)
	for range r.count(5) {
		id := TermID(r.uint32())
		n.add(id, int32(r.uvarint()&(math.MaxInt32>>1)))
	}
	if r.failed || len(r.rest) > 0 {
		return ErrFormat
	}
	for language := range n.articles {
		n.rarities[language] = newRarity(&n, language)
	}
	sum := fnv.New64a()
	sum.Write(data)
	n.id = sum.Sum64()
	*m = n
	return nil
}

// count reads how many things of at least the given size follow.
func (r *reader) count(size int) uint64 {
	n := r.uvarint()
	if n > uint64(len(r.rest)/size) {
		r.failed = true
		return 0
	}
	return n
}

func (r *reader) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (r *reader) space() *space {
	n := r.count(8 + dimensions)
	if n == 0 {
		return nil
	}
	s := &space{rows: make([]int8, 0, n*dimensions)}
	for i := range n {
		s.ids = append(s.ids, TermID(r.uint32()))
		s.scale = append(s.scale, math.Float32frombits(r.uint32()))
		for _, x := range r.take(dimensions) {
			s.rows = append(s.rows, int8(x))
		}
		if scale := float64(s.scale[i]); !(scale >= 0 && scale <= 1) || i > 0 && s.ids[i-1] >= s.ids[i] {
			r.failed = true
		}
	}
	s.known = newTermTable(s.ids)
	return s
}
