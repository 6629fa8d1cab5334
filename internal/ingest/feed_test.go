package ingest_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
)

const rss = `<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Quay</title><link>https://quay.example/</link><language>en-us</language>
<item><title>Harbour &amp;amp; &lt;em&gt;wall&lt;/em&gt;</title><link>/a/1?x=1&amp;y=2</link><guid isPermaLink="false">quay-1</guid>
<dc:creator>Ada Finn</dc:creator><category>Sea</category><category>sea</category><category>Storms</category>
<pubDate>Wed, 01 May 2024 10:00:00 +0200</pubDate><description>What the night left.</description>
<media:content url="https://quay.example/a.png" medium="image"/>
<content:encoded><![CDATA[<p>It <a href="/held">held</a>. <img src="b.png"></p><p>All night.</p>]]></content:encoded></item>
</channel></rss>`

func TestRSS(t *testing.T) {
	t.Parallel()
	want := ingest.Item{Where: "standard input#1", Draft: content.Draft{
		Title: "Harbour & wall", Standfirst: "What the night left.", BodyFormat: content.HTML,
		Body: `<p>It <a href="https://quay.example/held">held</a>. <img src="https://quay.example/a/b.png"></p><p>All night.</p>`,
		URL:  "https://quay.example/a/1?x=1&y=2", Source: "https://quay.example/", ExternalID: "quay-1", Language: "en-US",
		PublishedAt: at("2024-05-01T08:00:00Z"), Authors: []content.Author{{Name: "Ada Finn"}}, Tags: []string{"Sea", "Storms"},
		Image: content.Image{URL: "https://quay.example/a.png"},
	}}
	if diff := cmp.Diff(want, readOne(t, rss, ingest.Auto)); diff != "" {
		t.Errorf("the item differs (-want +got):\n%s", diff)
	}
}

func TestAtom(t *testing.T) {
	t.Parallel()
	got := readOne(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay</title><link href="https://quay.example/"/>
<link rel="self" href="https://quay.example/feed"/><author><name>The desk</name></author>
<entry><title>Sorting a vector&lt;int&gt;</title><id>tag:quay.example,2024:1</id><link href="https://quay.example/1"/>
<updated>2024-05-02T08:00:00Z</updated><content type="text">First line &lt;b&gt;.

Second.</content></entry></feed>`, ingest.Auto)
	want := ingest.Item{Where: "standard input#1", Draft: content.Draft{
		Title: "Sorting a vector<int>", Body: "First line <b>.\n\nSecond.", BodyFormat: content.Text, URL: "https://quay.example/1",
		Source: "https://quay.example/", ExternalID: "tag:quay.example,2024:1", PublishedAt: at("2024-05-02T08:00:00Z"),
		UpdatedAt: at("2024-05-02T08:00:00Z"), Authors: []content.Author{{Name: "The desk"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the item differs (-want +got):\n%s", diff)
	}
}

func TestJSONFeed(t *testing.T) {
	t.Parallel()
	got := readOne(t, `{
  "version": "https://jsonfeed.org/version/1.1", "title": "The Quay", "home_page_url": "https://quay.example/", "language": "de",
  "items": [{"id": 7, "url": "https://quay.example/7", "content_text": "Nur Text <b>. Und noch ein Satz.", "image": "https://quay.example/7.png",
    "date_published": "2024-05-01T10:00:00Z", "authors": [{"name": "Ada"}, {"name": "ada@quay.example"}], "tags": ["Meer"]}]
}`, ingest.Auto)
	want := ingest.Item{Where: "standard input#1", Notes: []string{"it has no title; one is made from its first words"}, Draft: content.Draft{
		Title: "Nur Text <b>", Body: "Nur Text <b>. Und noch ein Satz.", BodyFormat: content.Text, URL: "https://quay.example/7",
		Source: "https://quay.example/", ExternalID: "7", Language: "de", PublishedAt: at("2024-05-01T10:00:00Z"),
		Authors: []content.Author{{Name: "Ada"}}, Tags: []string{"Meer"}, Image: content.Image{URL: "https://quay.example/7.png"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the item differs (-want +got):\n%s", diff)
	}
}

// item wraps the inside of an RSS item in a feed.
func rssItem(inside string) string {
	return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://quay.example/</link><item>` +
		`<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate><guid>1</guid>` + inside + `</item></channel></rss>`
}

func TestFeedNotes(t *testing.T) {
	t.Parallel()
	const full = "<title>t</title><content:encoded>"
	for _, c := range []struct{ inside, want string }{
		{full + "The whole text.</content:encoded>", ""},
		{full + "The first words…</content:encoded>", "the feed carries only an excerpt"},
		{full + "The first words [&amp;hellip;]</content:encoded>", "the feed carries only an excerpt"},
		{full + "&lt;p&gt;The first words.&lt;/p&gt;&lt;p&gt;&lt;a href='/1'&gt;Read more »&lt;/a&gt;&lt;/p&gt;</content:encoded>", "the feed carries only an excerpt"},
		{full + "Les premiers mots. Lire la suite sur le site</content:encoded>", "the feed carries only an excerpt"},
		{full + "They read more than we do.</content:encoded>", ""},
		{"<title>t</title><description>Some words.</description>", "the feed carries a description of it and no full text"},
		{"<title>t</title><description>Some words...</description>", "the feed carries only an excerpt"},
		{"<title>t</title>", "the feed carries no text of it"},
		{"<description>Some words. And others.</description>", "the feed carries a description of it and no full text; it has no title; one is made from its first words"},
	} {
		if got := strings.Join(readOne(t, rssItem(c.inside), ingest.Auto).Notes, "; "); got != c.want {
			t.Errorf("%s\n notes %q\n want %q", c.inside, got, c.want)
		}
	}
}

func TestFeedDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ written, want, note string }{
		{"Wed, 01 May 2024 10:00:00 EST", "2024-05-01T15:00:00Z", ""},
		{"2024-05-01", "2024-05-01T00:00:00Z", ""},
		{"1 May 2024", "2024-05-01T00:00:00Z", ""},
		{"soon", "", `its date "soon" cannot be read; it has no date, and counts as published when it is imported first`},
		{"", "", "it has no date, and counts as published when it is imported first"},
	} {
		item := readOne(t, "<rss><channel><item><title>t</title><guid>1</guid><content:encoded>x</content:encoded><pubDate>"+c.written+"</pubDate></item></channel></rss>", ingest.Feed)
		got := ""
		if item.Draft.PublishedAt != nil {
			got = item.Draft.PublishedAt.Format(time.RFC3339)
		}
		if notes := strings.Join(item.Notes, "; "); got != c.want || notes != c.note {
			t.Errorf("date %q gives %s and notes %q, want %s and %q", c.written, got, notes, c.want, c.note)
		}
	}
}

