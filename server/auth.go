package main

import (
	"errors"
	"net/http"
	"strings"

	"nutgraph/db"
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
		p, err := store.Authenticate(r.Context(), bearer(header))
		var refused *content.Error
		switch {
		case errors.As(err, &refused):
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			refuseAs(w, http.StatusUnauthorized, string(refused.Code), refused.Message)
		case err != nil:
			panic(err) // it is logged, and answered as an error of ours
		default:
			next.ServeHTTP(w, r.WithContext(content.WithPrincipal(r.Context(), p)))
		}
	})
}

// bearer is the token in a header; what is no bearer's is no token.
func bearer(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
