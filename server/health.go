package main

import (
	"encoding/json"
	"net/http"

	"nutgraph/db"
)

// alive answers as long as the process does.
func alive(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"status": "alive"})
}

// ready answers 200 when the archive can be read.
func ready(store *db.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := store.Ping(r.Context()); err != nil {
			answer(w, http.StatusServiceUnavailable, map[string]any{"status": "the archive does not answer"})
			return
		}
		answer(w, http.StatusOK, map[string]any{"status": "ready"})
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // nobody is left to tell
}
