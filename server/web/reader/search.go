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

func askSearch(r *http.Request) (string, variables) {
	query := strings.TrimSpace(r.FormValue("q"))
	if query == "" {
		return "frame", nil
	}
	v := window(r)
	v["query"] = query
	return "search", v
}

// search looks for words. Without any it is a page to type them on.
func (rd *Reader) search(r *http.Request, answered []byte) (*view, error) {
	query := strings.TrimSpace(r.FormValue("q"))
	page := &view{Template: "search", Title: "Search", Canonical: "/search", Hidden: true}
	d, err := read[struct {
		frame
		Search struct {
			TotalCount int
			Edges      []hit
			PageInfo   pageInfo
		}
	}](answered)
	if err != nil {
		return nil, err
	}
	page.Frame = d.frame
	if query == "" {
		page.Data = found{}
		return page, nil
	}
	page.Title = query + " – search"
	page.Data = found{Query: query, Total: d.Search.TotalCount, Hits: d.Search.Edges, Next: nextPage(r, d.Search.PageInfo)}
	return page, nil
}
