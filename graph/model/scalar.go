package model

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/text/language"

	"nutgraph/internal/content"
)

// MarshalDateTime writes a moment in UTC with three digits of milliseconds.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, t.UTC().Format(`"2006-01-02T15:04:05.000Z"`))
	})
}

// UnmarshalDateTime reads RFC 3339 with any offset and cuts it to milliseconds. In
// UTC the year has four digits and is not 0.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, wrongScalar("DateTime", v, `"2026-03-01T06:30:00.000Z"`)
	}
	t, err := time.Parse(time.RFC3339, s)
	// The parser takes more than the specification: a comma, and a day's offset.
	_, offset := t.Zone()
	year := t.UTC().Year()
	if err != nil || year < 1 || year > 9999 || max(offset, -offset) >= 24*60*60 || strings.Contains(s, ",") {
		return time.Time{}, wrongScalar("DateTime", v, `"2026-03-01T06:30:00.000Z"`)
	}
	return t.UTC().Truncate(time.Millisecond), nil
}

// MarshalURL writes an address.
func MarshalURL(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalURL reads an absolute http or https address.
func UnmarshalURL(v any) (string, error) {
	if s, ok := v.(string); ok && content.ValidURL(s) {
		return s, nil
	}
	return "", wrongScalar("URL", v, `"https://example.com/article"`)
}

// MarshalLocale writes a BCP 47 tag.
func MarshalLocale(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalLocale reads a BCP 47 tag.
func UnmarshalLocale(v any) (string, error) {
	if s, ok := v.(string); ok {
		if _, err := language.Parse(s); err == nil {
			return s, nil
		}
	}
	return "", wrongScalar("Locale", v, `"en"`)
}

func wrongScalar(name string, v any, example string) error {
	shown := fmt.Sprint(v)
	const most = 100
	return content.Errorf(content.Invalid, "%s is not a %s; write it like %s", strconv.Quote(shown[:min(len(shown), most)]), name, example)
}

// MarshalInt writes a number of 32 bits; a larger one is no Int, and an error.
func MarshalInt(n int) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		if n < math.MinInt32 || n > math.MaxInt32 {
			return fmt.Errorf("%d is not an Int of 32 bits", n)
		}
		_, err := io.WriteString(w, strconv.Itoa(n))
		return err
	})
}

// UnmarshalInt reads a number of 32 bits.
func UnmarshalInt(_ context.Context, v any) (int, error) {
	n, err := graphql.UnmarshalInt(v)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, wrongScalar("Int", v, "5")
	}
	return n, nil
}
