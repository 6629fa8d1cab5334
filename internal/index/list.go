package index

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// List is the articles that have a term, by key, with its impact on each.
type List struct {
	Keys    []int64
	Impacts []uint8
}

// largestKey is the largest key of an article. It leaves a Scorer room to count
// beyond without overflow.
const largestKey = 1 << 62

// Decode unpacks the articles of a term, without those whose keys, sorted, are
// gone.
func Decode(docs []byte, articles int, gone []int64) (List, error) {
	l := List{make([]int64, 0, min(articles, len(docs))), make([]uint8, 0, min(articles, len(docs)))}
	key := int64(0)
	for len(docs) > 0 {
		delta, size := binary.Uvarint(docs)
		if size <= 0 || size >= len(docs) || delta > uint64(largestKey-key) {
			return List{}, ErrDamaged
		}
		key += int64(delta)
		impact := docs[size]
		docs = docs[size+1:]
		for len(gone) > 0 && gone[0] < key {
			gone = gone[1:]
		}
		if len(gone) > 0 && gone[0] == key {
			continue
		}
		l.Keys, l.Impacts = append(l.Keys, key), append(l.Impacts, impact)
	}
	return l, nil
}

// Union is what at least one of several lists has, with the highest impact.
func Union(lists ...List) List {
	lists = slices.DeleteFunc(lists, func(l List) bool { return len(l.Keys) == 0 })
	switch len(lists) {
	case 0:
		return List{}
	case 1:
		return lists[0]
	case 2:
		return union(lists[0], lists[1])
	}
	half := len(lists) / 2
	return union(Union(lists[:half]...), Union(lists[half:]...))
}

func union(a, b List) List {
	u := List{make([]int64, 0, len(a.Keys)+len(b.Keys)), make([]uint8, 0, len(a.Keys)+len(b.Keys))}
	i, j := 0, 0
	for i < len(a.Keys) || j < len(b.Keys) {
		switch {
		case j == len(b.Keys) || i < len(a.Keys) && a.Keys[i] < b.Keys[j]:
			u.Keys, u.Impacts = append(u.Keys, a.Keys[i]), append(u.Impacts, a.Impacts[i])
			i++
		case i == len(a.Keys) || b.Keys[j] < a.Keys[i]:
			u.Keys, u.Impacts = append(u.Keys, b.Keys[j]), append(u.Impacts, b.Impacts[j])
			j++
		default:
			u.Keys, u.Impacts = append(u.Keys, a.Keys[i]), append(u.Impacts, max(a.Impacts[i], b.Impacts[j]))
			i++
			j++
		}
	}
	return u
}

// Places unpacks where words stand in articles: for each key of a list of
// articles that are looked at, those of the word in it.
type Places struct {
	docs, positions []byte
	key             int64
}

// NewPlaces reads the packed articles and positions of a word.
func NewPlaces(docs, positions []byte) *Places { return &Places{docs: docs, positions: positions} }

// Of returns the places of the word in an article, sorted; none when it is not
// there. The keys asked for must rise.
func (p *Places) Of(key int64, into []int) ([]int, error) {
	for len(p.docs) > 0 {
		delta, size := binary.Uvarint(p.docs)
		length, width := binary.Uvarint(p.positions)
		if size <= 0 || size >= len(p.docs) || delta > uint64(largestKey-p.key) || width <= 0 || length > uint64(len(p.positions)-width) {
			return nil, ErrDamaged
		}
		next := p.key + int64(delta)
		if next > key {
			return into, nil
		}
		packed := p.positions[width : width+int(length)]
		p.key, p.docs, p.positions = next, p.docs[size+1:], p.positions[width+int(length):]
		if next == key {
			return unpack(packed, into)
		}
	}
	return into, nil
}

func unpack(packed []byte, into []int) ([]int, error) {
	place := 0
	for len(packed) > 0 {
		delta, size := binary.Uvarint(packed)
		if size <= 0 || delta > uint64(math.MaxInt32-place) {
			return nil, ErrDamaged
		}
		place += int(delta)
		into = append(into, place)
		packed = packed[size:]
	}
	return into, nil
}

// Phrase lists the articles in which words stand one after the other. For each
// word there are the packed articles and positions of each form it may take.
func Phrase(words [][]*Places, candidates List) (List, error) {
	var found List
	var err error
	places := make([][]int, len(words))
	for i, key := range candidates.Keys {
		for w, forms := range words {
			places[w] = places[w][:0]
			for _, form := range forms {
				if places[w], err = form.Of(key, places[w]); err != nil {
					return List{}, err
				}
			}
			if len(forms) > 1 {
				slices.Sort(places[w])
			}
		}
		if inARow(places) {
			found.Keys, found.Impacts = append(found.Keys, key), append(found.Impacts, candidates.Impacts[i])
		}
	}
	return found, nil
}

func inARow(places [][]int) bool {
	for _, start := range places[0] {
		all := true
		for w := 1; w < len(places) && all; w++ {
			_, all = slices.BinarySearch(places[w], start+w)
		}
		if all {
			return true
		}
	}
	return false
}

// Intersection is what all of several lists have, with the lowest impact.
func Intersection(lists []List) List {
	lists = slices.Clone(lists)
	slices.SortFunc(lists, func(a, b List) int { return cmp.Compare(len(a.Keys), len(b.Keys)) })
	all := lists[0]
	for _, l := range lists[1:] {
		var both List
		j := 0
		for i, key := range all.Keys {
			for j < len(l.Keys) && l.Keys[j] < key {
				j++
			}
			if j < len(l.Keys) && l.Keys[j] == key {
				both.Keys, both.Impacts = append(both.Keys, key), append(both.Impacts, min(all.Impacts[i], l.Impacts[j]))
			}
		}
		all = both
	}
	return all
}
