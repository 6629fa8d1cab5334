package reader

import "net/http"

// front is the front page, or a page of what stood on it earlier.
type front struct {
	Top    []*story // the newest, most prominent first
	Blocks []block
	River  []*story // what else is new
	IsMore bool     // not the first page
	Next   string
}

// block is what is new in a section.
type block struct {
	Section place
	Stories []*story
}

// How many stories stand where on the front page.
const (
	topStories   = 7
	blockStories = 4
)

func askHome(r *http.Request) (string, variables) {
	v := window(r)
	v["isFront"] = v["after"] == nil
	return "home", v
}

// home is the front page.
func (rd *Reader) home(r *http.Request, answered []byte) (*view, error) {
	d, err := read[struct {
		frame
		Articles list
		Fronts   struct{ Nodes []place }
	}](answered)
	if err != nil {
		return nil, err
	}
	f := front{IsMore: r.FormValue("after") != "", Next: nextPage(r, d.Articles.PageInfo)}
	f.lay(d.Articles.Nodes, d.Fronts.Nodes, d.Top())
	page := &view{Template: "home", Canonical: "/", Frame: d.frame, Data: f, Description: "The latest from " + rd.Name}
	if f.IsMore {
		page.Title, page.Hidden = "Earlier stories", true
	} else {
		page.LinkedData = rd.website(r)
	}
	return page, nil
}

// lay puts each story in one place only: the top, the block of its section, or
// the river.
func (f *front) lay(newest []story, sections, names []place) {
	placed := map[string]bool{}
	if !f.IsMore {
		for i := range newest[:min(topStories, len(newest))] {
			f.Top = append(f.Top, &newest[i])
			placed[newest[i].Slug] = true
		}
	}
	name := map[string]place{}
	for _, p := range names {
		name[p.Slug] = p
	}
	for _, section := range sections {
		if p, isTop := name[section.Slug]; isTop {
			if b := layBlock(p, section.Articles.Nodes, placed); len(b.Stories) > 1 {
				f.Blocks = append(f.Blocks, b)
				for _, s := range b.Stories {
					placed[s.Slug] = true
				}
			}
		}
	}
	for i := range newest {
		if !placed[newest[i].Slug] {
			f.River = append(f.River, &newest[i])
		}
	}
}

func layBlock(section place, stories []story, placed map[string]bool) block {
	b := block{Section: section}
	for i := range stories {
		if !placed[stories[i].Slug] && len(b.Stories) < blockStories {
			b.Stories = append(b.Stories, &stories[i])
		}
	}
	return b
}
