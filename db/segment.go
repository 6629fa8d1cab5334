package db

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"nutgraph/internal/content"
)

// Segment is a part of the full-text index, as internal/index packs it.
type Segment struct {
	Keys      []int64 // of the articles in it, sorted
	Languages []string
	Blocks    []SearchBlock
	Docs      []byte
	Positions []byte
}

// SearchBlock is a part of the dictionary of a segment, under its first term.
type SearchBlock struct {
	First string
	Data  []byte
}

// SegmentInfo is what is known of a segment without reading it.
type SegmentInfo struct {
	ID        int64
	Articles  int
	Size      int // bytes
	Languages []string
	Dead      []int64 // keys, sorted
}

// Stream is one of the streams of bytes of a segment.
type Stream int

// The streams of a segment.
const (
	Docs Stream = iota
	Positions
)

// ErrSegmentGone says that segments have been merged since they were listed.
var ErrSegmentGone = errors.New("a segment has been merged meanwhile")

// Segments lists all segments, oldest first.
func (db *DB) Segments(ctx context.Context) ([]SegmentInfo, error) {
	return collect(ctx, db, `SELECT id, articles, size, languages, dead FROM search_segment ORDER BY id`, nil, scanSegment)
}

// Hidden lists the keys, sorted, of articles that stand in the full-text index
// though readers may not see them: withdrawn ones, and those whose time has not
// come or is over. Others that readers may not see do not stand in it.
func (db *DB) Hidden(ctx context.Context) ([]int64, error) {
	return collect(ctx, db, `
		SELECT article_key FROM search_article
		WHERE article_key IN (
			SELECT article_key FROM search_gone
			UNION ALL
			SELECT key FROM article WHERE status = 'PUBLISHED' AND published_at > $1
			UNION ALL
			SELECT key FROM article WHERE unpublish_at <= $1)
		ORDER BY article_key`, []any{db.now().UnixMilli()}, scanValue[int64])
}

func scanSegment(scan scanner) (s SegmentInfo, err error) {
	var languages jsonList
	var dead []byte
	if err := scan(&s.ID, &s.Articles, &s.Size, &languages, &dead); err != nil {
		return s, err
	}
	s.Languages, s.Dead = languages, unpackKeys(dead)
	return s, nil
}

func packKeys(keys []int64) []byte {
	packed := make([]byte, 0, 2*len(keys))
	last := int64(0)
	for _, key := range keys {
		packed = binary.AppendUvarint(packed, uint64(key-last))
		last = key
	}
	return packed
}

func unpackKeys(packed []byte) []int64 {
	var keys []int64
	last := int64(0)
	for len(packed) > 0 {
		delta, size := binary.Uvarint(packed)
		if size <= 0 {
			break
		}
		last += int64(delta)
		keys = append(keys, last)
		packed = packed[size:]
	}
	return keys
}

// TermOfSegment is a term that is looked up in a segment.
type TermOfSegment struct {
	Segment int64
	Term    string
}

// TermBlocks reads the blocks in which terms stand, if they do, in the order
// they are asked for; nil where there is no such segment any more.
func (db *DB) TermBlocks(ctx context.Context, terms []TermOfSegment) ([][]byte, error) {
	blocks := make([][]byte, len(terms))
	s := &statement{}
	_, err := collect(ctx, db, `
		SELECT t.key, (
			SELECT b.data FROM search_block b
			WHERE b.segment_id = t.value ->> 'Segment' AND b.first <= t.value ->> 'Term'
			ORDER BY b.first DESC
			LIMIT 1)
		FROM json_each(`+s.arg(toJSON(terms))+`) t`, s.args, func(scan scanner) (none struct{}, err error) {
		var place int
		var data []byte
		err = scan(&place, &data)
		blocks[place] = data
		return none, err
	})
	return blocks, err
}

// BlocksBetween reads the blocks of a segment's dictionary in which terms from
// one up to another, exclusive, can stand, in their order, up to a limit.
func (db *DB) BlocksBetween(ctx context.Context, segment int64, from, to string, limit int) ([][]byte, error) {
	return collect(ctx, db, `
		SELECT data
		FROM search_block
		WHERE segment_id = $1 AND first < $2 AND first >= (
			SELECT MAX(first) FROM search_block WHERE segment_id = $1 AND first <= $3)
		ORDER BY first
		LIMIT $4`, []any{segment, to, from, limit}, scanValue[[]byte])
}

