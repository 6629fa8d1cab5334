package related

import (
	"encoding/binary"
	"errors"
	"time"
)

// formatVersion leads the binary form of a profile.
const formatVersion = 1

// ErrFormat is what UnmarshalBinary returns for bytes that are not a profile
// of this version: analyse the article again.
var ErrFormat = errors.New("not a profile of this version")

// MarshalBinary returns the compact form of p, about 1.9 kilobytes. It never
// fails.
func (p *Profile) MarshalBinary() ([]byte, error) {
	b := make([]byte, 0, 256+len(p.words)+termSize*len(p.terms)+4*len(p.sketch))
	b = append(b, formatVersion)
	b = binary.AppendVarint(b, p.Key)
	b = appendString(b, p.Language)
	b = appendTime(b, p.PublishedAt)
	b = appendString(b, p.Section)
	b = appendStrings(b, p.Tags)
	b = appendStrings(b, p.Authors)
	b = binary.AppendUvarint(b, uint64(len(p.terms)))
	for _, t := range p.terms {
		b = binary.LittleEndian.AppendUint32(b, uint32(t.id))
		b = binary.LittleEndian.AppendUint16(b, t.end)
		b = append(b, t.count, byte(t.marks))
	}
	b = appendString(b, p.words)
	b = binary.AppendUvarint(b, uint64(len(p.sketch)))
	for _, h := range p.sketch {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return b, nil
}

// termSize is the bytes of one term.
const termSize = 8

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

// appendTime writes milliseconds after 1970, which is what the store keeps.
// A first byte tells a time from none.
func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, 0)
	}
	return binary.AppendVarint(append(b, 1), t.UnixMilli())
}

// UnmarshalBinary makes p the profile that the bytes came from, or returns
// ErrFormat and leaves p as it is. p does not refer to data afterwards.
func (p *Profile) UnmarshalBinary(data []byte) error {
	r := reader{rest: data}
	if r.byte() != formatVersion {
		return ErrFormat
	}
	q := Profile{
		Key:         r.varint(),
		Language:    r.string(),
		PublishedAt: r.time(),
		Section:     r.string(),
		Tags:        r.strings(),
		Authors:     r.strings(),
		terms:       r.terms(),
		words:       r.string(),
		sketch:      r.sketch(),
	}
	if r.failed || len(r.rest) > 0 || !q.sound() {
		return ErrFormat
	}
	*p = q
	return nil
}

// sound tells whether the terms and the sketch keep the order that comparing
// profiles relies on.
func (p *Profile) sound() bool {
	end := uint16(0)
	for i, t := range p.terms {
		if t.end < end || t.count == 0 || t.marks&^allMarks != 0 || i > 0 && p.terms[i-1].id >= t.id {
			return false
		}
		end = t.end
	}
	for i := 1; i < len(p.sketch); i++ {
		if p.sketch[i-1] >= p.sketch[i] {
			return false
		}
	}
	return int(end) == len(p.words)
}

// reader takes values off the front of bytes. After a failure every value is
// zero.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n uint64) []byte {
	if r.failed || n > uint64(len(r.rest)) {
		r.failed = true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if r.take(uint64(max(n, 0))); n <= 0 {
		r.failed = true
		return 0
	}
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.rest)
	if r.take(uint64(max(n, 0))); n <= 0 {
		r.failed = true
		return 0
	}
	return v
}

func (r *reader) string() string { return string(r.take(r.uvarint())) }

func (r *reader) strings() []string {
	n := r.uvarint()
	if n == 0 || n > uint64(len(r.rest)) {
		r.failed = r.failed || n > 0
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.string()
	}
	return list
}

func (r *reader) time() time.Time {
	if r.byte() == 0 {
		return time.Time{}
	}
	return time.UnixMilli(r.varint()).UTC()
}

func (r *reader) terms() []term {
	b := r.array(termSize)
	list := make([]term, len(b)/termSize)
	for i := range list {
		t := b[i*termSize:]
		list[i] = term{
			id:    TermID(binary.LittleEndian.Uint32(t)),
			end:   binary.LittleEndian.Uint16(t[4:]),
			count: t[6],
			marks: marks(t[7]),
		}
	}
	return list
}

func (r *reader) sketch() sketch {
	b := r.array(4)
	s := make(sketch, len(b)/4)
	for i := range s {
		s[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return s
}

// array takes a number and that many pieces of a size.
func (r *reader) array(size uint64) []byte {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.failed = true
		return nil
	}
	return r.take(n * size)
}
