package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

// inputs refuses values that are not of their types before the operation runs.
// The engine alone takes a text for a number, a number for a text, enums in any
// case and any number of fields of a @oneOf in variables, and finds out about
// scalars of the schema only when the field runs.
type inputs struct{ schema *ast.Schema }

var _ graphql.OperationContextMutator = inputs{}

// ExtensionName implements graphql.HandlerExtension.
func (inputs) ExtensionName() string { return "Inputs" }

// Validate implements graphql.HandlerExtension.
func (inputs) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (in inputs) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	for _, v := range op.Operation.VariableDefinitions {
		value, given := op.Variables[v.Variable]
		if !given {
			continue
		}
		if err := in.check(value, v.Type, "$"+v.Variable); err != nil {
			return err
		}
	}
	return nil
}

// check tells whether a value is of a type. What is null where it may not be, or
// of another shape, the engine has refused already.
func (in inputs) check(value any, t *ast.Type, where string) *gqlerror.Error {
	if value == nil {
		return nil
	}
	if t.Elem != nil {
		list := reflect.ValueOf(value) // the engine makes lists of other types than []any of single items
		if list.Kind() != reflect.Slice {
			return in.check(value, t.Elem, where)
		}
		for i := range list.Len() {
			if err := in.check(list.Index(i).Interface(), t.Elem, where+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
		}
		return nil
	}
	switch def := in.schema.Types[t.NamedType]; def.Kind {
	case ast.InputObject:
		return in.checkObject(value, def, where)
	case ast.Enum:
		if s, is := value.(string); !is || def.EnumValues.ForName(s) == nil {
			return invalid(where, "%s is not a value of %s", quoted(value), def.Name)
		}
	default:
		if err := scalar(t.NamedType, value); err != nil {
			return invalid(where, "%s", err)
		}
	}
	return nil
}

func (in inputs) checkObject(value any, def *ast.Definition, where string) *gqlerror.Error {
	object, is := value.(map[string]any)
	if !is {
		return invalid(where, "%s is not a %s", quoted(value), def.Name)
	}
	given := 0
	for _, field := range def.Fields {
		item, has := object[field.Name]
		if !has {
			continue
		}
		if item != nil {
			given++
		}
		if err := in.check(item, field.Type, where+"."+field.Name); err != nil {
			return err
		}
	}
	if def.Directives.ForName("oneOf") != nil && (given != 1 || len(object) != 1) {
		return invalid(where, "%s takes exactly one field, and not null", def.Name)
	}
	return nil
}

func invalid(where, format string, args ...any) *gqlerror.Error {
	err := gqlerror.Errorf("%s: %s", where, fmt.Sprintf(format, args...))
	setCode(err, string(content.Invalid))
	return err
}

// scalar tells whether a value of a variable is of a scalar type.
func scalar(name string, value any) error {
	number, isNumber := value.(json.Number)
	_, isText := value.(string)
	switch name {
	case "Int":
		n, isInt := value.(int64)
		if isNumber {
			parsed, err := number.Int64()
			n, isInt = parsed, err == nil
		}
		if !isInt || n < math.MinInt32 || n > math.MaxInt32 {
			return fmt.Errorf("%s is not an Int of 32 bits", quoted(value))
		}
	case "Float":
		f, isFloat := value.(float64)
		if isNumber {
			parsed, err := number.Float64()
			f, isFloat = parsed, err == nil
		}
		if !isFloat || math.IsInf(f, 0) {
			return fmt.Errorf("%s is not a Float", quoted(value))
		}
	case "Boolean":
		if _, is := value.(bool); !is {
			return fmt.Errorf("%s is not a Boolean", quoted(value))
		}
	case "String":
		if !isText {
			return fmt.Errorf("%s is not a String", quoted(value))
		}
	case "ID":
		if isNumber && strings.ContainsAny(number.String(), ".eE") || !isNumber && !isText {
			return fmt.Errorf("%s is not an ID", quoted(value))
		}
	default:
		return ownScalar(name, value)
	}
	return nil
}

// ownScalar tells whether a value is of a scalar of the schema.
func ownScalar(name string, value any) (err error) {
	switch name {
	case "DateTime":
		_, err = model.UnmarshalDateTime(value)
	case "URL":
		_, err = model.UnmarshalURL(value)
	case "Locale":
		_, err = model.UnmarshalLocale(value)
	}
	return err
}

// quoted shows a value that a client sent, not too much of it.
func quoted(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return "this" // cannot be: it came as JSON
	}
	const most = 100
	if len(raw) > most {
		return strings.ToValidUTF8(string(raw[:most]), "") + "…"
	}
	return string(raw)
}

// validation is the rules by which queries are validated: those of the
// specification, that values in the text are of the schema's own scalars, and
// that whole numbers have 32 bits.
func validation() *rules.Rules {
	all := rules.NewDefaultRules()
	all.AddRule("ValuesOfOwnScalars", func(observers *core.Events, add core.AddErrFunc) {
		observers.OnValue(func(_ *core.Walker, v *ast.Value) {
			if err := literal(v); err != nil {
				add(core.Message("%s", err), core.At(v.Position))
			}
		})
	})
	return all
}

// literal tells whether a value in the text of a query is one of its scalar, as
// far as the specification's rules do not.
func literal(v *ast.Value) error {
	if v.Definition == nil || v.Definition.Kind != ast.Scalar {
		return nil
	}
	switch v.Kind {
	case ast.IntValue:
		if v.Definition.BuiltIn && v.Definition.Name != "Int" {
			return nil
		}
		return scalar(v.Definition.Name, json.Number(v.Raw))
	case ast.StringValue, ast.BlockValue:
		return ownScalar(v.Definition.Name, v.Raw)
	case ast.Variable, ast.NullValue:
		return nil
	}
	return ownScalar(v.Definition.Name, v.Kind)
}