// A chunk holds what fits into a leaf of a table of SQLite. Its key is made of
// the segment, the stream and its number.
const (
	chunkSize  = 4000
	chunkBits  = 24
	streamBits = 1
)

func chunkKey(segment int64, stream Stream, number int) int64 {
	return (segment<<streamBits|int64(stream))<<chunkBits | int64(number)
}

// Extent is a part of a stream of a segment, in bytes.
type Extent struct {
	Segment    int64
	Stream     Stream
	Start, End int
}

// Extents reads parts of streams, in one statement. ErrSegmentGone when there
// is one that is no more.
func (db *DB) Extents(ctx context.Context, extents []Extent) ([][]byte, error) {
	chunks := map[int64][]byte{}
	for _, e := range extents {
		for number := e.Start / chunkSize; number*chunkSize < e.End; number++ {
			chunks[chunkKey(e.Segment, e.Stream, number)] = nil
		}
	}
	keys := make([]int64, 0, len(chunks))
	for key := range chunks {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	s := &statement{}
	_, err := collect(ctx, db, `SELECT key, data FROM search_chunk WHERE key IN `+list(s, keys), s.args, func(scan scanner) (none struct{}, err error) {
		var key int64
		var data []byte
		err = scan(&key, &data)
		chunks[key] = data
		return none, err
	})
	if err != nil {
		return nil, err
	}
	parts := make([][]byte, len(extents))
	for i, e := range extents {
		if parts[i], err = e.cut(chunks); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// cut joins the pieces of an extent.
func (e Extent) cut(chunks map[int64][]byte) ([]byte, error) {
	part := make([]byte, 0, e.End-e.Start)
	for at := e.Start; at < e.End; {
		data := chunks[chunkKey(e.Segment, e.Stream, at/chunkSize)]
		within := at % chunkSize
		end := min(chunkSize, within+e.End-at)
		if end > len(data) {
			return nil, ErrSegmentGone
		}
		part = append(part, data[within:end]...)
		at += end - within
	}
	return part, nil
}

// Segment reads the whole of a segment. Its keys are all it was made with.
func (db *DB) Segment(ctx context.Context, info SegmentInfo) (Segment, error) {
	s := Segment{Languages: info.Languages}
	packed, err := one(ctx, db, `SELECT keys FROM search_segment WHERE id = $1`, []any{info.ID}, scanValue[[]byte])
	if errors.Is(err, errNone) {
		return s, ErrSegmentGone
	} else if err != nil {
		return s, err
	}
	s.Keys = unpackKeys(packed)
	s.Blocks, err = collect(ctx, db, `SELECT first, data FROM search_block WHERE segment_id = $1 ORDER BY first`, []any{info.ID},
		func(scan scanner) (b SearchBlock, err error) { return b, scan(&b.First, &b.Data) })
	if err != nil {
		return s, err
	}
	if s.Docs, err = db.stream(ctx, info.ID, Docs); err != nil {
		return s, err
	}
	s.Positions, err = db.stream(ctx, info.ID, Positions)
	return s, err
}

func (db *DB) stream(ctx context.Context, segment int64, stream Stream) ([]byte, error) {
	chunks, err := collect(ctx, db, `SELECT data FROM search_chunk WHERE key BETWEEN $1 AND $2 ORDER BY key`,
		[]any{chunkKey(segment, stream, 0), chunkKey(segment, stream, 1<<chunkBits-1)}, scanValue[[]byte])
	return slices.Concat(chunks...), err
}

// insertSegment writes a segment of which some articles are dead already, and
// that the others stand in it now.
func insertSegment(ctx context.Context, tx *txn, s *Segment, dead []int64) error {
	var id int64
	size := len(s.Docs) + len(s.Positions)
	for _, b := range s.Blocks {
		size += len(b.Data)
	}
	err := tx.row(ctx, `INSERT INTO search_segment (articles, size, languages, dead, keys) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
		[]any{len(s.Keys), size, toJSON(s.Languages), packKeys(dead), packKeys(s.Keys)}, &id)
	if err != nil {
		return err
	}
	for _, b := range s.Blocks {
		if err := tx.exec(ctx, `INSERT INTO search_block (segment_id, first, data) VALUES ($1, $2, $3)`, id, b.First, b.Data); err != nil {
			return err
		}
	}
	for stream, data := range map[Stream][]byte{Docs: s.Docs, Positions: s.Positions} {
		number := 0
		for chunk := range slices.Chunk(data, chunkSize) {
			if err := tx.exec(ctx, `INSERT INTO search_chunk (key, data) VALUES ($1, $2)`, chunkKey(id, stream, number), chunk); err != nil {
				return err
			}
			number++
		}
	}
	return tx.exec(ctx, `
		INSERT INTO search_article (article_key, segment_id)
		SELECT value, $1 FROM json_each($2) WHERE TRUE
		ON CONFLICT (article_key) DO UPDATE SET segment_id = excluded.segment_id`, id, toJSON(without(s.Keys, dead)))
}

// without returns what is in one sorted list and not in another.
func without(all, some []int64) []int64 {
	rest := make([]int64, 0, len(all))
	for _, key := range all {
		if _, found := slices.BinarySearch(some, key); !found {
			rest = append(rest, key)
		}
	}
	return rest
}

// removeFromIndex marks articles as dead where they stand, if they do.
func removeFromIndex(ctx context.Context, tx *txn, keys []int64) error {
	dead := map[int64][]int64{}
	err := tx.rows(ctx, `
		DELETE FROM search_article WHERE article_key IN (SELECT value FROM json_each($1))
		RETURNING segment_id, article_key`, []any{toJSON(keys)}, func(scan scanner) error {
		var segment, article int64
		err := scan(&segment, &article)
		dead[segment] = append(dead[segment], article)
		return err
	})
	if err != nil {
		return err
	}
	for segment, articles := range dead {
		if err := bury(ctx, tx, segment, articles); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `DELETE FROM search_gone WHERE article_key IN (SELECT value FROM json_each($1))`, toJSON(keys))
}

// bury adds articles to the dead of a segment.
func bury(ctx context.Context, tx *txn, segment int64, articles []int64) error {
	var packed []byte
	if err := tx.row(ctx, `SELECT dead FROM search_segment WHERE id = $1`, []any{segment}, &packed); err != nil {
		return err
	}
	dead := append(unpackKeys(packed), articles...)
	slices.Sort(dead)
	return tx.exec(ctx, `UPDATE search_segment SET dead = $1 WHERE id = $2`, packKeys(slices.Compact(dead)), segment)
}

// RemoveDeleted takes articles that are no more out of the index.
func (db *DB) RemoveDeleted(ctx context.Context) error {
	deleted, err := collect(ctx, db, `
		SELECT g.article_key FROM search_gone g WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.key = g.article_key)`, nil, scanValue[int64])
	if err != nil || len(deleted) == 0 {
		return err
	}
	return db.tx(ctx, func(tx *txn) error { return removeFromIndex(ctx, tx, deleted) })
}

// ReplaceSegments puts one segment, made of others as they were read, in their
// place. When one of them has changed meanwhile nothing is written and
// ErrSegmentGone is returned. A segment without articles is left out.
func (db *DB) ReplaceSegments(ctx context.Context, old []SegmentInfo, merged Segment) error {
	return db.tx(ctx, func(tx *txn) error {
		for _, s := range old {
			var packed []byte
			if err := tx.row(ctx, `SELECT dead FROM search_segment WHERE id = $1`, []any{s.ID}, &packed); errors.Is(err, errNone) {
				return ErrSegmentGone
			} else if err != nil {
				return err
			}
			if !slices.Equal(unpackKeys(packed), s.Dead) {
				return ErrSegmentGone
			}
		}
		if len(merged.Keys) > 0 {
			if err := insertSegment(ctx, tx, &merged, nil); err != nil {
				return fmt.Errorf("write a segment: %w", err)
			}
		}
		for _, s := range old {
			if err := deleteSegment(ctx, tx, s.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func deleteSegment(ctx context.Context, tx *txn, id int64) error {
	if err := tx.exec(ctx, `DELETE FROM search_block WHERE segment_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM search_chunk WHERE key BETWEEN $1 AND $2`, chunkKey(id, Docs, 0), chunkKey(id+1, Docs, 0)-1); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM search_segment WHERE id = $1`, id)
}

// ArticlesByKey reads articles that readers may see, by key.
func (db *DB) ArticlesByKey(ctx context.Context, keys []int64) (map[int64]content.Article, error) {
	s := &statement{}
	return collectMap(ctx, db, "SELECT a.key, "+articleColumns+" FROM article a WHERE a.key IN "+list(s, keys)+" AND "+s.visible(db.now()), s.args,
		func(scan scanner) (key int64, a content.Article, err error) {
			a, err = db.scanArticle(func(dest ...any) error { return scan(append([]any{&key}, dest...)...) })
			return key, a, err
		})
}
