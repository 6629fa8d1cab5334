package related

import "reflect"

// Opaque lets cmp look into the types of this package.
func Opaque(t reflect.Type) bool { return t.PkgPath() == "nutgraph/internal/related" }
