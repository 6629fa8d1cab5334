package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// guard refuses a query that is too large before it is validated: some rules of
// validation take time that grows with the square of a query, and fragments can
// make a short text stand for a long one.
type guard struct {
	limits Limits
	parsed graphql.Cache[*ast.QueryDocument]
	secret bool // refuse introspection
}

var _ graphql.OperationParameterMutator = (*guard)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (*guard) ExtensionName() string { return "Guard" }

// Validate implements graphql.HandlerExtension.
func (*guard) Validate(graphql.ExecutableSchema) error { return nil }

// Bounds that are no settings: queries of people and of tools stay far below.
const (
	maxIntrospections     = 3   // __schema and __type
	maxIntrospectionDepth = 16  // the usual query has 15, for types of types
	maxRepeats            = 500 // fields that the same selection has already
	maxNesting            = 50  // levels of lists and objects in variables
)

// MutateOperationParameters implements graphql.OperationParameterMutator.
func (g *guard) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if err := over("text", "bytes of text", len(params.Query), g.limits.Text); err != nil {
		return err
	}
	values, levels := countValues(params.Variables)
	if err := over("tokens", "values in its variables", values, g.limits.Tokens); err != nil {
		return err
	}
	if err := over("nesting", "levels in its variables", levels, maxNesting); err != nil {
		return err
	}
	if _, known := g.parsed.Get(ctx, params.Query); known {
		return nil
	}
	if refused := charged(ctx, len(params.Query)/newBytesPerCost); refused != nil {
		return refused.err
	}
	if err := over("tokens", "tokens", countTokens(params.Query, g.limits.Tokens), g.limits.Tokens); err != nil {
		return err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: params.Query})
	if err != nil {
		return nil //nolint:nilerr // the engine will say so
	}
	return g.check(doc)
}

// over returns an error when there is more of something than is allowed.
func over(name, what string, n, limit int) *gqlerror.Error {
	if n <= limit {
		return nil
	}
	err := gqlerror.Errorf("the operation has more than %d %s; ask for less at once", limit, what)
	err.Extensions = map[string]any{"code": codeCostLimit, "guard": name, "limit": limit}
	return err
}

// countTokens counts up to one more than most. What is no token ends the count.
func countTokens(text string, most int) int {
	tokens := lexer.New(&ast.Source{Input: text})
	n := 0
	for n <= most {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			break
		}
		n++
	}
	return n
}

// countValues counts the values in a JSON value, itself not included, and its levels.
func countValues(v any) (values, levels int) {
	count := func(item any) {
		below, depth := countValues(item)
		values += 1 + below
		levels = max(levels, 1+depth)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, item := range v {
			count(item)
		}
	case []any:
		for _, item := range v {
			count(item)
		}
	}
	return values, levels
}

// check measures every operation as it is with its fragments written out.
func (g *guard) check(doc *ast.QueryDocument) *gqlerror.Error {
	m := &measure{fragments: map[string]*ast.FragmentDefinition{}, known: map[string]extent{}, open: map[string]bool{}}
	for _, f := range doc.Fragments {
		m.fragments[f.Name] = f
	}
	var written extent // all of the document
	for _, o := range doc.Operations {
		e := m.of(o.SelectionSet).and(extent{directives: len(o.Directives)})
		written = written.and(e)
		if err := over("rootFields", "fields at its root", m.width(o.SelectionSet), g.limits.RootFields); err != nil {
			return err
		}
	}
	var apart int // fragments are validated by themselves, too
	for _, f := range doc.Fragments {
		e := m.spread(f.Name)
		written.directives += len(f.Directives)
		apart = min(apart+e.fields, endless)
	}
	if m.cycle != "" {
		err := gqlerror.Errorf("Cannot spread fragment %q within itself.", m.cycle)
		setCode(err, codeInvalidQuery)
		return err
	}
	if g.secret && written.introspections > 0 {
		err := gqlerror.Errorf("introspection is off on this server")
		setCode(err, codeInvalidQuery)
		return err
	}
	for _, err := range []*gqlerror.Error{
		over("depth", "levels", written.depth, g.limits.Depth),
		over("depth", "levels of introspection", written.introspectionDepth, maxIntrospectionDepth),
		over("introspection", "fields __schema and __type", written.introspections, maxIntrospections),
		over("aliases", "aliases", written.aliases, g.limits.Aliases),
		over("directives", "directives", written.directives, g.limits.Directives),
		over("tokens", "fields", max(written.fields, apart), g.limits.Tokens),
	} {
		if err != nil {
			return err
		}
	}
	repeats := 0
	for _, o := range doc.Operations {
		repeats += m.repeats(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		repeats = max(repeats, m.repeats(f.SelectionSet))
	}
	return over("repeats", "fields asked for twice", repeats, maxRepeats)
}
