package content

import (
	"errors"
	"fmt"
)

// Code says, for machines, what kind of mistake an Error reports. Its text is
// what the API puts into extensions.code.
type Code string

// The closed set of codes.
const (
	Invalid         Code = "BAD_USER_INPUT"
	NotFound        Code = "NOT_FOUND"
	Conflict        Code = "CONFLICT"
	Unauthenticated Code = "UNAUTHENTICATED"
	Forbidden       Code = "FORBIDDEN"
	RateLimited     Code = "RATE_LIMITED"
)

// Error is an error meant for the caller: safe to show, in words that say what
// to do. Everything else that goes wrong is ours, and is hidden from callers.
type Error struct {
	Code    Code
	Field   string // the input field at fault in the caller's spelling, or ""
	Message string

	Revision int // in a conflict of revisions, the one there is now; else 0
}

// Error returns the message, led by the field when there is one.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

// Errorf returns an Error about no field in particular.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// RevisionConflict is the error of a change that was made from another revision
// than the present one.
func RevisionConflict(current int) *Error {
	e := Errorf(Conflict, "somebody else has changed it; it is at revision %d now: read that, and make your change to it", current)
	e.Field, e.Revision = "expectedRevision", current
	return e
}

// IsRevisionConflict tells whether an error is one of RevisionConflict.
func IsRevisionConflict(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Revision != 0
}

// IsNotFound tells whether an error says that something is not there.
func IsNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Code == NotFound
}

// FieldErrorf returns an Invalid error about one field of the input.
func FieldErrorf(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}
