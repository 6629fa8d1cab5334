package model_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"nutgraph/graph/model"
)

func TestDateTime(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2026-03-01T06:30:00.000Z":       "2026-03-01T06:30:00.000Z",
		"2026-03-01T06:30:00Z":           "2026-03-01T06:30:00.000Z",
		"2026-03-01T06:30:00.5Z":         "2026-03-01T06:30:00.500Z",
		"2026-03-01T06:30:00.123456789Z": "2026-03-01T06:30:00.123Z",
		"2026-03-01T06:30:00.9999Z":      "2026-03-01T06:30:00.999Z",
		"2026-03-01T06:30:00+02:00":      "2026-03-01T04:30:00.000Z",
		"2026-03-01T00:30:00+14:00":      "2026-02-28T10:30:00.000Z",
		"2024-02-29T23:59:59.999-00:30":  "2024-03-01T00:29:59.999Z",
		"2000-02-29T00:00:00Z":           "2000-02-29T00:00:00.000Z",
		"1969-12-31T23:59:59.999Z":       "1969-12-31T23:59:59.999Z",
		"0001-01-01T00:00:00Z":           "0001-01-01T00:00:00.000Z",
		"9999-12-31T23:59:59.999Z":       "9999-12-31T23:59:59.999Z",
		"2026-03-01t06:30:00z":           "",
		"2026-03-01 06:30:00Z":           "",
		"2026-03-01T06:30:00":            "",
		"2026-03-01":                     "",
		"2026-02-29T00:00:00Z":           "",
		"1900-02-29T00:00:00Z":           "",
		"2026-13-01T00:00:00Z":           "",
		"2026-03-01T24:00:00Z":           "",
		"2026-03-01T06:60:00Z":           "",
		"2026-03-01T06:30:60Z":           "",
		"2026-03-01T06:30:00+24:00":      "",
		"2026-03-01T06:30:00+02":         "",
		"2026-03-01T06:30:00,5Z":         "",
		"2026-3-1T06:30:00Z":             "",
		"10000-01-01T00:00:00Z":          "",
		"-0001-01-01T00:00:00Z":          "",
		"9999-12-31T23:59:59-01:00":      "",
		"0001-01-01T00:00:00+01:00":      "",
		"0000-01-01T00:00:00Z":           "",
		"":                               "",
		"yesterday":                      "",
		"1772346600":                     "",
		"2026-03-01T06:30:00.000Z\u0000": "",
		" 2026-03-01T06:30:00.000Z":      "",
		"２０２６-03-01T06:30:00.000Z":       "",
	} {
		got := ""
		if moment, err := model.UnmarshalDateTime(in); err == nil {
			got = written(t, model.MarshalDateTime(moment))
		}
		if got != want {
			t.Errorf("DateTime %q is read as %q, want %q", in, got, want)
		}
	}
	for _, v := range []any{5, 1.5, true, nil, json.Number("5"), []any{}, map[string]any{}, time.Now()} {
		if got, err := model.UnmarshalDateTime(v); err == nil {
			t.Errorf("DateTime %v is read as %v, want an error", v, got)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"https://example.com":             true,
		"http://example.com:8080/a?b=c#d": true,
		"https://user@example.com/":       false,
		"https://münchen.example/straße":  true,
		"https://[2001:db8::1]/":          true,
		"HTTPS://EXAMPLE.COM/":            true,
		"":                                false,
		"/a":                              false,
		"//example.com":                   false,
		"example.com":                     false,
		"https://":                        false,
		"https:///a":                      false,
		"ftp://example.com":               false,
		"javascript:alert(1)":             false,
		"data:text/html,x":                false,
		"https://example.com/\n":          false,
		"https://exa mple.com/":           false,
		"https://example.com:port/":       false,
		" https://example.com":            false,
	} {
		if _, err := model.UnmarshalURL(in); (err == nil) != want {
			t.Errorf("URL %q is read with error %v, want valid = %v", in, err, want)
		}
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"en": true, "pt-BR": true, "zh-Hant-TW": true, "de-CH-1901": true, "sr-Latn": true, "und": true, "x-klingon": true, "EN-gb": true,
		"": false, "e": false, "english please": false, "en_US.UTF-8": false, "en-": false, "123": false, "xx-12345678901": false,
	} {
		if _, err := model.UnmarshalLocale(in); (err == nil) != want {
			t.Errorf("Locale %q is read with error %v, want valid = %v", in, err, want)
		}
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, -1, math.MaxInt32, math.MinInt32} {
		var b bytes.Buffer
		if err := model.MarshalInt(n).MarshalGQLContext(context.Background(), &b); err != nil {
			t.Errorf("Int %d is not written: %v", n, err)
		}
		back, err := model.UnmarshalInt(context.Background(), json.Number(b.String()))
		if err != nil || back != n {
			t.Errorf("Int %d is read back as %d (%v)", n, back, err)
		}
	}
	for _, n := range []int{math.MaxInt32 + 1, math.MinInt32 - 1, math.MaxInt64} {
		if err := model.MarshalInt(n).MarshalGQLContext(context.Background(), &bytes.Buffer{}); err == nil {
			t.Errorf("Int %d is written, want an error", n)
		}
		if got, err := model.UnmarshalInt(context.Background(), int64(n)); err == nil {
			t.Errorf("Int %d is read as %d, want an error", n, got)
		}
	}
}

// written is the text of a scalar.
func written(t *testing.T, m graphql.Marshaler) string {
	t.Helper()
	var b bytes.Buffer
	m.MarshalGQL(&b)
	var s string
	if err := json.Unmarshal(b.Bytes(), &s); err != nil {
		t.Errorf("%s is no JSON text: %v", &b, err)
	}
	return s
}
