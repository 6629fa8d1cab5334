package graph

import (
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"nutgraph/graph/generated"
)

// parsedSchema is the schema without what the engine adds to it: answers come in
// one piece, so there is no @defer.
var parsedSchema = sync.OnceValue(func() *ast.Schema {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	delete(schema.Directives, "defer")
	return schema
})

// Schema returns the text of schema.graphqls.
func Schema() string { return parsedSchema().Query.Position.Src.Input }
