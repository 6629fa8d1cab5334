package db

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
)

// posted is a posting within those of its term.
type posted struct {
	at      int64 // the time of publication, in milliseconds
	article int64
	weight  float32
}

// compare orders entries by time, then by article.
func (e posted) compare(other posted) int {
	return cmp.Or(cmp.Compare(e.at, other.at), cmp.Compare(e.article, other.article))
}

// A block holds postings of one term that follow each other. It stays below the
// 1,002 bytes that SQLite keeps of a row on its page.
const (
	blockMax  = 64 // entries
	blockFill = 48 // entries of a block that is written anew, to leave room for others
)

// errBlock says that a block is not what packEntries has written.
var errBlock = errors.New("a block of postings is damaged; restore the archive from a backup")

// packEntries writes entries as the differences to those before them; the first to
// the place that the block stands under, which is its own.
func packEntries(entries []posted) []byte {
	const typical = 12 // bytes
	packed := make([]byte, 0, typical*len(entries))
	last := entries[0]
	for _, e := range entries {
		packed = binary.AppendUvarint(packed, uint64(e.at-last.at))
		packed = binary.AppendVarint(packed, e.article-last.article)
		packed = binary.LittleEndian.AppendUint32(packed, math.Float32bits(e.weight))
		last = e
	}
	return packed
}

// unpackEntries adds the entries of a block that stands under the place of first.
func unpackEntries(to []posted, first posted, packed []byte) ([]posted, error) {
	const weightSize = 4
	last := first
	for len(packed) > 0 {
		later, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, errBlock
		}
		further, m := binary.Varint(packed[n:])
		if m <= 0 || len(packed) < n+m+weightSize {
			return nil, errBlock
		}
		last.at, last.article = last.at+int64(later), last.article+further
		last.weight = math.Float32frombits(binary.LittleEndian.Uint32(packed[n+m:]))
		to, packed = append(to, last), packed[n+m+weightSize:]
	}
	return to, nil
}

// merged adds more entries to those of a block. One of the same place replaces
// that which was there.
func merged(entries, more []posted) []posted {
	entries = append(slices.Clone(more), entries...) // a stable sort leaves those first
	slices.SortStableFunc(entries, posted.compare)
	return slices.CompactFunc(entries, func(a, b posted) bool { return a.compare(b) == 0 })
}

// around are the blocks of a term next to a place.
type around struct {
	own  []posted // the last one that starts at the place or before; nil if there is none
	next *posted  // where the one behind it starts; nil if there is none
}

// blocksAround finds the blocks of a term next to a place.
func blocksAround(ctx context.Context, tx *txn, term uint32, place posted) (around, error) {
	var a around
	err := tx.rows(ctx, `
		SELECT * FROM (
			SELECT first_at, first_article, entries FROM posting
			WHERE term_id = $1 AND (first_at, first_article) <= ($2, $3)
			ORDER BY first_at DESC, first_article DESC
			LIMIT 1)
		UNION ALL
		SELECT * FROM (
			SELECT first_at, first_article, entries FROM posting
			WHERE term_id = $1 AND (first_at, first_article) > ($2, $3)
			ORDER BY first_at, first_article
			LIMIT 1)`, []any{term, place.at, place.article}, func(scan scanner) error {
		var first posted
		var packed []byte
		err := scan(&first.at, &first.article, &packed)
		switch {
		case err != nil:
		case first.compare(place) > 0:
			a.next = &first
		default:
			a.own, err = unpackEntries(nil, first, packed)
		}
		return err
	})
	return a, err
}

// room is how many of some entries, the first of which is at the place, stand
// before the next block.
func (a *around) room(entries []posted) int {
	if a.next == nil {
		return len(entries)
	}
	n, _ := slices.BinarySearchFunc(entries, *a.next, posted.compare)
	return n
}

// blockWriter writes blocks, many in a statement: calling the driver costs more
// than a row.
type blockWriter struct {
	tx   *txn
	args []any
}

// Columns of a block, and blocks of a statement.
const (
	blockColumns = 4
	blocksAtOnce = 50
)

// replace writes entries, in as many blocks as they need, in the place of those of
// one block.
func (w *blockWriter) replace(ctx context.Context, term uint32, old, entries []posted) error {
	if len(old) > 0 && (len(entries) == 0 || old[0].compare(entries[0]) != 0) {
		err := w.tx.exec(ctx, `DELETE FROM posting WHERE term_id = $1 AND first_at = $2 AND first_article = $3`, term, old[0].at, old[0].article)
		if err != nil {
			return err
		}
	}
	size := blockMax
	if len(entries) > blockMax {
		size = blockMax / 2
	}
	for some := range slices.Chunk(entries, size) {
		if err := w.add(ctx, term, some); err != nil {
			return err
		}
	}
	return nil
}

// add writes one block.
func (w *blockWriter) add(ctx context.Context, term uint32, entries []posted) error {
	w.args = append(w.args, term, entries[0].at, entries[0].article, packEntries(entries))
	if len(w.args) < blocksAtOnce*blockColumns {
		return nil
	}
	return w.flush(ctx)
}

func (w *blockWriter) flush(ctx context.Context) error {
	if len(w.args) == 0 {
		return nil
	}
	query := "INSERT INTO posting (term_id, first_at, first_article, entries) VALUES " + placeholders(len(w.args)/blockColumns, blockColumns) +
		" ON CONFLICT DO UPDATE SET entries = excluded.entries"
	err := w.tx.exec(ctx, query, w.args...)
	w.args = w.args[:0]
	return err
}

// placeholders are those of several rows.
func placeholders(rows, columns int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
	return strings.TrimSuffix(strings.Repeat(row+", ", rows), ", ")
}
