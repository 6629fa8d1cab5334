package reader

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// feed is what the feeds of all formats say.
type feed struct {
	Name    string
	Base    string
	Self    string // the address of the feed
	Updated time.Time
	Stories []story
}

// format writes a feed and names its media type.
type format func(feed) (string, []byte, error)

// feed serves the newest articles in full.
func (rd *Reader) feed(write format) http.HandlerFunc {
	return rd.file(func(r *http.Request) (string, []byte, error) {
		d, err := ask[struct{ Articles list }](r.Context(), rd.archive, "feed", nil)
		if err != nil {
			return "", nil, err
		}
		f := feed{Name: rd.Name, Base: rd.base(r), Self: rd.base(r) + r.URL.Path, Stories: d.Articles.Nodes}
		for _, s := range f.Stories {
			if s.UpdatedAt.After(f.Updated) {
				f.Updated = s.UpdatedAt
			}
		}
		return write(f)
	})
}

// file serves what a machine reads; when there is nothing to serve it says so
// in a line.
func (rd *Reader) file(write func(*http.Request) (string, []byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		contentType, document, err := write(r)
		if err != nil {
			v := rd.failure(r, err)
			http.Error(w, v.Title, v.Status)
			return
		}
		serve(w, r, contentType, document)
	}
}

// address is where an article of a feed can be read.
func (f feed) address(s *story) string { return absolute(f.Base, s.canonical()) }

// id names an article in feeds, for as long as its slug stays.
func (f feed) id(s *story) string { return f.Base + s.Path() }

func absolute(base, address string) string {
	if address != "" && address[0] == '/' {
		return base + address
	}
	return address
}

type atomDocument struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	XMLName xml.Name
	Rel     string `xml:"rel,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Href    string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Link       atomLink       `xml:"link"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
	Content    atomContent    `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// atomFeed writes RFC 4287.
func atomFeed(f feed) (string, []byte, error) {
	d := atomDocument{
		ID: f.Base + "/", Title: f.Name, Updated: f.Updated.UTC().Format(time.RFC3339), Author: atomPerson{Name: f.Name},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: f.Self},
			{Rel: "alternate", Type: "text/html", Href: f.Base + "/"},
		},
	}
	for i := range f.Stories {
		s := &f.Stories[i]
		e := atomEntry{
			Lang: s.Lang(), ID: f.id(s), Title: s.Title, Link: atomLink{Rel: "alternate", Href: f.address(s)},
			Published: s.PublishedAt.UTC().Format(time.RFC3339), Updated: s.UpdatedAt.UTC().Format(time.RFC3339),
			Summary: s.Description(), Content: atomContent{"html", s.Body},
		}
		for _, a := range s.Authors {
			e.Authors = append(e.Authors, atomPerson{a.Name, f.Base + a.AuthorPath()})
		}
		for _, t := range s.Tags {
			e.Categories = append(e.Categories, atomCategory{t.Slug, t.Name})
		}
		d.Entries = append(d.Entries, e)
	}
	return writeXML("application/atom+xml", d)
}

type rssDocument struct {
	XMLName   xml.Name   `xml:"rss"`
	Version   string     `xml:"version,attr"`
	ContentNS string     `xml:"xmlns:content,attr"`
	DCNS      string     `xml:"xmlns:dc,attr"`
	AtomNS    string     `xml:"xmlns:atom,attr"`
	Channel   rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Self        atomLink  `xml:"atom:link"`
	Updated     string    `xml:"lastBuildDate,omitempty"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Authors     []string `xml:"dc:creator"`
	Language    string   `xml:"dc:language,omitempty"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description,omitempty"`
	Content     string   `xml:"content:encoded"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Text        string `xml:",chardata"`
}

// rssFeed writes RSS 2.0.
func rssFeed(f feed) (string, []byte, error) {
	c := rssChannel{
		Title: f.Name, Link: f.Base + "/", Description: "The latest from " + f.Name, Language: pageLanguage,
		Self: atomLink{Rel: "self", Type: "application/rss+xml", Href: f.Self},
	}
	if !f.Updated.IsZero() {
		c.Updated = f.Updated.UTC().Format(time.RFC1123Z)
	}
	for i := range f.Stories {
		s := &f.Stories[i]
		item := rssItem{
			Title: s.Title, Link: f.address(s), GUID: rssGUID{false, f.id(s)}, Published: s.PublishedAt.UTC().Format(time.RFC1123Z),
			Language: s.Lang(), Description: s.Description(), Content: s.Body,
		}
		for _, a := range s.Authors {
			item.Authors = append(item.Authors, a.Name)
		}
		for _, t := range s.Tags {
			item.Categories = append(item.Categories, t.Name)
		}
		c.Items = append(c.Items, item)
	}
	return writeXML("application/rss+xml", rssDocument{
		Version: "2.0", ContentNS: "http://purl.org/rss/1.0/modules/content/", DCNS: "http://purl.org/dc/elements/1.1/",
		AtomNS: "http://www.w3.org/2005/Atom", Channel: c,
	})
}

func writeXML(mediaType string, document any) (string, []byte, error) {
	raw, err := xml.Marshal(document)
	if err != nil {
		return "", nil, fmt.Errorf("write %s: %w", mediaType, err)
	}
	return mediaType + "; charset=utf-8", append([]byte(xml.Header), raw...), nil
}

// jsonFeed writes JSON Feed 1.1.
func jsonFeed(f feed) (string, []byte, error) {
	items := []object{}
	for i := range f.Stories {
		s := &f.Stories[i]
		item := object{
			"id": f.id(s), "url": f.id(s), "title": s.Title, "content_html": s.Body,
			"date_published": s.PublishedAt.UTC().Format(time.RFC3339), "date_modified": s.UpdatedAt.UTC().Format(time.RFC3339),
		}
		item.add("external_url", s.URL)
		item.add("summary", s.Description())
		item.add("language", s.Lang())
		if s.Image != nil {
			item.add("image", s.Image.URL)
		}
		var authors []object
		for _, a := range s.Authors {
			authors = append(authors, object{"name": a.Name, "url": f.Base + a.AuthorPath()})
		}
		if authors != nil {
			item["authors"] = authors
		}
		var tags []string
		for _, t := range s.Tags {
			tags = append(tags, t.Name)
		}
		if tags != nil {
			item["tags"] = tags
		}
		items = append(items, item)
	}
	raw, err := json.Marshal(object{
		"version": "https://jsonfeed.org/version/1.1", "title": f.Name, "home_page_url": f.Base + "/", "feed_url": f.Self,
		"language": pageLanguage, "items": items,
	})
	return "application/feed+json", raw, err
}

// robots keeps crawlers from endless searches and shows them the sitemaps.
func (rd *Reader) robots(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	base := rd.base(r)
	_, err := fmt.Fprintf(w, "User-agent: *\nDisallow: /search\nDisallow: /graphql\nSitemap: %s/sitemap.xml\nSitemap: %s/news-sitemap.xml\n", base, base)
	if err != nil {
		rd.Log.DebugContext(r.Context(), "robots.txt was not sent", slog.Any("error", err))
	}
}
