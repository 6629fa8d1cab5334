package main

import (
	"io"
	"net/http"
	"os"

	"nutgraph/graph"
)

// schemaCommand prints the schema.
type schemaCommand struct{}

// Run prints it.
func (*schemaCommand) Run() error {
	_, err := io.WriteString(os.Stdout, graph.Schema())
	return err
}

// schema serves it.
func schema(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, graph.Schema()) // nobody is left to tell
}
