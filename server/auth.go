package main

import (
	"errors"
	"net/http"

	"nutgraph/db"
	"nutgraph/graph"
	"nutgraph/internal/content"
)

// authenticated finds out who asks, by the header Authorization: Bearer TOKEN.
// A token that is not valid is refused, whatever is asked for: it is never
// taken for no token.
func authenticated(store *db.DB, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := r.Header.Get("Authorization")
		if header == "" {
			next.ServeHTTP(w, r)
			return
		}
		p, err := store.Authenticate(r.Context(), graph.Bearer(header))
		var refused *content.Error
		switch {
		case errors.As(err, &refused):
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			answer(w, http.StatusUnauthorized, map[string]any{"errors": []any{map[string]any{
				"message": refused.Message, "extensions": map[string]any{"code": refused.Code},
			}}})
		case err != nil:
			panic(err) // it is logged, and answered as an error of ours
		default:
			next.ServeHTTP(w, r.WithContext(content.WithPrincipal(r.Context(), p)))
		}
	})
}