func TestFeedKeys(t *testing.T) {
	t.Parallel()
	items := read(t, `<rss><channel><link>https://quay.example/</link>
<item><title>a</title><guid>same</guid><link>https://quay.example/a</link></item>
<item><title>b</title><guid>same</guid><link>https://quay.example/b</link></item>
<item><title>c</title><guid>same</guid></item>
<item><title>d</title></item></channel></rss>`, ingest.Feed)
	var got []string
	for _, item := range items {
		got = append(got, item.Draft.ExternalID+item.Skipped)
	}
	want := []string{"same", "https://quay.example/b", "it has the same id as item 1 of the feed: same", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ids differ (-want +got):\n%s", diff)
	}
}

func TestFeedErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ document, want string }{
		{"", "is empty; there is nothing to import"},
		{"hello", "is no feed: it begins with neither < nor {"},
		{"<!doctype html><html><body>x</body></html>", "is a web page and not a feed; give the address of the feed itself"},
		{
			`<html><link rel="alternate" type="application/rss+xml" href="/feed"><br></html>`,
			`is a web page and not a feed; give the address of the feed itself, which the page names in a <link rel="alternate"> element`,
		},
		{"<urlset></urlset>", "is a site map and not a feed; give the address of the feed"},
		{"<opml></opml>", "is a list of feeds (OPML); import the feeds it names one by one"},
		{"<note></note>", "is XML with the root element <note>, and neither RSS nor Atom"},
		{"<!-- a -->", "cannot be read as a feed: it has no XML element"},
		{"<rss>\n<channel>\n</rss", "cannot be read as a feed: line 3 is not well-formed XML: unexpected EOF"},
		{`{"title":"a"}`, "is JSON and no JSON Feed: it has neither a version nor items"},
		{"{\n\"items\": [}", "cannot be read as a feed: line 2 is not JSON: invalid character '}' looking for beginning of value"},
		{"<rss>" + strings.Repeat("<a>", 100_000), "cannot be read as a feed: line 1 has more than 1000 elements inside each other, which no feed needs"},
		{"<rss " + strings.Repeat("a='b' ", 100_000) + "/>", "cannot be read as a feed: line 1 has more than 200 attributes, which no feed needs"},
		{
			"<rss><x:y>" + strings.Repeat(strings.Repeat("a", 1000)+"<!-- -->", 30_000) + "</x:y></rss>",
			"cannot be read as a feed: its text is cut into too many pieces by comments and CDATA sections",
		},
	} {
		items := read(t, c.document, ingest.Feed)
		if want := "standard input: " + c.want; len(items) != 1 || items[0].Err == nil || items[0].Err.Error() != want {
			t.Errorf("%.100q\n gives %v\n want %s", c.document, items, want)
		}
	}
	items := read(t, rssItem(""), ingest.Feed)
	if want := "title: it has neither a title nor a text to make one from"; len(items) != 1 || items[0].Err == nil || items[0].Err.Error() != want {
		t.Errorf("an item without anything gives %v, want %s", items, want)
	}
}

