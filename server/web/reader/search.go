package reader

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// found is a page of search results.
type found struct {
	Query   string
	Meant   string // the query as it was meant, when a word was misspelt
	Total   string
	Hits    []hit
	Filters []filter
	Next    string
}

// hit is a search result.
type hit struct {
	Highlight struct{ Title, Body string }
	Node      story
}

// filter narrows a search down by what the results have.
type filter struct {
	Label   string
	Choices []choice
}

// choice is a value that some of the results have.
type choice struct {
	Name     string
	Count    int
	Address  string // of the results with it, or without it when it is chosen
	IsChosen bool
}

// facet is a value and how many of the articles found have it.
type facet struct {
	Value string
	Name  string
	Count int
}

// facets are by the parameter of the address that filters by them.
type facets struct {
	Section, Year, Tag, Author, Language []facet
}

func askSearch(r *http.Request) (string, variables) {
	query := strings.TrimSpace(r.FormValue("q"))
	if query == "" {
		return "frame", nil
	}
	v := window(r)
	v["query"], v["where"] = query, searchWhere(r.URL.Query())
	return "search", v
}

// search looks for words. Without any it is a page to type them on.
func (rd *Reader) search(r *http.Request, answered []byte) (*view, error) {
	query := strings.TrimSpace(r.FormValue("q"))
	page := &view{Template: "search", Title: "Search", Canonical: "/search", Hidden: true}
	d, err := read[struct {
		frame
		Search struct {
			TotalCount        int
			IsTotalCountExact bool
			Suggestion        string
			Facets            facets
			Edges             []hit
			PageInfo          pageInfo
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
	s := d.Search
	page.Data = found{
		Query: query, Meant: s.Suggestion, Total: total(s.TotalCount, s.IsTotalCountExact), Hits: s.Edges,
		Filters: s.Facets.filters(r.URL), Next: nextPage(r, s.PageInfo),
	}
	return page, nil
}

func total(n int, exact bool) string {
	if exact {
		return stories(n)
	}
	return "At least " + stories(n)
}

// searchWhere reads the filters of an address. A year that is none matches
// nothing.
func searchWhere(query url.Values) variables {
	where := variables{}
	for _, field := range []string{"section", "tag", "author", "language"} {
		if value := query.Get(field); value != "" {
			where[field] = variables{"eq": value}
		}
	}
	if value := query.Get("year"); value != "" {
		year, _ := strconv.Atoi(value)
		year = min(max(year, 1000), 9998)
		start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		where["publishedAt"] = variables{"gte": start, "lt": start.AddDate(1, 0, 0)}
	}
	return where
}

// filters are the choices among the results. What cannot be chosen among is left
// out, unless it is chosen.
func (f *facets) filters(address *url.URL) []filter {
	var all []filter
	for _, kind := range []struct {
		parameter, label string
		facets           []facet
	}{
		{"section", "Section", f.Section},
		{"year", "Year", f.Year},
		{"tag", "Topic", f.Tag},
		{"author", "Author", f.Author},
		{"language", "Language", f.Language},
	} {
		one := filter{Label: kind.label}
		chosen := address.Query().Get(kind.parameter)
		for _, v := range kind.facets {
			one.Choices = append(one.Choices, choice{
				Name: v.Name, Count: v.Count, IsChosen: v.Value == chosen,
				Address: chosenAddress(address, kind.parameter, v.Value),
			})
		}
		if len(one.Choices) > 1 || chosen != "" {
			all = append(all, one)
		}
	}
	return all
}

// chosenAddress is the address of the results with a value, or without it when
// it is chosen already. Both begin with their first page.
func chosenAddress(address *url.URL, parameter, value string) string {
	query := address.Query()
	query.Del("after")
	if query.Get(parameter) == value {
		query.Del(parameter)
	} else {
		query.Set(parameter, value)
	}
	return fmt.Sprintf("%s?%s", address.Path, query.Encode())
}
