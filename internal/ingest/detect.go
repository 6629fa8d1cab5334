package ingest

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

// detect tells the format from the first bytes, and from the name only where
// the content leaves it open: any text may be Markdown.
func (in *input) detect() (Format, error) {
	head, err := in.Peek(peekSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", in.readError(err)
	}
	format, reason := formatOf(head, in.name)
	if reason != "" {
		return "", sourceErrorf(in.source, nil, "%s", reason)
	}
	return format, nil
}

// formatOf returns the format of a document that begins with head, or the
// reason why it has none.
func formatOf(head []byte, name string) (format Format, reason string) {
	if wideMark(head) != "" {
		return Feed, ""
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(text) == 0:
		return "", "is empty; there is nothing to import"
	case hasFrontMatter(text), isMarkdownName(name):
		return MarkdownFolder, ""
	case text[0] == '<':
		return Feed, ""
	case text[0] == '{' && isJSONFeed(text):
		return Feed, ""
	case text[0] == '{':
		return JSONLines, ""
	case text[0] == '[':
		return "", "is one JSON list; write one article a line instead (JSON Lines)"
	case bytes.HasPrefix(text, []byte("PK\x03\x04")), len(head) > 262 && string(head[257:262]) == "ustar":
		return "", "is an archive of files; unpack it and name the folder"
	}
	return "", "its format cannot be told; " + formatHint
}

// isJSONFeed tells a JSON Feed, one object that is often spread over many
// lines, from JSON Lines.
func isJSONFeed(text []byte) bool {
	first, _, more := bytes.Cut(text, []byte("\n"))
	return bytes.Contains(text, []byte("jsonfeed.org/version")) ||
		more && len(bytes.TrimSpace(first)) < 3
}

func hasFrontMatter(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	switch strings.TrimRight(string(line), " \t\r") {
	case "---", "+++":
		return true
	}
	return false
}

func isMarkdownName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown", ".mdx":
		return true
	}
	return false
}
