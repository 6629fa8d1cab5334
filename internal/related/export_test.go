package related

import "reflect"

// Opaque lets cmp look into the types of this package.
func Opaque(t reflect.Type) bool { return t.PkgPath() == "nutgraph/internal/related" }

// Profile returns the profile at a place of the list the index was made of.
func (x *Index) Profile(place int) *Profile { return x.profiles[place] }
