package content_test

import (
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	cursor := content.Cursor{Order: "title+", Values: []any{"Harbour"}, ID: "7"}
	text := cursor.String()
	for name, tt := range map[string]struct {
		args content.PageArgs
		want content.Window
	}{
		"nothing":       {content.PageArgs{}, content.Window{Limit: content.DefaultPage}},
		"first":         {content.PageArgs{First: new(3)}, content.Window{Limit: 3}},
		"first none":    {content.PageArgs{First: new(0)}, content.Window{}},
		"first most":    {content.PageArgs{First: new(content.MaxPage)}, content.Window{Limit: content.MaxPage}},
		"last":          {content.PageArgs{Last: new(3)}, content.Window{Limit: 3, Backward: true}},
		"last none":     {content.PageArgs{Last: new(0)}, content.Window{Backward: true}},
		"after":         {content.PageArgs{After: &text}, content.Window{Limit: content.DefaultPage, After: &cursor}},
		"before":        {content.PageArgs{Last: new(1), Before: &text}, content.Window{Limit: 1, Backward: true, Before: &cursor}},
		"after, before": {content.PageArgs{First: new(1), After: &text, Before: &text}, content.Window{Limit: 1, After: &cursor, Before: &cursor}},
	} {
		got, err := tt.args.Window()
		if err != nil {
			t.Errorf("%s: Window() failed: %v", name, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: Window() (-want +got):\n%s", name, diff)
		}
	}
}

func TestWindowRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		args  content.PageArgs
		field string
	}{
		"both":          {content.PageArgs{First: new(1), Last: new(1)}, "last"},
		"negative":      {content.PageArgs{First: new(-1)}, "first"},
		"negative last": {content.PageArgs{Last: new(-1)}, "last"},
		"too many":      {content.PageArgs{First: new(content.MaxPage + 1)}, "first"},
		"too many last": {content.PageArgs{Last: new(content.MaxPage + 1)}, "last"},
		"after":         {content.PageArgs{After: new("x")}, "after"},
		"before":        {content.PageArgs{Before: new("")}, "before"},
	} {
		_, err := tt.args.Window()
		wantInvalid(t, name, err, tt.field)
	}
}

// wantInvalid checks that an error is the caller's, and names the field.
func wantInvalid(t *testing.T, what string, err error, field string) {
	t.Helper()
	var mistake *content.Error
	if !errors.As(err, &mistake) || mistake.Code != content.Invalid || mistake.Field != field || mistake.Message == "" {
		t.Errorf("%s: error %#v, want %s about %q", what, err, content.Invalid, field)
	}
}

func TestCursorRoundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range []content.Cursor{
		{Order: "published_at-", Values: []any{1.7e12}, ID: "1"},
		{Order: "title+word_count-", Values: []any{"<Été> & \"co\" \u2028 \x00 %", 12.0}, ID: "9007199254740993"},
		{Order: "relevance+", Values: []any{-0.1 - 1e-17, math.MaxFloat64, math.SmallestNonzeroFloat64}, ID: "1"},
		{Order: "slug+", Values: []any{nil}, ID: ""},
		{Order: "", Values: []any{}, ID: ""},
	} {
		text := c.String()
		w, err := content.PageArgs{After: &text}.Window()
		if err != nil {
			t.Errorf("the cursor %q of %+v was refused: %v", text, c, err)
			continue
		}
		if diff := cmp.Diff(&c, w.After); diff != "" {
			t.Errorf("the cursor %q came back different (-want +got):\n%s", text, diff)
		}
	}
}

// encode writes the text of a cursor with a version of our choice.
func encode(version byte, body string) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte{version}, body...))
}

func TestCursorRefused(t *testing.T) {
	t.Parallel()
	good := encode(1, `["title+",["a"],"7"]`)
	if _, err := (content.PageArgs{After: &good}).Window(); err != nil {
		t.Fatalf("the cursor that the others are made from was refused: %v", err)
	}
	for name, text := range map[string]string{
		"empty":            "",
		"not base64":       "!!!",
		"padded":           base64.URLEncoding.EncodeToString([]byte("\x01[\"title+\",[\"ab\"],\"7\"]")),
		"line break":       good[:4] + "\n" + good[4:],
		"blank":            good + " ",
		"version 0":        encode(0, `["title+",["a"],"7"]`),
		"version 2":        encode(2, `["title+",["a"],"7"]`),
		"version alone":    encode(1, ``),
		"not JSON":         encode(1, `title`),
		"null":             encode(1, `null`),
		"an object":        encode(1, `{"order":"title+"}`),
		"too short":        encode(1, `["title+",["a"]]`),
		"too long":         encode(1, `["title+",["a"],"7","8"]`),
		"number as id":     encode(1, `["title+",["a"],7]`),
		"number as order":  encode(1, `[1,["a"],"7"]`),
		"value for list":   encode(1, `["title+","a","7"]`),
		"boolean value":    encode(1, `["title+",[true],"7"]`),
		"nested value":     encode(1, `["title+",[["a"]],"7"]`),
		"object value":     encode(1, `["title+",[{}],"7"]`),
		"white space":      encode(1, `["title+", ["a"],"7"]`),
		"other escape":     encode(1, `["title+",["\u0061"],"7"]`),
		"other number":     encode(1, `["title+",[1.0],"7"]`),
		"huge number":      encode(1, `["title+",[1e999],"7"]`),
		"trailing":         encode(1, `["title+",["a"],"7"] `),
		"something before": "A" + good,
	} {
		for _, args := range []struct {
			field string
			page  content.PageArgs
		}{
			{"after", content.PageArgs{After: &text}},
			{"before", content.PageArgs{Before: &text}},
		} {
			_, err := args.page.Window()
			wantInvalid(t, name, err, args.field)
		}
	}
}

// FuzzCursor feeds the parser with what clients may send: it is refused as
// their mistake, or it is the one text of what it means.
func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add("AVsidGl0bGUrIixbImEiXSwiNyJd")
	f.Add(content.Cursor{Order: "published_at-title+", Values: []any{1.5, "é", nil}, ID: "1"}.String())
	f.Add(encode(1, `["",null,""]`))
	f.Add(encode(1, `["\ud800",[],""]`))
	f.Add(encode(1, strings.Repeat("[", 20000)))
	f.Fuzz(func(t *testing.T, text string) {
		w, err := content.PageArgs{Before: &text}.Window()
		if err != nil {
			wantInvalid(t, text, err, "before")
			return
		}
		if got := w.Before.String(); got != text {
			t.Errorf("the cursor %q was read as %+v, which is written %q", text, *w.Before, got)
		}
	})
}

func TestPageNodes(t *testing.T) {
	t.Parallel()
	p := content.Page[int]{Edges: []content.Edge[int]{{Node: 2}, {Node: 1}}}
	if diff := cmp.Diff([]int{2, 1}, p.Nodes()); diff != "" {
		t.Errorf("Nodes() (-want +got):\n%s", diff)
	}
}
