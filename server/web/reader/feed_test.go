package reader_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"nutgraph/db/dbtest"
	"nutgraph/internal/content"
	"nutgraph/server/web/reader"
)

func TestFeeds(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	for path, kind := range map[string]string{"/feed.atom": "atom", "/rss.xml": "rss", "/feed.json": "json"} {
		f, err := gofeed.NewParser().ParseString(n.page(t, path))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if f.FeedType != kind || f.Title != "The Signal" || f.FeedLink != "https://signal.example"+path || len(f.Items) != 30 {
			t.Errorf("%s is a feed of type %q, %q at %q, with %d items", path, f.FeedType, f.Title, f.FeedLink, len(f.Items))
		}
		first := f.Items[0]
		if first.Title != "The wall is shut, and on Sunday the sea came to look at it" || first.Link != "https://signal.example/articles/the-wall-is-shut" {
			t.Errorf("%s begins with %q at %q", path, first.Title, first.Link)
		}
		if want := time.Date(2026, 10, 13, 6, 40, 0, 0, time.UTC); first.PublishedParsed == nil || !first.PublishedParsed.Equal(want) {
			t.Errorf("%s: the first item was published %q, want %v", path, first.Published, want)
		}
		if len(first.Authors) == 0 || first.Authors[0].Name != "Maud Penhale" || len(first.Categories) != 4 {
			t.Errorf("%s: the first item is by %v about %q", path, first.Authors, first.Categories)
		}
		if !strings.Contains(first.Content, "<p>At ten past six") || strings.Contains(first.Description, "<p>") || first.Description == "" {
			t.Errorf("%s: the first item says %q, in short %q", path, first.Content, first.Description)
		}
	}
}

// TestHostileFeeds reads back what authors wrote with markup in it.
func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	n := archive(t, content.Draft{Title: hostile, Slug: "hostile", Standfirst: hostile, Body: "x", Tags: []string{hostile}, Authors: []content.Author{{Name: hostile}}})
	var stored struct{ Items []struct{ Title string } }
	if err := json.Unmarshal([]byte(n.page(t, "/feed.json")), &stored); err != nil || len(stored.Items) != 1 {
		t.Fatalf("/feed.json: %v, %d items", err, len(stored.Items))
	}
	for _, path := range []string{"/feed.atom", "/rss.xml"} {
		f, err := gofeed.NewParser().ParseString(n.page(t, path))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if got := f.Items[0].Title; got != stored.Items[0].Title || !strings.Contains(got, "<script>") {
			t.Errorf("%s: the title is %q, want %q", path, got, stored.Items[0].Title)
		}
	}
}

type sitemap struct {
	XMLName xml.Name
	URLs    []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		News    struct {
			Publication struct {
				Name     string `xml:"name"`
				Language string `xml:"language"`
			} `xml:"publication"`
			Date  string `xml:"publication_date"`
			Title string `xml:"title"`
		} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
	} `xml:"url"`
	Sitemaps []struct {
		Loc string `xml:"loc"`
	} `xml:"sitemap"`
}

func readSitemap(t *testing.T, w *httptest.ResponseRecorder) sitemap {
	t.Helper()
	var m sitemap
	if err := xml.Unmarshal(w.Body.Bytes(), &m); err != nil || m.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		t.Fatalf("a sitemap is %v (%v):\n%s", m.XMLName, err, w.Body)
	}
	return m
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	m := readSitemap(t, open(dbtest.Sample(t)).get(t, "/sitemap.xml"))
	if len(m.URLs) != 74 {
		t.Errorf("the sitemap has %d addresses, want the 74 of the sample", len(m.URLs))
	}
	for _, u := range m.URLs {
		if !strings.HasPrefix(u.Loc, "https://signal.example/articles/") || u.LastMod == "" {
			t.Errorf("the sitemap has %+v", u)
		}
	}
}

// TestSitemapIndex has sitemaps of ten addresses, so that the sample needs many.
func TestSitemapIndex(t *testing.T) {
	t.Parallel()
	n := open(dbtest.Sample(t))
	reader.ShortenSitemaps(n.handler.(*reader.Reader), 10)
	index := readSitemap(t, n.get(t, "/sitemap.xml"))
	if len(index.Sitemaps) < 8 || index.XMLName.Local != "sitemapindex" {
		t.Fatalf("74 articles have %d sitemaps of 10 in a %s", len(index.Sitemaps), index.XMLName.Local)
	}
	seen := map[string]bool{}
	for _, s := range index.Sitemaps {
		path, ours := strings.CutPrefix(s.Loc, "https://signal.example")
		part := readSitemap(t, n.get(t, path))
		if !ours || len(part.URLs) == 0 || len(part.URLs) > 10 {
			t.Errorf("%s has %d addresses, want 1 to 10", s.Loc, len(part.URLs))
		}
		for _, u := range part.URLs {
			if seen[u.Loc] {
				t.Errorf("%s is in two sitemaps", u.Loc)
			}
			seen[u.Loc] = true
		}
	}
	if len(seen) != 74 {
		t.Errorf("the sitemaps have %d addresses, want the 74 of the sample", len(seen))
	}
}

func TestNewsSitemap(t *testing.T) {
	t.Parallel()
	old := content.Draft{Title: "Old", Body: "x", Status: content.StatusPublished, PublishedAt: new(dbtest.Now.Add(-49 * time.Hour))}
	fresh := content.Draft{Title: "Fresh & <new>", Slug: "fresh", Body: "x", Language: "de"}
	m := readSitemap(t, archive(t, old, fresh).get(t, "/news-sitemap.xml"))
	if len(m.URLs) != 1 {
		t.Fatalf("the sitemap of news has %d articles, want the one of the last 48 hours", len(m.URLs))
	}
	u := m.URLs[0]
	if u.Loc != "https://signal.example/articles/fresh" || u.News.Title != "Fresh & <new>" || u.News.Publication.Name != "The Signal" || u.News.Publication.Language != "de" || u.News.Date == "" {
		t.Errorf("the sitemap of news has %+v", u)
	}
}

func TestRobots(t *testing.T) {
	t.Parallel()
	body := open(dbtest.Open(t)).page(t, "/robots.txt")
	for _, want := range []string{"Disallow: /search\n", "Sitemap: https://signal.example/sitemap.xml\n", "Sitemap: https://signal.example/news-sitemap.xml\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("robots.txt lacks %q:\n%s", want, body)
		}
	}
}