func TestFeedEncodings(t *testing.T) {
	t.Parallel()
	document := func(label, title string) string {
		return `<?xml version="1.0" encoding="` + label + `"?><rss><channel><item><title>` + title + `</title></item></channel></rss>`
	}
	encoded := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	wide := func(s string, little bool) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(s)) {
			if little {
				b.WriteByte(byte(unit))
			}
			b.WriteByte(byte(unit >> 8))
			if !little {
				b.WriteByte(byte(unit))
			}
		}
		return b.String()
	}
	for name, c := range map[string]struct{ document, want string }{
		"UTF-8":                        {document("utf-8", "Größe"), "Größe"},
		"UTF-8 with a mark":            {"\ufeff" + document("utf-8", "Größe"), "Größe"},
		"Latin 1":                      {encoded(charmap.ISO8859_1.NewEncoder().String(document("iso-8859-1", "Größe"))), "Größe"},
		"Latin 9":                      {encoded(charmap.ISO8859_15.NewEncoder().String(document("ISO-8859-15", "5 €"))), "5 €"},
		"Windows":                      {encoded(charmap.Windows1252.NewEncoder().String(document("windows-1252", "“5 €”"))), "“5 €”"},
		"Russian":                      {encoded(charmap.KOI8R.NewEncoder().String(document("koi8-r", "Гавань"))), "Гавань"},
		"Japanese":                     {encoded(japanese.ShiftJIS.NewEncoder().String(document("Shift_JIS", "港の壁"))), "港の壁"},
		"says UTF-8 and is not":        {encoded(charmap.Windows1252.NewEncoder().String(document("utf-8", "Größe"))), "Größe"},
		"says nothing and is not":      {encoded(charmap.Windows1252.NewEncoder().String("<rss><channel><item><title>Größe</title></item></channel></rss>")), "Größe"},
		"says UTF-16 and is not":       {document("utf-16", "Größe"), "Größe"},
		"unknown":                      {document("x-harbour", "Größe"), "Größe"},
		"UTF-16, little":               {wide("\ufeff"+document("utf-16", "Größe"), true), "Größe"},
		"UTF-16, big":                  {wide("\ufeff"+document("utf-16", "Größe"), false), "Größe"},
		"UTF-16, little, without mark": {wide(document("utf-16", "Größe"), true), "Größe"},
		"control characters":           {document("utf-8", "Gr\x00ö\x0bße"), "Größe"},
	} {
		if got := readOne(t, c.document, ingest.Auto).Draft.Title; got != c.want {
			t.Errorf("%s: title %q, want %q", name, got, c.want)
		}
	}
}

// Neither well-known bombs nor deep markup inside an item may hurt.
func TestHostileFeeds(t *testing.T) {
	t.Parallel()
	entities := `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for name, document := range map[string]string{
		"entities":   entities + strings.Replace(rss, `<?xml version="1.0"?>`, "", 1) + "&c;",
		"deep HTML":  rssItem("<title>t</title><content:encoded>" + strings.Repeat("&lt;div&gt;", 100_000) + "</content:encoded>"),
		"deep JSON":  `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 1_000_000),
		"null items": `{"version":"https://jsonfeed.org/version/1","items":[null,{},null]}`,
		"comments":   rssItem("<title>" + strings.Repeat("a<!-- -->", 10_000) + "</title>"),
		"CDATA":      rssItem("<title>" + strings.Repeat("<![CDATA[a]]>", 100_000) + "</title>"),
		"items":      "<rss><channel>" + strings.Repeat("<item><title>a</title></item>", 20_000) + "</channel></rss>",
	} {
		start := time.Now()
		items := read(t, document, ingest.Feed)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
		for _, item := range items {
			checkItem(t, document, item)
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add(rss)
	f.Add(rssItem("<description>&lt;p&gt;x…&lt;/p&gt;</description>"))
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="/a"><title type="html">&lt;b&gt;</title><content type="xhtml"><div>x</div></content></entry></feed>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"content_html":"<p>x","authors":[null]},null]}`)
	f.Add(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>x</title></item></rdf:RDF>`)
	f.Fuzz(func(t *testing.T, document string) {
		for _, item := range read(t, document, ingest.Feed) {
			checkItem(t, document, item)
		}
	})
}
