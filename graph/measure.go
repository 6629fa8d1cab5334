package graph

import "github.com/vektah/gqlparser/v2/ast"

// extent is how much a part of a query asks for, its fragments written out.
type extent struct {
	fields, aliases, directives int
	depth                       int // levels of fields
	introspections              int
	introspectionDepth          int
}

// endless is more than any limit: fragments of fragments grow beyond any number.
const endless = 1 << 30

// and is two parts beside each other.
func (e extent) and(o extent) extent {
	sum := func(a, b int) int { return min(a+b, endless) }
	return extent{
		fields:             sum(e.fields, o.fields),
		aliases:            sum(e.aliases, o.aliases),
		directives:         sum(e.directives, o.directives),
		depth:              max(e.depth, o.depth),
		introspections:     sum(e.introspections, o.introspections),
		introspectionDepth: max(e.introspectionDepth, o.introspectionDepth),
	}
}

// measure takes the extent of the parts of one query, each fragment once.
type measure struct {
	fragments map[string]*ast.FragmentDefinition
	known     map[string]extent
	open      map[string]bool // the fragments that are being measured
	cycle     string          // a fragment that spreads itself, if there is one
}

func (m *measure) of(set ast.SelectionSet) extent {
	var e extent
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			e = e.and(m.field(s))
		case *ast.InlineFragment:
			e = e.and(m.of(s.SelectionSet)).and(extent{directives: len(s.Directives)})
		case *ast.FragmentSpread:
			e = e.and(m.spread(s.Name)).and(extent{directives: len(s.Directives)})
		}
	}
	return e
}

func (m *measure) field(f *ast.Field) extent {
	e := m.of(f.SelectionSet)
	e.depth++
	if f.Name == "__schema" || f.Name == "__type" {
		e.introspectionDepth, e.depth = e.depth, 0
		e.introspections++
	}
	own := extent{fields: 1, directives: len(f.Directives)}
	if f.Alias != f.Name {
		own.aliases = 1
	}
	return e.and(own)
}

func (m *measure) spread(name string) extent {
	f := m.fragments[name]
	if e, is := m.known[name]; is || f == nil {
		return e
	}
	if m.open[name] {
		m.cycle = name
		return extent{}
	}
	m.open[name] = true
	e := m.of(f.SelectionSet)
	delete(m.open, name)
	m.known[name] = e
	return e
}

// width counts the fields of one level.
func (m *measure) width(set ast.SelectionSet) int {
	names := map[string][]ast.SelectionSet{}
	m.collect(set, names, map[string]bool{})
	return len(names)
}

// repeats counts the fields that stand more than once in the same place, as they
// are merged when the query runs. The extent of the set must be known to be small.
func (m *measure) repeats(sets ...ast.SelectionSet) int {
	names := map[string][]ast.SelectionSet{}
	for _, set := range sets {
		m.collect(set, names, nil)
	}
	n := 0
	for _, below := range names {
		n += len(below) - 1 + m.repeats(below...)
	}
	return n
}

// collect gathers the fields of one level by the names they have in the answer,
// each with what is selected below it. With met, each fragment counts once.
func (m *measure) collect(set ast.SelectionSet, names map[string][]ast.SelectionSet, met map[string]bool) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			names[s.Alias] = append(names[s.Alias], s.SelectionSet)
		case *ast.InlineFragment:
			m.collect(s.SelectionSet, names, met)
		case *ast.FragmentSpread:
			f := m.fragments[s.Name]
			if f == nil || met[s.Name] {
				continue
			}
			if met != nil {
				met[s.Name] = true
			}
			m.collect(f.SelectionSet, names, met)
		}
	}
}
