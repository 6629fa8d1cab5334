package graph

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"nutgraph/internal/content"
)

// Codes of errors that no rule of the domain makes. The engine itself says
// GRAPHQL_PARSE_FAILED.
const (
	codeInvalidQuery    = "GRAPHQL_VALIDATION_FAILED"
	codeInternal        = "INTERNAL_SERVER_ERROR"
	codeCostLimit       = "COST_LIMIT_EXCEEDED"
	codeBadRequest      = "BAD_REQUEST"
	codeRateLimited     = "RATE_LIMITED"
	codeUnauthenticated = "UNAUTHENTICATED"
	codeForbidden       = "FORBIDDEN"
)

// longestMessage bounds the message of an error, in bytes.
const longestMessage = 1000

// presenter is the one place where errors become part of an answer. Errors
// meant for the caller keep their words; the engine's own get the codes that
// clients expect; everything else is logged and hidden.
func presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := graphql.DefaultErrorPresenter(ctx, err)
		var ours *content.Error
		switch {
		case errors.As(err, &ours):
			shown.Message = ours.Error()
			setCode(shown, string(ours.Code))
		case shown.Extensions["code"] == codeInvalidQuery && len(shown.Path) > 1: // the engine's way to name a variable
			shown.Message, shown.Path = "$"+shown.Path[1:].String()+": "+shown.Message, nil
			setCode(shown, string(content.Invalid))
		case shown.Err == nil, shown.Extensions["code"] != nil: // the engine's own
			if shown.Extensions["code"] == nil {
				setCode(shown, string(content.Invalid))
			}
		case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
			shown.Message = "the operation took too long and was stopped; ask for less at once"
			setCode(shown, codeCostLimit)
		default:
			log.LogAttrs(ctx, slog.LevelError, "internal error", slog.String("path", shown.Path.String()), slog.Any("error", err))
			shown.Message = "internal error"
			setCode(shown, codeInternal)
		}
		if len(shown.Message) > longestMessage { // it repeats what was sent
			shown.Message = strings.ToValidUTF8(shown.Message[:longestMessage], "") + "…"
		}
		if id := RequestOf(ctx).ID; id != "" {
			shown.Extensions["requestId"] = id
		}
		return shown
	}
}

func setCode(err *gqlerror.Error, code string) {
	if err.Extensions == nil {
		err.Extensions = map[string]any{}
	}
	err.Extensions["code"] = code
}

// recovered logs a panic of a resolver and hides it.
func recovered(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, cause any) error {
		log.LogAttrs(ctx, slog.LevelError, "panic", slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
		err := gqlerror.Errorf("internal error")
		setCode(err, codeInternal)
		return err
	}
}
