package related

import (
	"encoding/binary"
	"math"
)

// place is what of a profile depends on the statistics it is compared under.
type place struct {
	model     *Model  // nil for other statistics
	norm      float64 // length of the vector of weights
	title     float64 // sums of squared rarities of the single words in the title
	lead      float64 // and in title or lead
	direction *direction
}

// locator is a Model or has one embedded.
type locator interface{ locate(p *Profile) *place }

// Place works out what of p depends on the model and keeps it in p, which
// makes every later Rank under this model several times faster.
func (m *Model) Place(p *Profile) {
	p.place = nil
	p.place = m.locate(p)
}

// locate returns the place of p in the model.
func (m *Model) locate(p *Profile) *place {
	if p.place != nil && p.place.model == m {
		return p.place
	}
	r := rarityIn(m, p.Language)
	pl := measure(p, r)
	pl.model = m
	if s := m.spaces[p.Language]; s != nil {
		pl.direction = s.locate(p, r)
	}
	return pl
}

// placeSize is the bytes of a place without a direction: the model's id and three
// numbers.
const placeSize = 4 * 8

// MarshalPlace returns where p stands in a model that was read by UnmarshalBinary,
// in 32 or 160 bytes, for PlaceAt.
func (m *Model) MarshalPlace(p *Profile) []byte {
	pl := m.locate(p)
	b := make([]byte, 0, placeSize+dimensions)
	b = binary.LittleEndian.AppendUint64(b, m.id)
	for _, x := range []float64{pl.norm, pl.title, pl.lead} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	if pl.direction != nil {
		for _, x := range pl.direction.of {
			b = append(b, byte(x))
		}
	}
	return b
}

// PlaceAt keeps in p what MarshalPlace has returned for it, which costs a
// thousandth of what Place does. It does nothing when that was under another model.
func (m *Model) PlaceAt(p *Profile, data []byte) {
	r := reader{rest: data}
	id := r.uint64()
	pl := &place{model: m, norm: r.float(), title: r.float(), lead: r.float()}
	if r.failed || id != m.id {
		return
	}
	if at := r.take(dimensions); at != nil {
		pl.direction = &direction{}
		for i, x := range at {
			pl.direction.of[i] = int8(x)
		}
		pl.direction.whole, pl.direction.broad = pl.direction.dot(pl.direction)
	}
	p.place = pl
}

func (r *reader) uint64() uint64 {
	const size = 8
	if b := r.take(size); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) float() float64 { return math.Float64frombits(r.uint64()) }
