package db

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
)

// scanner reads the columns of one row.
type scanner func(dest ...any) error

// row scans the row that was read last.
func (r *reader) row(dest ...any) error {
	if len(dest) != len(r.values) {
		return fmt.Errorf("scan %d columns into %d variables", len(r.values), len(dest))
	}
	for i, d := range dest {
		if err := assign(d, r.values[i]); err != nil {
			return fmt.Errorf("scan column %d: %w", i, err)
		}
	}
	return nil
}

// assign stores a value as SQLite has it: an integer, a number, a text, bytes
// or nothing. The kinds that columns mostly have go without reflection.
func assign(dest any, v driver.Value) error {
	switch d := dest.(type) {
	case *string:
		if s, ok := v.(string); ok {
			*d = s
			return nil
		}
	case **string:
		switch s := v.(type) {
		case string:
			*d = &s
			return nil
		case nil:
			*d = nil
			return nil
		}
	case *int64:
		if n, ok := v.(int64); ok {
			*d = n
			return nil
		}
	case *float64:
		if f, ok := v.(float64); ok {
			*d = f
			return nil
		}
	case **int64:
		if n, ok := v.(int64); ok {
			*d = &n
			return nil
		}
	case *bool:
		if n, ok := v.(int64); ok {
			*d = n != 0
			return nil
		}
	case *[]byte:
		if s, ok := v.(string); ok {
			*d = []byte(s)
			return nil
		}
	case *any:
		*d = v
		return nil
	case sql.Scanner:
		return d.Scan(v)
	}
	return reflected(reflect.ValueOf(dest).Elem(), v)
}

func reflected(dest reflect.Value, v driver.Value) error {
	switch {
	case v == nil && (dest.Kind() == reflect.Pointer || dest.Kind() == reflect.Slice):
		dest.SetZero()
		return nil
	case v == nil:
	case dest.Kind() == reflect.Pointer:
		dest.Set(reflect.New(dest.Type().Elem()))
		return reflected(dest.Elem(), v)
	case dest.Kind() == reflect.Bool:
		if n, ok := v.(int64); ok {
			dest.SetBool(n != 0)
			return nil
		}
	default:
		if from := reflect.ValueOf(v); sameSort(from.Kind(), dest.Kind()) && from.CanConvert(dest.Type()) {
			dest.Set(from.Convert(dest.Type()))
			return nil
		}
	}
	return fmt.Errorf("a %T does not go into a %s", v, dest.Type())
}

// sameSort tells whether a value of one kind may become one of another: an
// integer must not turn into a letter, nor a fraction lose its rest.
func sameSort(from, to reflect.Kind) bool {
	number := func(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Uint64 }
	return from == to || number(from) && (number(to) || to == reflect.Float64)
}
