package index

import (
	"encoding/binary"
	"maps"
	"slices"
)

// Segment is the index of some articles.
type Segment struct {
	Keys      []int64  // of the articles, sorted
	Languages []string // of the articles, sorted; perhaps some that only articles have had that are gone
	Blocks    []Block  // the dictionary
	Docs      []byte   // the articles of each term, in the order of the dictionary
	Positions []byte   // the places of each word in them, likewise
}

// Block is a part of a dictionary.
type Block struct {
	First string // the first term in it; "" for the first block
	Data  []byte
}

// blockSize is about the size of a block, in bytes: what a page of an index of
// SQLite holds four of.
const blockSize = 850

// Build makes a segment of entries, each of another article.
func Build(entries []Entry) Segment {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int { return int(a.Key - b.Key) })
	postings := map[string][]posting{}
	languages := map[string]bool{}
	w := writer{}
	for _, e := range entries {
		w.segment.Keys = append(w.segment.Keys, e.Key)
		languages[e.Language] = true
		for _, o := range e.terms {
			postings[o.term] = append(postings[o.term], posting{e.Key, o.impact, o.positions})
		}
	}
	for _, term := range slices.Sorted(maps.Keys(postings)) {
		w.add(term, postings[term])
	}
	return w.finish(languages)
}

// posting is an article that has a term.
type posting struct {
	key       int64
	impact    uint8
	positions []byte
}

// writer packs terms that come in their order.
type writer struct {
	segment Segment
	block   []byte
	first   string
	last    string
	open    bool
}

func (w *writer) add(term string, postings []posting) {
	docs, positions := len(w.segment.Docs), len(w.segment.Positions)
	last := int64(0)
	for _, p := range postings {
		w.segment.Docs = append(binary.AppendUvarint(w.segment.Docs, uint64(p.key-last)), p.impact)
		last = p.key
		if p.positions != nil {
			w.segment.Positions = append(binary.AppendUvarint(w.segment.Positions, uint64(len(p.positions))), p.positions...)
		}
	}
	w.enter(term, len(postings), docs, positions)
}

// copy adds a term whose postings are packed already.
func (w *writer) copy(term string, articles int, docs, positions []byte) {
	d, p := len(w.segment.Docs), len(w.segment.Positions)
	w.segment.Docs = append(w.segment.Docs, docs...)
	w.segment.Positions = append(w.segment.Positions, positions...)
	w.enter(term, articles, d, p)
}

// enter puts a term whose postings were written from some places on into the
// dictionary.
func (w *writer) enter(term string, articles, docs, positions int) {
	if len(w.block) > blockSize {
		w.closeBlock()
	}
	shared := 0
	if !w.open {
		w.open, w.first = true, term
		if len(w.segment.Blocks) == 0 {
			w.first = ""
		}
		w.block = binary.AppendUvarint(binary.AppendUvarint(nil, uint64(docs)), uint64(positions))
	} else {
		for shared < min(len(term), len(w.last)) && term[shared] == w.last[shared] {
			shared++
		}
	}
	w.block = binary.AppendUvarint(w.block, uint64(shared))
	w.block = binary.AppendUvarint(w.block, uint64(len(term)-shared))
	w.block = append(w.block, term[shared:]...)
	w.block = binary.AppendUvarint(w.block, uint64(articles))
	w.block = binary.AppendUvarint(w.block, uint64(len(w.segment.Docs)-docs))
	w.block = binary.AppendUvarint(w.block, uint64(len(w.segment.Positions)-positions))
	w.last = term
}

func (w *writer) closeBlock() {
	if w.open {
		w.segment.Blocks = append(w.segment.Blocks, Block{w.first, w.block})
	}
	w.open = false
}

func (w *writer) finish(languages map[string]bool) Segment {
	w.closeBlock()
	if len(w.segment.Blocks) == 0 {
		w.segment.Blocks = []Block{{Data: []byte{0, 0}}}
	}
	w.segment.Languages = slices.Sorted(maps.Keys(languages))
	return w.segment
}
