package ingest_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
)

// page reads one Markdown file of a folder.
func page(t *testing.T, name, text string) ingest.Item {
	t.Helper()
	var all []ingest.Item
	for item := range ingest.Folder(fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}) {
		all = append(all, item)
	}
	if len(all) != 1 {
		t.Fatalf("%s: %q gives %d items, want one", name, text, len(all))
	}
	return all[0]
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		system, name, text string
		want               content.Draft
	}{
		{
			"our own", "world/europe/wall.md", "---\ntitle: Harbour *wall*\ndate: 2024-05-01\nstandfirst: A night.\nauthors: [Ada Finn, Bo]\nsection: world/europe\ntags:\n  - Sea\nlang: en\n---\n\nIt held.\n",
			content.Draft{
				Title: "Harbour wall", Standfirst: "A night.", Body: "It held.", Slug: "wall", ExternalID: "world/europe/wall.md", Language: "en",
				PublishedAt: at("2024-05-01T00:00:00Z"), Authors: []content.Author{{Name: "Ada Finn"}, {Name: "Bo"}}, Tags: []string{"Sea"}, Section: "world/europe",
			},
		},
		{
			"Hugo", "content/sport/match/index.md", "+++\nTitle = \"Three nil\"\ndate = 2024-05-01T10:00:00+02:00\nlastmod = 2024-05-02\ndraft = true\ncategories = [\"Football\"]\ntags = [\"football\", \"Cup\"]\nslug = \"three-nil\"\ndescription = \"A match.\"\n[[authors]]\nname = \"Ada\"\n[cover]\nimage = \"https://e.org/a.png\"\nalt = \"Goal\"\n+++\nText.",
			content.Draft{
				Title: "Three nil", Standfirst: "A match.", Body: "Text.", Slug: "three-nil", ExternalID: "content/sport/match/index.md", Status: content.StatusDraft,
				PublishedAt: at("2024-05-01T08:00:00Z"), UpdatedAt: at("2024-05-02T00:00:00Z"), Authors: []content.Author{{Name: "Ada"}},
				Tags: []string{"football", "Cup"}, Section: "sport", Image: content.Image{URL: "https://e.org/a.png", Alt: "Goal"},
			},
		},
		{
			"Jekyll", "_posts/2024-05-01-harbour-wall.markdown", "---\r\nlayout: post\r\ntitle:  \"Wall\"\r\ncategories: sea storms\r\nexcerpt: Short.\r\nauthor: Ada\r\n---\r\n# Wall\r\n\r\nIt held.\r\n",
			content.Draft{
				Title: "Wall", Standfirst: "Short.", Body: "It held.", Slug: "harbour-wall", ExternalID: "_posts/2024-05-01-harbour-wall.markdown",
				PublishedAt: at("2024-05-01T00:00:00Z"), Authors: []content.Author{{Name: "Ada"}}, Tags: []string{"sea", "storms"},
			},
		},
		{
			"Jekyll, with a time and unpublished", "news/_posts/2024-05-01-x.md", "---\ntitle: X\ndate: 2024-05-03 09:30:00 -0500\npublished: false\n---\n",
			content.Draft{Title: "X", Slug: "x", ExternalID: "news/_posts/2024-05-01-x.md", Status: content.StatusDraft, PublishedAt: at("2024-05-03T14:30:00Z"), Section: "news"},
		},
		{
			"Zola", "content/news/wall.fr.md", "+++\ntitle = \"Mur\"\npath = \"2024/05/01/mur\"\n[taxonomies]\ntags = [\"Mer\"]\nauthors = [\"Ada\"]\n[extra]\nimage = \"https://e.org/a.png\"\n+++\nTexte.",
			content.Draft{
				Title: "Mur", Body: "Texte.", Slug: "wall", ExternalID: "content/news/wall.fr.md", Language: "fr", Section: "news",
				PublishedAt: at("2024-05-01T00:00:00Z"), Authors: []content.Author{{Name: "Ada"}}, Tags: []string{"Mer"}, Image: content.Image{URL: "https://e.org/a.png"},
			},
		},
		{
			"Astro", "src/content/blog/first.md", "---\ntitle: 'First'\ndescription: 'Lead'\npubDate: 'Jul 08 2022'\nupdatedDate: 2022-07-09\nheroImage: 'https://e.org/a.png'\nauthor: {name: Ada, url: https://e.org}\n---\nText.",
			content.Draft{
				Title: "First", Standfirst: "Lead", Body: "Text.", Slug: "first", ExternalID: "src/content/blog/first.md", PublishedAt: at("2022-07-08T00:00:00Z"),
				UpdatedAt: at("2022-07-09T00:00:00Z"), Authors: []content.Author{{Name: "Ada"}}, Image: content.Image{URL: "https://e.org/a.png"},
			},
		},
		{
			"title from the heading", "2024/05/01/a-day.md", "\ufeff# A *day* #\n\nText.\n\n## Later\n",
			content.Draft{Title: "A day", Body: "Text.\n\n## Later", Slug: "a-day", ExternalID: "2024/05/01/a-day.md", PublishedAt: at("2024-05-01T00:00:00Z")},
		},
		{
			"title from an underlined heading", "2024-05-01-a.md", "A day\n=====\nText.",
			content.Draft{Title: "A day", Body: "Text.", Slug: "a", ExternalID: "2024-05-01-a.md", PublishedAt: at("2024-05-01T00:00:00Z")},
		},
		{
			"another heading stays", "2024-05-01-a.md", "---\ntitle: B\n---\n# A day\n\nText.",
			content.Draft{Title: "B", Body: "# A day\n\nText.", Slug: "a", ExternalID: "2024-05-01-a.md", PublishedAt: at("2024-05-01T00:00:00Z")},
		},
	} {
		item := page(t, c.name, c.text)
		c.want.Source, c.want.BodyFormat = "markdown", content.Markdown
		if diff := cmp.Diff(ingest.Item{Where: c.name + ":1", Draft: c.want}, item); diff != "" {
			t.Errorf("%s: %s differs (-want +got):\n%s", c.system, c.name, diff)
		}
	}
}

