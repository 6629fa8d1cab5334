package related

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// modelFormat leads the binary form of a model.
const modelFormat = 1

// MarshalBinary writes the model as the store keeps it: about five bytes for
// each term that two articles share, and 1.4 megabytes for each space. A term
// that only one article uses is as rare as an unknown one, and left out.
func (m *Model) MarshalBinary() ([]byte, error) {
	b := []byte{modelFormat}
	b = binary.AppendUvarint(b, uint64(len(m.articles)))
	for _, language := range slices.Sorted(maps.Keys(m.articles)) {
		b = appendString(b, language)
		b = binary.AppendUvarint(b, uint64(max(m.articles[language], 0)))
	}
	b = m.appendFrequencies(b)
	b = binary.AppendUvarint(b, uint64(len(m.spaces)))
	for _, language := range slices.Sorted(maps.Keys(m.spaces)) {
		b = m.spaces[language].append(appendString(b, language))
	}
	return b, nil
}

// appendFrequencies writes the distances between the ids, in their order, each
// with its frequency.
func (m *Model) appendFrequencies(b []byte) []byte {
	var shared []slot
	for _, s := range m.slots {
		if s.n-1 > 1 {
			shared = append(shared, s)
		}
	}
	slices.SortFunc(shared, func(s, t slot) int { return int(int64(s.id) - int64(t.id)) })
	b = binary.AppendUvarint(b, uint64(len(shared)))
	last := TermID(0)
	for _, s := range shared {
		b = binary.AppendUvarint(b, uint64(s.id-last))
		b = binary.AppendUvarint(b, uint64(s.n-1))
		last = s.id
	}
	return b
}

func (s *space) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.ids)))
	for i, id := range s.ids {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s.scale[i]))
	}
	for _, x := range s.rows {
		b = append(b, byte(x))
	}
	return b
}

var errModel = errors.New("this is no model of this version")

// UnmarshalBinary reads what MarshalBinary wrote.
func (m *Model) UnmarshalBinary(data []byte) error {
	if len(data) == 0 || data[0] != modelFormat {
		return errModel
	}
	r := modelReader{data: data[1:]}
	m.Counts, m.rarities, m.spaces = NewCounts(), map[string]rarity{}, map[string]*space{}
	for range r.count(2) {
		language := r.text()
		m.articles[language] = int(r.frequency())
	}
	id := TermID(0)
	for range r.count(2) {
		id += TermID(r.number())
		m.slot(id).n += int32(r.frequency())
	}
	for language := range m.articles {
		m.rarities[language] = newRarity(m, language)
	}
	for range r.count(2) {
		language := r.text()
		m.spaces[language] = r.space()
	}
	if r.failed || len(r.data) > 0 {
		return errModel
	}
	return nil
}

// modelReader reads values one after the other. After the first that is not
// there, all are zero.
type modelReader struct {
	data   []byte
	failed bool
}

func (r *modelReader) number() uint64 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 {
		r.failed, r.data = true, nil
		return 0
	}
	r.data = r.data[size:]
	return n
}

// frequency reads a number of articles.
func (r *modelReader) frequency() uint64 {
	n := r.number()
	if n > math.MaxInt32/2 {
		r.failed = true
		return 0
	}
	return n
}

// count reads the number of values that follow, each of at least size bytes.
func (r *modelReader) count(size int) int {
	n := r.number()
	if n > uint64(len(r.data)/size) {
		r.failed, r.data = true, nil
		return 0
	}
	return int(n)
}

func (r *modelReader) bytes(n int) []byte {
	if n > len(r.data) {
		r.failed, r.data = true, nil
		return make([]byte, n)
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *modelReader) text() string { return string(r.bytes(r.count(1))) }

func (r *modelReader) space() *space {
	n := r.count(8 + dimensions)
	s := &space{ids: make([]TermID, n), scale: make([]float32, n), rows: make([]int8, n*dimensions)}
	for i := range n {
		b := r.bytes(8)
		s.ids[i] = TermID(binary.LittleEndian.Uint32(b))
		s.scale[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))
	}
	for i, x := range r.bytes(n * dimensions) {
		s.rows[i] = int8(x)
	}
	return s
}
