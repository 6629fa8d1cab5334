package index

import (
	"encoding/binary"
	"math"
	"slices"
)

// Places unpacks where words stand in articles: for each key of a list of
// articles that are looked at, those of the word in it.
type Places struct {
	docs      stream
	positions []byte
	packed    []byte // of the article that docs is at
}

// NewPlaces reads the packed articles and positions of a word.
func NewPlaces(docs, positions []byte) *Places {
	return &Places{docs: stream{docs: docs}, positions: positions}
}

// Of returns the places of the word in an article, sorted; none when it is not
// there. The keys asked for must rise.
func (p *Places) Of(key int64, into []int) ([]int, error) {
	for p.docs.key < key {
		more, err := p.docs.next()
		if err != nil || !more {
			return into, err
		}
		if p.packed, p.positions, err = cutPlaces(p.positions); err != nil {
			return nil, err
		}
	}
	if p.docs.key > key {
		return into, nil
	}
	return unpack(p.packed, into)
}

// cutPlaces takes the places of the next article off those of a word.
func cutPlaces(positions []byte) (packed, rest []byte, err error) {
	length, width := binary.Uvarint(positions)
	if width <= 0 || length > uint64(len(positions)-width) {
		return nil, nil, ErrDamaged
	}
	end := width + int(length)
	return positions[width:end], positions[end:], nil
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
