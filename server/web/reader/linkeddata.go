package reader

import (
	"net/http"
	"time"
)

// object is a JSON-LD object. The template writes it so that no text in it can
// end the script element.
type object map[string]any

// website describes the publication.
func (rd *Reader) website(r *http.Request) object {
	base := rd.base(r)
	return object{
		"@context": "https://schema.org", "@type": "WebSite", "name": rd.Name, "url": base + "/",
		"potentialAction": object{
			"@type": "SearchAction", "target": base + "/search?q={words}", "query-input": "required name=words",
		},
	}
}

// newsArticle describes an article as news search engines read it.
func (rd *Reader) newsArticle(r *http.Request, s *story) object {
	base := rd.base(r)
	o := object{
		"@context": "https://schema.org", "@type": "NewsArticle",
		"headline":            s.Title,
		"datePublished":       s.PublishedAt.UTC().Format(time.RFC3339),
		"dateModified":        s.UpdatedAt.UTC().Format(time.RFC3339),
		"mainEntityOfPage":    absolute(base, s.canonical()),
		"wordCount":           s.WordCount,
		"isAccessibleForFree": true,
		"publisher":           object{"@type": "Organization", "name": rd.Name, "url": base + "/"},
	}
	o.add("description", s.Description())
	o.add("inLanguage", s.Lang())
	if s.Section != nil {
		o.add("articleSection", s.Section.Name)
	}
	if s.Image != nil {
		o["image"] = []string{s.Image.URL}
	}
	var authors []object
	for _, a := range s.Authors {
		authors = append(authors, object{"@type": "Person", "name": a.Name, "url": base + a.AuthorPath()})
	}
	if authors != nil {
		o["author"] = authors
	}
	var keywords []string
	for _, t := range s.Tags {
		keywords = append(keywords, t.Name)
	}
	if keywords != nil {
		o["keywords"] = keywords
	}
	return o
}

func (o object) add(key, value string) {
	if value != "" {
		o[key] = value
	}
}
