package ingest

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"
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
	label := wideMark(data)
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

// wideMark returns the encoding that the first bytes show, as those of UTF-16
// and UTF-32 do, with a byte order mark or without.
func wideMark(head []byte) string {
	for _, mark := range wideMarks {
		if bytes.HasPrefix(head, []byte(mark.bytes)) {
			return mark.name
		}
	}
	return ""
}

var wideMarks = []struct{ bytes, name string }{
	{"\xff\xfe\x00\x00", "utf-32le"},
	{"<\x00\x00\x00", "utf-32le"},
	{"\x00\x00\xfe\xff", "utf-32be"},
	{"\x00\x00\x00<", "utf-32be"},
	{"\xff\xfe", "utf-16le"},
	{"<\x00", "utf-16le"},
	{"\xfe\xff", "utf-16be"},
	{"\x00<", "utf-16be"},
}

// lookup finds an encoding by name; the standard table of the web has no
// UTF-32.
func lookup(label string) (encoding.Encoding, string) {
	switch label {
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), label
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM), label
	}
	return charset.Lookup(label)
}

func decode(data []byte, label string) []byte {
	coding, name := lookup(label)
	wide := strings.HasPrefix(name, "utf-16") && wideMark(data) == "" // says so, and plainly is not
	if coding == nil || name == "utf-8" || name == "replacement" || wide {
		if utf8.Valid(data) {
			return data
		}
		coding = charmap.Windows1252
	}
	decoded, err := coding.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return decoded
}
