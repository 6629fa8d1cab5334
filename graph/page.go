package graph

import (
	"nutgraph/internal/content"
)

// convert makes a page of the objects of the schema from a page of nouns.
func convert[A, B any](p content.Page[A], nodes func([]A) []B) content.Page[B] {
	items := nodes(p.Nodes())
	edges := make([]content.Edge[B], len(items))
	for i, e := range p.Edges {
		edges[i] = content.Edge[B]{Node: items[i], Cursor: e.Cursor}
	}
	return content.Page[B]{Edges: edges, PageInfo: p.PageInfo, Count: p.Count}
}

// window reads the paging arguments of a field.
func window(first *int, after *string, last *int, before *string) (content.Window, error) {
	return content.PageArgs{First: first, After: after, Last: last, Before: before}.Window()
}

// each converts the items of lists.
func each[A, B any](lists map[content.ID][]A, item func(A) B) map[content.ID][]B {
	result := make(map[content.ID][]B, len(lists))
	for id, list := range lists {
		converted := make([]B, len(list))
		for i, a := range list {
			converted[i] = item(a)
		}
		result[id] = converted
	}
	return result
}

// distinct lists the ids of the items of lists, each once.
func distinct[A any](lists map[content.ID][]A, id func(A) content.ID) []content.ID {
	var ids []content.ID
	met := map[content.ID]bool{}
	for _, list := range lists {
		for _, a := range list {
			if !met[id(a)] {
				met[id(a)] = true
				ids = append(ids, id(a))
			}
		}
	}
	return ids
}
