package ingest_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
)

func TestLine(t *testing.T) {
	t.Parallel()
	item := readOne(t, `{"title":"Harbour wall","body":"It held.","bodyFormat":"TEXT","slug":"harbour-wall","standfirst":"A night.",`+
		`"publishedAt":"2024-05-01","updatedAt":"2024-05-02T10:00:00.5+02:00","status":"PUBLISHED","authors":["Ada",{"name":"Bo","slug":"bo"}],`+
		`"tags":["sea"],"section":"world/europe","language":"en","url":"https://example.org/a","source":"cms","externalId":"7",`+
		`"image":"https://example.org/a.png","imageAlt":"A wall","imageCredit":"Bo"}`, ingest.Auto)
	want := ingest.Item{Where: "standard input:1", Draft: content.Draft{
		Title: "Harbour wall", Body: "It held.", BodyFormat: content.Text, Slug: "harbour-wall", Standfirst: "A night.",
		PublishedAt: at("2024-05-01T00:00:00Z"), UpdatedAt: at("2024-05-02T08:00:00.5Z"), Status: content.StatusPublished,
		Authors: []content.Author{{Name: "Ada"}, {Name: "Bo", Slug: "bo"}}, Tags: []string{"sea"}, Section: "world/europe", Language: "en",
		URL: "https://example.org/a", Source: "cms", ExternalID: "7",
		Image: content.Image{URL: "https://example.org/a.png", Alt: "A wall", Credit: "Bo"},
	}}
	if diff := cmp.Diff(want, item); diff != "" {
		t.Errorf("the item differs (-want +got):\n%s", diff)
	}
}

func TestLineErrors(t *testing.T) {
	t.Parallel()
	const other = `,"title":"a","body":"b"}`
	for _, c := range []struct{ line, want string }{
		{`{"body":"b"}`, "title: is missing; every article has one"},
		{`{"title":"a"}`, "body: is missing; every article has one, even if it is empty"},
		{`{"title":" ","body":""}`, "title: is blank; give the article a headline"},
		{`{"title":null,"body":""}`, "title: must be a string, not null"},
		{`{"title":7,"body":[]}`, "title: must be a string, not a number\nbody: must be a string, not a list"},
		{`{"Title":"x"` + other, `Title: is an unknown field; write "title"`},
		{`{"published_at":"x"` + other, `published_at: is an unknown field; write "publishedAt"`},
		{`{"headline":"x"` + other, `headline: is an unknown field; is it "title"?`},
		{`{"colour":"x"` + other, "colour: is an unknown field; remove it, the fields are title, body, bodyFormat, slug, standfirst, publishedAt, " +
			"updatedAt, status, authors, tags, section, language, url, source, externalId, image, imageAlt, imageCredit"},
		{`{"slug":"a","slug":"b"` + other, "slug: stands twice in the line; keep one"},
		{`{"publishedAt":"1 May 2024"` + other, `publishedAt: "1 May 2024" is not a date; write a time such as "2024-05-12T09:30:00Z" (RFC 3339), or a date such as "2024-05-12"`},
		{`{"publishedAt":"2024-02-30"` + other, `publishedAt: "2024-02-30" is not a date; write a time such as "2024-05-12T09:30:00Z" (RFC 3339), or a date such as "2024-05-12"`},
		{`{"publishedAt":1714521600` + other, `publishedAt: must be a string, not a number; write a time such as "2024-05-12T09:30:00Z" (RFC 3339), or a date such as "2024-05-12"`},
		{`{"authors":"Ada"` + other, "authors: must be a list of names or of {name, slug}, not a string"},
		{`{"authors":[7]` + other, "authors: must hold names or {name, slug}, not a number"},
		{`{"authors":[{"name":"Ada","mail":"x"}]` + other, `authors: has the unknown field "mail"; an author is a name or {name, slug}`},
		{`{"authors":[{"slug":"ada"}]` + other, "authors: has a blank name; remove it or write the name"},
		{`{"tags":"sea"` + other, "tags: must be a list of names, not a string"},
		{`{"tags":[true]` + other, "tags: must be a list of names, not a list"},
		{`{"tags":[null]` + other, "tags: must be a list of names; null is none"},
		{`{"tags":{}` + other, "tags: must be a list of names, not an object"},
		{`{"section":false` + other, "section: must be a string, not true or false"},
		{`{"status":"WITHDRAWN"` + other, `status: "WITHDRAWN" cannot be handed in; use DRAFT, SCHEDULED or PUBLISHED`},
		{`{"bodyFormat":"RTF"` + other, `bodyFormat: "RTF" is unknown; use MARKDOWN, HTML or TEXT`},
		{`{"url":"/a"` + other, `url: "/a" is not an absolute http or https address`},
		{`{"source":"cms"` + other, "externalId: source and externalId go together; give both or neither"},
		{`{"title":"a","body":"b"} {}`, "goes on after the closing brace (byte 25 of the line); write one article a line"},
		{`{"title":"a","body":"b"`, "ends in the middle of the JSON object; is the line broken in two?"},
		{`{"title":"a","body":"b`, "ends in the middle of the JSON object; is the line broken in two?"},
		{`{"title":"a" "body":"b"}`, "is not JSON (near byte 13 of the line): invalid character '\"' after object key:value pair"},
		{`{title:"a"}`, "is not JSON (near byte 1 of the line): invalid character 't'"},
		{`"title"`, `is not a JSON object; write one article a line, for example {"title": "…", "body": "…"}`},
		{"{\"title\":\"caf\xe9\",\"body\":\"b\"}", "is not UTF-8 (byte 14 of the line); save the file as UTF-8"},
	} {
		items := read(t, c.line, ingest.JSONLines)
		if len(items) != 1 || items[0].Err == nil || items[0].Err.Error() != c.want || items[0].Draft.Title != "" {
			t.Errorf("%s\n gives %v\nwant %s", c.line, items, c.want)
		}
	}
}

