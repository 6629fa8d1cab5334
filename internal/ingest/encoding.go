package ingest

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// declaration is the XML declaration with the encoding that it names.
// rootStart is the start tag of a feed.
var rootStart = regexp.MustCompile(`<(?i:[a-z][\w.-]*:)?(?i:rss|rdf|feed)[\s>]`)

var declaration = regexp.MustCompile(`^\s*<\?xml\b[^>]{0,200}?(?:\bencoding\s*=\s*["']([^"']{1,40})["'][^>]{0,200}?)?\?>`)

// toUTF8 decodes a feed and takes away its XML declaration, which is then no
// longer true. It believes the byte order mark, then the declaration, then the
// server; a feed that claims UTF-8 and is not, is read as Windows-1252, which
// is what it usually is.
func toUTF8(data []byte, served string) []byte {
	label := utf16Mark(data)
	if label == "" && bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		label, data = "utf-8", data[3:]
	}
	if m := declaration.FindSubmatch(data); label == "" && m != nil {
		label = string(m[1])
	}
	if label == "" {
		label = served
	}
	data = decode(data, label)
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if m := declaration.FindIndex(data); m != nil {
		data = data[m[1]:]
	}
	return data
}

// utf16Mark returns the encoding that the first bytes show, as those of UTF-16
// do, with a byte order mark or without.
func utf16Mark(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{'<', 0}):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0, '<'}):
		return "utf-16be"
	}
	return ""
}

func decode(data []byte, label string) []byte {
	encoding, name := charset.Lookup(label)
	wide := strings.HasPrefix(name, "utf-16") && utf16Mark(data) == "" // says so, and plainly is not
	if encoding == nil || name == "utf-8" || name == "replacement" || wide {
		if utf8.Valid(data) {
			return data
		}
		encoding, _ = charset.Lookup("windows-1252")
	}
	decoded, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return decoded
}
