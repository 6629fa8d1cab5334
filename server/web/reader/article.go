package reader

import "net/http"

// reading is the page of one article.
type reading struct {
	*story
	Related []related
	Length  length // of the summary
	IsOpen  bool   // whether the summary is shown
	At      string // where the summary stands: "" above the text, or "below" it
}

// Above and Below are the two places from which the summary is opened. Without
// JavaScript both open the one above.
func (d reading) Above() reading { return d }

// Below is the place under the text.
func (d reading) Below() reading {
	d.At = "below"
	return d
}

// Shows tells whether a summary of this length is on the page.
func (d reading) Shows(l length) bool { return d.IsOpen && d.At == "" && d.Length == l }

func askArticle(r *http.Request) (string, variables) {
	wanted, open := lengthOf(r.FormValue("summary"))
	v := variables{"slug": r.PathValue("slug"), "withSummary": open}
	if open {
		v["length"] = wanted.Value
	}
	return "article", v
}

// article is the page of one article, with its summary when ?summary= names a
// length.
func (rd *Reader) article(r *http.Request, answered []byte) (*view, error) {
	d, err := read[struct {
		frame
		Article *story
	}](answered)
	if err != nil {
		return nil, err
	}
	s := d.Article
	if s == nil {
		return nil, errMissing
	}
	wanted, _ := lengthOf(r.FormValue("summary"))
	page := &view{
		Template: "article", Frame: d.frame, Story: s,
		Title: s.Title, Description: s.Description(), Canonical: s.canonical(),
		LinkedData: rd.newsArticle(r, s),
		Data:       reading{story: s, Related: relatedOf(s), Length: wanted, IsOpen: s.Summary != nil},
	}
	if s.Section != nil {
		page.Section = s.Section.Slug
	}
	return page, nil
}

// canonical is the address of the article itself, which may be elsewhere.
func (s *story) canonical() string {
	if s.URL != "" {
		return s.URL
	}
	return s.Path()
}
