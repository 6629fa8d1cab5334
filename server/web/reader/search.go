package reader

import (
	"net/http"
	"strings"
)

// found is a page of search results.
type found struct {
	Query string
	Total int
	Hits  []hit
	Next  string
}

// hit is a search result.
type hit struct {
	Highlight struct{ Title, Body string }
	Node      story
}

// search looks for words. Without any it is a page to type them on.
func (rd *Reader) search(r *http.Request) (*view, error) {
	query := strings.TrimSpace(r.FormValue("q"))
	page := &view{Template: "search", Title: "Search", Canonical: "/search", Hidden: true}
	if query == "" {
		d, err := ask[struct{ frame }](r.Context(), rd.archive, "frame", nil)
		page.Frame, page.Data = d.frame, found{}
		return page, err
	}
	v := window(r)
	v["query"] = query
	d, err := ask[struct {
		frame
		Search struct {
			TotalCount int
			Edges      []hit
			PageInfo   pageInfo
		}
	}](r.Context(), rd.archive, "search", v)
	if err != nil {
		return nil, err
	}
	page.Frame, page.Title = d.frame, query+" – search"
	page.Data = found{Query: query, Total: d.Search.TotalCount, Hits: d.Search.Edges, Next: nextPage(r, d.Search.PageInfo)}
	return page, nil
}
