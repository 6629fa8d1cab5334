package ingest

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"nutgraph/internal/content"
)

func (p *page) status() error {
	d := &p.item.Draft
	_, draft := p.fm.find("draft")
	_, published := p.fm.find("published")
	switch status := strings.ToUpper(p.fm.text("status")); {
	case draft == true, strings.EqualFold(scalar(draft), "true"), published == false,
		slices.Contains(strings.Split(p.name, "/"), "_drafts"), status == "DRAFT":
		d.Status = content.StatusDraft
	case status == "SCHEDULED":
		d.Status = content.StatusScheduled
	case d.PublishedAt == nil:
		p.note("it has no date, and counts as published when it is imported first")
	}
	return nil
}

// names finds the people and the topics.
func (p *page) names() error {
	d := &p.item.Draft
	key, value := p.fm.find("authors", "author", "byline", "creator")
	for _, name := range p.list(value, "name", "title") {
		d.Authors = append(d.Authors, content.Author{Name: name})
	}
	if value != nil && len(d.Authors) == 0 {
		p.note("the %s is left out: it is neither a name nor a list of names", key)
	}
	for _, keys := range [][]string{{"tags", "tag", "keywords", "topics"}, {"categories", "category"}} {
		_, value := p.fm.find(keys...)
		d.Tags = appendNew(d.Tags, p.words(value)...)
	}
	d.Section = p.fm.text("section")
	if dirs := folders(p.name); d.Section == "" && len(dirs) > 0 {
		d.Section = dirs[0]
	}
	return nil
}

// list returns the names in a value: one name, a list of them, one map that
// has the name under one of the keys, or a list of such maps.
func (p *page) list(value any, keys ...string) []string {
	var names []string
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			names = append(names, p.list(one, keys...)...)
		}
	case map[string]any:
		for _, key := range keys {
			if name := scalar(v[key]); name != "" {
				return []string{name}
			}
		}
	default:
		if name := inline(scalar(value)); !content.Blank(name) {
			names = append(names, name)
		}
	}
	return names
}

// words is list for topics, of which one text may hold several: between
// commas, or between blanks for Jekyll.
func (p *page) words(value any) []string {
	s, ok := value.(string)
	if !ok {
		return p.list(value, "name", "title", "label")
	}
	split := strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
	if len(split) == 1 && p.jekyll() {
		split = strings.Fields(s)
	}
	var words []string
	for _, word := range split {
		words = append(words, p.list(word)...)
	}
	return words
}

// appendNew appends the names that are not in the list yet, however written.
func appendNew(list []string, names ...string) []string {
	for _, name := range names {
		if !slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, name) }) {
			list = append(list, name)
		}
	}
	return list
}

func (p *page) image() error {
	_, value := p.fm.find("image", "heroImage", "hero_image", "cover", "coverImage", "featured_image", "featuredImage", "feature_image",
		"thumbnail", "banner", "ogImage")
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	img := content.Image{
		URL: scalar(value), Alt: p.fm.text("imageAlt", "image_alt", "heroImageAlt", "coverAlt"), Credit: p.fm.text("imageCredit", "image_credit"),
	}
	if m, ok := value.(map[string]any); ok {
		fm := frontMatter{values: lowered(m)}
		img = content.Image{URL: fm.text("url", "src", "image", "path"), Alt: fm.text("alt"), Credit: fm.text("credit")}
	}
	switch {
	case content.ValidURL(img.URL):
		p.item.Draft.Image = img
	case img.URL != "":
		p.note("the image %q is left out: it is no absolute http or https address", img.URL)
	}
	return nil
}

func (p *page) language() error {
	key, value := p.fm.find("language", "lang", "locale")
	tongue := scalar(value)
	if m := tongueName.FindStringSubmatch(stem(p.name)); m != nil && tongue == "" {
		tongue = m[2]
	}
	if tongue == "" {
		return nil
	}
	tag, err := language.Parse(tongue)
	switch {
	case err == nil:
		p.item.Draft.Language = tag.String()
	case key != "":
		return p.refuse(key, "%q is not a language tag; use BCP 47, for example \"en\" or \"pt-BR\"", tongue)
	}
	return nil
}

// addresses finds the slug, in the front matter or in the name of the file,
// and the canonical address.
func (p *page) addresses() {
	d := &p.item.Draft
	given := p.fm.text("slug")
	d.Slug = content.Slugify(given)
	if given != "" && d.Slug != given {
		p.note("the slug %q becomes %q", given, d.Slug)
	}
	if d.Slug == "" {
		d.Slug = content.Slugify(pageStem(p.name))
	}
	for _, key := range []string{"canonicalURL", "canonicalUrl", "canonical_url", "canonical", "url"} {
		if address := scalar(p.fm.values[strings.ToLower(key)]); content.ValidURL(address) {
			d.URL = address
			return
		}
	}
}
