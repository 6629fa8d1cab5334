package related

import "slices"

// sketchSize is how many hashes stand for a text. With 32, texts that share
// eight tenths of their wording are told from those that share half with less
// than one mistake in a thousand.
const sketchSize = 32

// shingleWords is how many words in a row make one shingle, stop words not
// counted.
const shingleWords = 4

// duplicateShare is the share of common shingles from which two articles are
// the same text printed twice.
const duplicateShare = 0.8

// sketch holds the smallest hashes of the shingles of a text, ascending:
// bottom-k sampling (Broder, "On the resemblance and containment of
// documents", 1997).
type sketch []uint32

// resemblance estimates the share of shingles that two texts have in common.
func (s sketch) resemblance(t sketch) float64 {
	if len(s) == 0 || len(t) == 0 {
		return 0
	}
	i, j, common, union := 0, 0, 0, 0
	for union < sketchSize && (i < len(s) || j < len(t)) {
		switch {
		case j == len(t) || i < len(s) && s[i] < t[j]:
			i++
		case i == len(s) || t[j] < s[i]:
			j++
		default:
			i, j, common = i+1, j+1, common+1
		}
		union++
	}
	return float64(common) / float64(union)
}

// Duplicate tells whether p and q are the same text printed twice, perhaps
// with small changes.
func (p *Profile) Duplicate(q *Profile) bool {
	return p.sketch.resemblance(q.sketch) >= duplicateShare
}

// shingler makes the sketch of a text from its words.
type shingler struct {
	last   [shingleWords]uint32
	n      int
	hashes []uint32
}

func (s *shingler) reset() {
	s.n = 0
	s.hashes = s.hashes[:0]
}

func (s *shingler) add(id TermID) {
	s.last[s.n%shingleWords] = uint32(id)
	s.n++
	if s.n < shingleWords {
		return
	}
	h := uint32(0)
	for k := range shingleWords {
		h = h*0x9e3779b1 + s.last[(s.n+k)%shingleWords]
	}
	s.hashes = append(s.hashes, mix(h))
}

// mix spreads its input over all bits (the finaliser of MurmurHash3).
func mix(h uint32) uint32 {
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

func (s *shingler) sketch() sketch {
	slices.Sort(s.hashes)
	distinct := slices.Compact(s.hashes)
	return slices.Clone(distinct[:min(len(distinct), sketchSize)])
}
