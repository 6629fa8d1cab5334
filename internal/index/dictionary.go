package index

import (
	"encoding/binary"
	"errors"
	"iter"
)

// Range is a part of a stream of a segment, in bytes.
type Range struct{ Start, End int }

// Term is a line of a dictionary.
type Term struct {
	Term      []byte // until the next line is read
	Articles  int    // that have it, those that are gone among them
	Docs      Range
	Positions Range
}

// ErrDamaged says that bytes are not what this package has packed.
var ErrDamaged = errors.New("the full-text index is damaged; it is made again when the articles are imported into a new archive")

// Terms yields the lines of a block. It ends early at an error.
func Terms(block []byte) iter.Seq2[Term, error] {
	return func(yield func(Term, error) bool) {
		r := reader{rest: block}
		docs, positions := r.number(), r.number()
		term := make([]byte, 0, longestTerm)
		for len(r.rest) > 0 && !r.damaged {
			shared, rest := r.number(), r.number()
			suffix := r.take(rest)
			if shared > len(term) || shared+rest > longestTerm {
				r.damaged = true
			}
			if r.damaged {
				break
			}
			term = append(term[:shared], suffix...)
			t := Term{Term: term, Articles: r.number()}
			t.Docs = Range{docs, docs + r.number()}
			t.Positions = Range{positions, positions + r.number()}
			docs, positions = t.Docs.End, t.Positions.End
			if docs > largestStream || positions > largestStream {
				r.damaged = true
			}
			if r.damaged || !yield(t, nil) {
				break
			}
		}
		if r.damaged {
			yield(Term{}, ErrDamaged)
		}
	}
}

// Find looks a term up in the block that can hold it.
func Find(block []byte, term string) (Term, bool, error) {
	for t, err := range Terms(block) {
		if err != nil {
			return t, false, err
		}
		if string(t.Term) >= term {
			return t, string(t.Term) == term, nil
		}
	}
	return Term{}, false, nil
}

// largestStream bounds the numbers of a dictionary, so that sums of them, which
// are places in a stream, never overflow. A store holds less.
const largestStream = 1 << 40

// reader takes numbers and bytes off packed ones.
type reader struct {
	rest    []byte
	damaged bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > largestStream {
		r.damaged, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.damaged, r.rest = true, nil
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}
