package reader

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"strings"
)

//go:embed document/*.graphql
var documents embed.FS

// archive asks the GraphQL handler.
type archive struct {
	graphql   http.Handler
	documents map[string]string // by the name of the file
}

func newArchive(graphql http.Handler) *archive {
	a := &archive{graphql: graphql, documents: map[string]string{}}
	files, err := documents.ReadDir("document")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	for _, file := range files {
		text, err := documents.ReadFile(path.Join("document", file.Name()))
		if err != nil {
			panic(err) // so is the file
		}
		a.documents[strings.TrimSuffix(file.Name(), ".graphql")] = string(text)
	}
	fragments := a.documents["fragments"]
	delete(a.documents, "fragments")
	for name, text := range a.documents {
		a.documents[name] = withFragments(text, fragments)
	}
	return a
}

var (
	fragment = regexp.MustCompile(`(?ms)^fragment (\w+) .*?^}\n`)
	spread   = regexp.MustCompile(`\.\.\.(\w+)`)
)

// withFragments adds the fragments that a document spreads; one that it does
// not would make it invalid.
func withFragments(text, fragments string) string {
	used := map[string]bool{}
	for _, match := range spread.FindAllStringSubmatch(text, -1) {
		used[match[1]] = true
	}
	for _, match := range fragment.FindAllStringSubmatch(fragments, -1) {
		if used[match[1]] {
			text += "\n" + match[0]
		}
	}
	return text
}

// variables are those of an operation. The names are checked by the server.
type variables map[string]any

// ask runs a document and reads its data into a T.
func ask[T any](ctx context.Context, a *archive, document string, v variables) (T, error) {
	answered, err := a.send(ctx, document, v)
	if err != nil {
		var none T
		return none, err
	}
	return read[T](answered)
}

// send runs a document and returns the answer as it comes.
func (a *archive) send(ctx context.Context, document string, v variables) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": a.documents[document], "variables": v})
	if err != nil {
		return nil, fmt.Errorf("write the variables of %s: %w", document, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", document, err)
	}
	r.Header.Set("Content-Type", "application/json")
	var w answer
	a.graphql.ServeHTTP(&w, r)
	return w.body.Bytes(), nil
}

// read reads the data of an answer, or the first of its errors.
func read[T any](answered []byte) (T, error) {
	var a struct {
		Data   T
		Errors []refusal
	}
	if err := json.Unmarshal(answered, &a); err != nil {
		return a.Data, fmt.Errorf("read an answer: %w", err)
	}
	if len(a.Errors) > 0 {
		return a.Data, &a.Errors[0]
	}
	return a.Data, nil
}

// refusal is an error of a GraphQL answer.
type refusal struct {
	Message    string
	Extensions struct{ Code string }
}

// Error implements error.
func (e *refusal) Error() string { return e.Extensions.Code + ": " + e.Message }

// answer keeps what a handler writes.
type answer struct {
	header http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

// WriteHeader implements http.ResponseWriter. The status says nothing that the
// errors do not.
func (a *answer) WriteHeader(int) {}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
