package index

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// List is the articles that have a term, by key, with its impact on each.
type List struct {
	Keys    []int64
	Impacts []uint8
}

// Packed is a list as a segment holds it.
type Packed struct {
	Docs     []byte
	Articles int // in it, if it is sound
}

// add appends an article behind the last one.
func (p *Packed) add(last, key int64, impact uint8) {
	p.Docs = append(binary.AppendUvarint(p.Docs, uint64(key-last)), impact)
	p.Articles++
}

// Pack packs a list.
func Pack(l List) (p Packed) {
	last := int64(0)
	for i, key := range l.Keys {
		p.add(last, key, l.Impacts[i])
		last = key
	}
	return p
}

// Join makes one list of several: of what at least one of them has, with the
// highest impact.
func Join(lists ...Packed) (joined Packed, err error) {
	if len(lists) == 1 {
		return lists[0], nil
	}
	last := int64(0)
	err = each(lists, func(key int64, impact uint8) {
		joined.add(last, key, impact)
		last = key
	})
	return joined, err
}

// largestKey is the largest key of an article. It leaves a Scorer room to count
// beyond without overflow.
const largestKey = 1 << 62

// stream reads packed articles one after the other.
type stream struct {
	docs   []byte
	at     int // in docs; a slice that moves on would be tracked by the garbage collector
	key    int64
	impact uint8
}

// next moves on, and tells whether there was another article.
func (s *stream) next() (more bool, err error) {
	if s.at == len(s.docs) {
		return false, nil
	}
	delta, end := uint64(s.docs[s.at]), s.at+1
	if delta >= 0x80 {
		var size int
		delta, size = binary.Uvarint(s.docs[s.at:])
		end = s.at + size
	}
	if end <= s.at || end >= len(s.docs) || delta > uint64(largestKey-s.key) || s.docs[end] == 0 {
		return false, ErrDamaged
	}
	s.key, s.impact, s.at = s.key+int64(delta), s.docs[end], end+1
	return true, nil
}

// window is how many keys are looked at at once: what fits a cache of a
// processor.
const window = 1 << 12

// impacts are those of a window of keys; 0 for none.
type impacts [window]uint8

// streams are lists that are read side by side, a window at a time: the
// beginning of a word may stand for thousands.
type streams []stream

func openStreams(lists []Packed) (streams, error) {
	all := make(streams, 0, len(lists))
	for _, l := range lists {
		s := stream{docs: l.Docs}
		more, err := s.next()
		if err != nil {
			return nil, err
		}
		if more {
			all = append(all, s)
		}
	}
	return all, nil
}

// first is the next key, if there is one.
func (all streams) first() (key int64, more bool) {
	for i := range all {
		if i == 0 || all[i].key < key {
			key = all[i].key
		}
	}
	return key, len(all) > 0
}

// fill reads up to the end of the window that begins at start, takes the highest
// impacts in it, and returns the streams that go on.
func (all streams) fill(highest *impacts, start int64) (streams, error) {
	clear(highest[:])
	rest := all[:0]
	var err error
	for _, s := range all {
		more := true
		for more && s.key < start+window {
			if slot := s.key - start; slot >= 0 {
				highest[slot] = max(highest[slot], s.impact)
			}
			if more, err = s.next(); err != nil {
				return nil, err
			}
		}
		if more {
			rest = append(rest, s)
		}
	}
	return rest, nil
}

// each visits what at least one of several lists has, with the highest impact.
func each(lists []Packed, visit func(key int64, impact uint8)) error {
	all, err := openStreams(lists)
	var highest impacts
	for start, more := all.first(); more && err == nil; start, more = all.first() {
		if all, err = all.fill(&highest, start); err != nil {
			return err
		}
		for slot, impact := range highest {
			if impact > 0 {
				visit(start+int64(slot), impact)
			}
		}
	}
	return err
}

// Decode unpacks a list, without the articles whose keys, sorted, are gone.
func Decode(gone []int64, p Packed) (List, error) {
	size := min(p.Articles, len(p.Docs))
	l := List{make([]int64, 0, size), make([]uint8, 0, size)}
	for s := (stream{docs: p.Docs}); ; {
		more, err := s.next()
		if err != nil || !more {
			return l, err
		}
		if gone = from(gone, s.key); len(gone) == 0 || gone[0] != s.key {
			l.Keys, l.Impacts = append(l.Keys, s.key), append(l.Impacts, s.impact)
		}
	}
}

// Count counts the articles of a list, without those whose keys, sorted, are
// gone.
func Count(gone []int64, p Packed) (int, error) {
	n := p.Articles
	for s := (stream{docs: p.Docs}); len(gone) > 0; {
		more, err := s.next()
		if err != nil || !more {
			return n, err
		}
		if gone = from(gone, s.key); len(gone) > 0 && gone[0] == s.key {
			n--
		}
	}
	return n, nil
}

// from leaves out the sorted keys before one.
func from(keys []int64, key int64) []int64 { return keys[gallop(keys, key):] }

// Intersection is what all of several lists have, with the lowest impact.
func Intersection(lists []List) List {
	lists = slices.Clone(lists)
	slices.SortFunc(lists, func(a, b List) int { return cmp.Compare(len(a.Keys), len(b.Keys)) })
	all := lists[0]
	for _, l := range lists[1:] {
		var both List
		j := 0
		for i, key := range all.Keys {
			j += gallop(l.Keys[j:], key)
			if j < len(l.Keys) && l.Keys[j] == key {
				both.Keys, both.Impacts = append(both.Keys, key), append(both.Impacts, min(all.Impacts[i], l.Impacts[j]))
			}
		}
		all = both
	}
	return all
}

// gallop is how many of the sorted keys are before one, found in steps that
// double: it is a short way mostly.
func gallop(keys []int64, key int64) int {
	step := 1
	for step < len(keys) && keys[step] < key {
		step *= 2
	}
	start := step / 2
	n, _ := slices.BinarySearch(keys[start:min(step+1, len(keys))], key)
	return start + n
}