func TestReadingGoesOn(t *testing.T) {
	t.Parallel()
	long := `{"title":"long","body":"` + strings.Repeat("x", 17<<20) + `"}`
	items := read(t, "\ufeff{\"title\":\"one\",\"body\":\"\"}\r\n\n  \nnonsense\n"+long+"\n"+`{"title":"two","body":"","slug":null,"tags":[]}`, ingest.JSONLines)
	var got []string
	for _, item := range items {
		what := item.Draft.Title
		if item.Err != nil {
			what = item.Err.Error()
		}
		got = append(got, item.Where+" "+what)
	}
	want := []string{
		"standard input:1 one",
		`standard input:4 is not a JSON object; write one article a line, for example {"title": "…", "body": "…"}`,
		"standard input:5 the line is longer than 16 MB; an article must fit into one",
		"standard input:6 two",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items differ (-want +got):\n%s", diff)
	}
}

// What WriteLine writes, the reader reads back to an equal draft.
func TestWriteLineReadsBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	var out bytes.Buffer
	var drafts []content.Draft
	for range 2000 {
		d := randomDraft(random)
		if d.Validate() != nil {
			continue
		}
		if err := ingest.WriteLine(&out, d); err != nil {
			t.Fatalf("WriteLine(%+v): %v", d, err)
		}
		drafts = append(drafts, d)
	}
	items := read(t, out.String(), ingest.Auto)
	if len(items) != len(drafts) || len(drafts) < 500 {
		t.Fatalf("wrote %d lines, read %d", len(drafts), len(items))
	}
	for i, item := range items {
		if diff := cmp.Diff(drafts[i], item.Draft); item.Err != nil || diff != "" {
			t.Fatalf("%s: %v (-written +read):\n%s", item.Where, item.Err, diff)
		}
	}
}

func randomDraft(r *rand.Rand) content.Draft {
	d := content.Draft{
		Title: "t" + randomText(r), Body: randomText(r), Standfirst: randomText(r), Section: randomText(r),
		BodyFormat: pick(r, "", content.HTML, content.Markdown, content.Text),
		Slug:       pick(r, "", "a-slug"), URL: pick(r, "", "https://example.org/?a=<&>"), Language: pick(r, "", "en", "pt-BR"),
		Status: pick(r, "", content.StatusDraft, content.StatusPublished, content.StatusScheduled),
		Image:  content.Image{URL: pick(r, "", "https://example.org/a.png"), Alt: randomText(r), Credit: randomText(r)},
	}
	if r.IntN(2) == 0 {
		d.Source, d.ExternalID = "s"+randomText(r), "e"+randomText(r)
	}
	for _, when := range []**time.Time{&d.PublishedAt, &d.UpdatedAt} {
		if r.IntN(2) == 0 {
			t := time.UnixMilli(r.Int64N(8e12) - 4e12).UTC()
			*when = &t
		}
	}
	for range r.IntN(3) {
		d.Authors = append(d.Authors, content.Author{Name: "n" + randomText(r), Slug: pick(r, "", "ada-b")})
		d.Tags = append(d.Tags, "t"+randomText(r))
	}
	return d
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func randomText(r *rand.Rand) string {
	alphabet := []rune("aé \n\t\"\\<>&/{}[]:,\x00\x1f\u2028\ufffd\U0001F600漢")
	text := make([]rune, r.IntN(20))
	for i := range text {
		text[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(text)
}

func TestWriteLineRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		draft content.Draft
		want  string
	}{
		{content.Draft{Title: "caf\xe9"}, `write "caf\xe9" as JSON: it is not UTF-8`},
		{content.Draft{Title: "a", Body: strings.Repeat("\x01", 4<<20)}, `write "a" as JSON: it is longer than 16 MB`},
	} {
		if err := ingest.WriteLine(&bytes.Buffer{}, c.draft); err == nil || err.Error() != c.want {
			t.Errorf("WriteLine = %v, want %s", err, c.want)
		}
	}
}

func FuzzJSONLines(f *testing.F) {
	f.Add(`{"title":"a","body":"b","authors":["c",{"name":"d","slug":"d"}],"tags":["e"],"publishedAt":"2024-05-01"}`)
	f.Add("{\"title\":\"a\"}\n[]\n{}{}\n\"\n{\"title\":1e999,\"body\":null}")
	f.Fuzz(func(t *testing.T, document string) {
		for _, item := range read(t, document, ingest.JSONLines) {
			checkItem(t, document, item)
			if item.Err != nil {
				continue
			}
			var out bytes.Buffer
			if err := ingest.WriteLine(&out, item.Draft); err != nil {
				continue // longer escaped than it came
			}
			again := readOne(t, out.String(), ingest.JSONLines)
			if diff := cmp.Diff(item.Draft, again.Draft); diff != "" {
				t.Errorf("%q does not read back (-first +second):\n%s", document, diff)
			}
		}
	})
}

// checkItem checks what is promised of every item.
func checkItem(t *testing.T, document string, item ingest.Item) {
	t.Helper()
	d := item.Draft
	switch {
	case item.Where == "":
		t.Errorf("%.300q: an item says not where it is", document)
	case item.Err != nil && item.Skipped != "":
		t.Errorf("%.300q: an item is refused and skipped: %v, %s", document, item.Err, item.Skipped)
	case (item.Err != nil || item.Skipped != "") && d.Title != "":
		t.Errorf("%.300q: a refused item has a draft", document)
	case item.Err == nil && item.Skipped == "" && d.Validate() != nil:
		t.Errorf("%.300q: the draft is not valid: %v", document, d.Validate())
	}
}