func TestPageTitles(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"A *new* **day**": "A new day", "`Box<T>` code": "Box<T> code", "Vec<T> grows": "Vec<T> grows", "a <em>day</em> & night": "a day & night",
		"1. first": "1. first", "> quoted": "> quoted", "- dashed": "- dashed", "snake_case_name": "snake_case_name", "2024": "2024", "[a](https://e.org)": "a",
	} {
		if got := page(t, "a.md", "---\ntitle: '"+written+"'\n---\n").Draft.Title; got != want {
			t.Errorf("title %q becomes %q, want %q", written, got, want)
		}
	}
}

func TestPageNotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"harbour_wall.md", "---\ndate: 2024-05-01\n---\nText.", "the title is made from the name of the file"},
		{"a.md", "# T\n\nText.", "it has no date, and counts as published when it is imported first"},
		{"a.md", "---\ntitle: T\ndate: 2024-05-01\nimage: /a.png\n---\n", `the image "/a.png" is left out: it is no absolute http or https address`},
		{"a.md", "---\ntitle: T\ndate: 2024-05-01\nslug: Über Uns\n---\n", `the slug "Über Uns" becomes "uber-uns"`},
		{"a.md", "---\ntitle: T\ndate: 2024-05-01\nauthor: {mail: a@e.org}\n---\n", "the author is left out: it is neither a name nor a list of names"},
		{"a.md", "---\ntitle: T\ndate: 2024-05-01\n---\n{{< figure src=a >}}", "codes of the site generator, such as {{< … >}}, stay in the text as they are"},
		{"a.mdx", "---\ntitle: T\ndate: 2024-05-01\n---\n<Box/>", "components and imports of MDX stay in the text as they are"},
	} {
		item := page(t, c.name, c.text)
		if got := strings.Join(item.Notes, "; "); item.Err != nil || got != c.want {
			t.Errorf("%s: %q notes %q (%v), want %q", c.name, c.text, got, item.Err, c.want)
		}
	}
}

func TestPageErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, where, want string }{
		{"---\ntitle: T\ndate: soon\n---\n", "a.md:3", `date: "soon" is not a date; write 2024-05-12, or 2024-05-12T09:30:00Z`},
		{"+++\ntitle = \"T\"\n\n\"pubDate\" = \"soon\"\n+++\n", "a.md:4", `pubDate: "soon" is not a date; write 2024-05-12, or 2024-05-12T09:30:00Z`},
		{"---\ntitle: T\nlang: klingonese\n---\n", "a.md:3", `lang: "klingonese" is not a language tag; use BCP 47, for example "en" or "pt-BR"`},
		{"---\ntitle: T\ntags: [a\n---\n", "a.md:3", "the YAML front matter cannot be read: sequence end token ']' not found"},
		{"---\na: " + strings.Repeat("[", 200) + "\n---\n", "a.md:2", "the front matter has lists more than 100 deep"},
		{"---\ntitle: T\ntitle: U\n---\n", "a.md:3", `the YAML front matter cannot be read: mapping key "title" already defined at [1:1]`},
		{"---\n- a\n---\n", "a.md:2", "the YAML front matter cannot be read: "},
		{"+++\ntitle = T\n+++\n", "a.md:2", "the TOML front matter cannot be read: "},
		{"+++\ntitle = \"T\"\n", "a.md:1", "the front matter that begins with +++ does not end; close it with another +++"},
		{"---\ntitle: T\na: &a x\nb: [" + strings.Repeat("*a,", 20) + "]\n---\n", "a.md:2", "the front matter has more than 16 references (*name); write the values out"},
		{"---\ntitle: " + strings.Repeat("x", 70_000) + "\n---\n", "a.md:1", "the front matter is longer than 64 KB"},
		{"caf\xe9", "a.md:1", "is not UTF-8; save the file as UTF-8"},
		{"---\ntitle: " + strings.Repeat("x", 2_000) + "\n---\n", "a.md:1", "title: has 2000 bytes; the limit is 1000"},
		{"---\ntitle: T\nstatus: scheduled\n---\n", "a.md:1", "publishedAt: is missing; a scheduled article needs the time it is scheduled for"},
	} {
		item := page(t, "a.md", c.text)
		if item.Err == nil || !strings.HasPrefix(item.Err.Error(), c.want) || item.Where != c.where {
			t.Errorf("%.80q gives %s: %v, want %s: %s", c.text, item.Where, item.Err, c.where, c.want)
		}
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	file := &fstest.MapFile{Data: []byte("---\ntitle: T\ndate: 2024-05-01\n---\nText.")}
	files := fstest.MapFS{}
	for _, name := range []string{
		"content/a.md", "content/one/a.md", "content/one/b.MD", "content/one/_index.md", "content/public/c.md", "content/empty.md",
		"README.md", "content/LICENSE.md", ".git/d.md", ".e.md", "themes/x/f.md", "public/g.md", "content/node_modules/h.md", "content/i.txt",
	} {
		files[name] = file
	}
	files["content/empty.md"] = &fstest.MapFile{Data: []byte("+++\ntemplate = \"x\"\n+++\n")}
	var got []string
	for item := range ingest.Folder(files) {
		got = append(got, strings.TrimSpace(item.Where+" "+item.Draft.Section+" "+item.Draft.Slug+" "+item.Skipped))
	}
	want := []string{
		"content/a.md:1  a", "content/empty.md:1   it has neither a title nor a text", "content/one/_index.md:1   _index pages describe a section, and are no articles",
		"content/one/a.md:1 one", "content/one/b.MD:1 one b", "content/public/c.md:1 public c",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages differ (-want +got):\n%s", diff)
	}
}

// Small front matter can be dear to read.
func TestHostileFrontMatter(t *testing.T) {
	t.Parallel()
	const n = 60_000
	for name, inside := range map[string]string{
		"lists":     "a: " + strings.Repeat("[", n),
		"maps":      "a: " + strings.Repeat("{", n),
		"items":     strings.Repeat("- ", n/2),
		"questions": strings.Repeat("? ", n/2),
		"anchors":   strings.Repeat("&a ", n/3),
		"tags":      strings.Repeat("!!str ", n/6),
		"keys":      strings.Repeat("a: ", n/3),
		"quotes":    "a: '" + strings.Repeat("''", n/2),
		"block":     "a: |\n" + strings.Repeat(" x\n", n/3),
		"laughs":    "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: &e [*d,*d]\nf: &f [*e,*e]\ng: [*f,*f,*f,*f,*f,*f]\n",
		"merge":     "a: &a\n  <<: *a\n",
		"TOML keys": "a" + strings.Repeat(".a", n/2) + " = 1",
		"TOML list": "a = " + strings.Repeat("[", n),
		"TOML map":  "a = " + strings.Repeat("{a=", n/3),
	} {
		fence := "---"
		if strings.HasPrefix(name, "TOML") {
			fence = "+++"
		}
		start := time.Now()
		item := page(t, "a.md", fence+"\n"+inside+"\n"+fence+"\nText.")
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v (%v)", name, took, item.Err)
		} else {
			t.Logf("%s: %v %.100v", name, took, item.Err)
		}
		checkItem(t, name, item)
	}
}

func FuzzPage(f *testing.F) {
	f.Add("a/2024-05-01-b.md", "---\ntitle: T\ndate: 2024-05-01\nauthors: [{name: A}]\nimage: {url: 'https://e.org/a'}\n---\n# T\n\nx")
	f.Add("a/index.fr.md", "+++\ntitle = \"T\"\ndate = 2024-05-01\n[extra]\nx = 1\n+++\nT\n==\n")
	f.Add("x.md", "---\na: &a b\nc: *a\n---")
	f.Fuzz(func(t *testing.T, name, text string) {
		file := "a.md"
		if fstest.TestFS(fstest.MapFS{name + ".md": &fstest.MapFile{}}, name+".md") == nil {
			file = name + ".md"
		}
		for item := range ingest.Folder(fstest.MapFS{file: &fstest.MapFile{Data: []byte(text)}}) {
			checkItem(t, text, item)
		}
	})
}
