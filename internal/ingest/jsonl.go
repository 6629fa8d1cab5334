package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"nutgraph/internal/content"
)

// lines reads JSON Lines. A line that is refused does not stop it.
func (in *input) lines(yield func(Item) bool) {
	for number := 1; ; number++ {
		line, err := in.line()
		if err != nil && !errors.Is(err, errLongLine) {
			if !errors.Is(err, io.EOF) {
				yield(Item{Where: in.where(number), Err: in.readError(err)})
			}
			return
		}
		if err == nil && len(line) == 0 {
			continue
		}
		item := Item{Where: in.where(number)}
		if err != nil {
			item.Err = content.Errorf(content.Invalid, "%v", err)
		} else {
			item.Draft, item.Err = parseLine(line)
		}
		if !yield(checked(item)) {
			return
		}
	}
}

func (in *input) where(number int) string {
	return fmt.Sprintf("%s:%d", in.source, number)
}

var errLongLine = fmt.Errorf("the line is longer than %d MB; an article must fit into one", maxLine>>20)

// line returns the next line without the white space around it. It fails with
// errLongLine after a line beyond maxLine, which it reads past, and with
// io.EOF after the last one.
func (in *input) line() ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || len(line) == 0):
			return nil, err
		case len(line) > maxLine:
			return nil, errLongLine
		}
		return bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))), nil
	}
}

// parseLine reads one article. It returns every mistake it finds, not only the
// first, unless the line is no JSON object.
func parseLine(line []byte) (content.Draft, error) {
	var d content.Draft
	if !utf8.Valid(line) {
		return d, content.Errorf(content.Invalid, "is not UTF-8 (byte %d of the line); save the file as UTF-8", invalidByte(line))
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return d, content.Errorf(content.Invalid, "is not a JSON object; write one article a line, for example {\"title\": \"…\", \"body\": \"…\"}")
	}
	seen := map[string]bool{}
	var mistakes []error
	for dec.More() {
		key, value, err := nextField(dec)
		if err != nil {
			return d, err
		}
		if err := setField(&d, key, value, seen); err != nil {
			mistakes = append(mistakes, err)
		}
	}
	if err := closeObject(dec); err != nil {
		return d, err
	}
	if !seen["title"] {
		mistakes = append(mistakes, content.FieldErrorf("title", "is missing; every article has one"))
	}
	if !seen["body"] {
		mistakes = append(mistakes, content.FieldErrorf("body", "is missing; every article has one, even if it is empty"))
	}
	return d, errors.Join(mistakes...)
}

// invalidByte returns the place of the first byte that is not UTF-8, from 1.
func invalidByte(line []byte) int {
	for at := 0; at < len(line); {
		r, size := utf8.DecodeRune(line[at:])
		if r == utf8.RuneError && size == 1 {
			return at + 1
		}
		at += size
	}
	return len(line) + 1
}

func nextField(dec *json.Decoder) (key string, value json.RawMessage, err error) {
	token, err := dec.Token()
	if err != nil {
		return "", nil, syntaxError(dec, err)
	}
	key, _ = token.(string) // the decoder refuses keys of other types
	if err := dec.Decode(&value); err != nil {
		return "", nil, syntaxError(dec, err)
	}
	return key, value, nil
}

func closeObject(dec *json.Decoder) error {
	if _, err := dec.Token(); err != nil {
		return syntaxError(dec, err)
	}
	end := dec.InputOffset()
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return content.Errorf(content.Invalid, "goes on after the closing brace (byte %d of the line); write one article a line", end+1)
	}
	return nil
}

func syntaxError(dec *json.Decoder, err error) error {
	at := dec.InputOffset() + 1
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return content.Errorf(content.Invalid, "ends in the middle of the JSON object; is the line broken in two?")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = syntax.Offset
	}
	return content.Errorf(content.Invalid, "is not JSON (near byte %d of the line): %v", at, err)
}

func setField(d *content.Draft, key string, value json.RawMessage, seen map[string]bool) error {
	set, known := fields[key]
	switch {
	case !known:
		return unknownField(key)
	case seen[key]:
		return content.FieldErrorf(key, "stands twice in the line; keep one")
	}
	seen[key] = true
	if string(value) == "null" && key != "title" && key != "body" {
		return nil
	}
	return set(d, key, value)
}
