package reader

import (
	"fmt"
	"net/http"
)

// listing is a page of articles that have something in common.
type listing struct {
	Kind    string // what they have in common: "Section", "Tag", "Author"
	Place   place
	Intro   string
	Stories []story
	IsMore  bool // not the first page
	Next    string
}

// section is what stands in a section and those below it.
func (rd *Reader) section(r *http.Request, answered []byte) (*view, error) {
	d, err := read[struct {
		frame
		Section *place
	}](answered)
	if err != nil {
		return nil, err
	}
	v, err := listed(r, "Section", d.Section)
	if err != nil {
		return nil, err
	}
	v.Frame, v.Section, v.Canonical = d.frame, d.Section.Slug, d.Section.SectionPath()
	v.Description = d.Section.Name + " in " + rd.Name
	return v, nil
}

// tag is what carries a tag.
func (rd *Reader) tag(r *http.Request, answered []byte) (*view, error) {
	d, err := read[struct {
		frame
		Tag *place
	}](answered)
	if err != nil {
		return nil, err
	}
	v, err := listed(r, "Topic", d.Tag)
	if err != nil {
		return nil, err
	}
	v.Frame, v.Canonical = d.frame, d.Tag.TagPath()
	v.Description = fmt.Sprintf("%s about %s in %s", stories(d.Tag.Articles.TotalCount), d.Tag.Name, rd.Name)
	return v, nil
}

// author is what an author wrote.
func (rd *Reader) author(r *http.Request, answered []byte) (*view, error) {
	d, err := read[struct {
		frame
		Author *place
	}](answered)
	if err != nil {
		return nil, err
	}
	v, err := listed(r, "Author", d.Author)
	if err != nil {
		return nil, err
	}
	v.Frame, v.Canonical = d.frame, d.Author.AuthorPath()
	v.Description = fmt.Sprintf("%s by %s in %s", stories(d.Author.Articles.TotalCount), d.Author.Name, rd.Name)
	return v, nil
}

func askList(document string) func(*http.Request) (string, variables) {
	return func(r *http.Request) (string, variables) {
		v := window(r)
		v["slug"] = r.PathValue("slug")
		return document, v
	}
}

func listed(r *http.Request, kind string, p *place) (*view, error) {
	if p == nil {
		return nil, errMissing
	}
	l := listing{
		Kind: kind, Place: *p, Stories: p.Articles.Nodes, IsMore: r.FormValue("after") != "",
		Next: nextPage(r, p.Articles.PageInfo),
	}
	if p.Articles.TotalCount > 0 {
		l.Intro = stories(p.Articles.TotalCount)
	}
	return &view{Template: "list", Title: p.Name, Hidden: l.IsMore, Data: l}, nil
}

func stories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}
