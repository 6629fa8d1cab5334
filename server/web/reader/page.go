package reader

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"nutgraph/server/web"
)

// page answers one kind of address: what it asks, and how it shows the answer.
type page struct {
	ask  func(*http.Request) (document string, v variables)
	show func(r *http.Request, answered []byte) (*view, error)
}

// view is what the templates show.
type view struct {
	Template    string // which shows Data
	Status      int    // 200 when 0
	Title       string // the publication's name stands behind it; nothing on the front page
	Description string
	Canonical   string // an absolute address, or a path of ours
	Section     string // the slug of the section the page belongs to
	Hidden      bool   // from search engines
	Story       *story // on an article's page
	LinkedData  any    // schema.org
	Frame       frame
	Data        any
	site
}

// frame is what every page shows of the publication.
type frame struct {
	Sections struct{ Nodes []place }
}

// Top are the sections that stand below no other.
func (f frame) Top() []place {
	var top []place
	for _, s := range f.Sections.Nodes {
		if !s.Nested() {
			top = append(top, s)
		}
	}
	return top
}

// In tells whether the page belongs to a section or to one below it.
func (v *view) In(section string) bool {
	return v.Section == section || strings.HasPrefix(v.Section, section+"/")
}

// Fonts are worth loading before the style sheet asks for them: that of the
// headlines, and on an article's page those of its text.
func (v *view) Fonts() []string {
	wanted := []string{"-600-normal"}
	if v.Story != nil {
		wanted = append(wanted, "-400-normal")
		if italic.MatchString(v.Story.Body) {
			wanted = append(wanted, "-400-italic")
		}
	}
	var fonts []string
	for _, file := range v.Assets.Fonts {
		if slices.ContainsFunc(wanted, func(name string) bool { return strings.Contains(file, name) }) {
			fonts = append(fonts, file)
		}
	}
	return fonts
}

// italic finds the elements that reader.css sets in italics.
var italic = regexp.MustCompile(`<(em|i|cite|blockquote|dfn|var)[ >]`)

// site is what is the same on all pages.
type site struct {
	Name   string
	Base   string
	Query  string // what was searched for
	Today  time.Time
	Assets web.Entry
}

// pageLanguage is the language of everything but the articles.
const pageLanguage = "en"

//go:embed template/*.html
var templateFiles embed.FS

// templates are the pages, each with the layout around it.
var templates = parseTemplates("home", "article", "list", "search", "error")

func parseTemplates(names ...string) map[string]*template.Template {
	functions := template.FuncMap{
		"date": func(t time.Time) string { return t.UTC().Format("2 January 2006") },
		"day":  func(t time.Time) string { return t.UTC().Format("Monday, 2 January 2006") },
		"iso":  func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"safe": func(s string) template.HTML { return template.HTML(s) }, //nolint:gosec // the API hands out HTML that is safe to insert
		"from": func(n int, all []*story) []*story { return all[min(n, len(all)):] },
		"to":   func(n int, all []*story) []*story { return all[:min(n, len(all))] },
	}
	layout := template.Must(template.New("layout.html").Funcs(functions).ParseFS(templateFiles, "template/layout.html", "template/parts.html"))
	parsed := map[string]*template.Template{}
	for _, name := range names {
		parsed[name] = template.Must(template.Must(layout.Clone()).ParseFS(templateFiles, "template/"+name+".html"))
	}
	return parsed
}

// made is what a page is made of. The same of it makes the same page.
type made struct {
	answer [sha256.Size]byte
	uri    string
	base   string
	day    string
}

// maxMade is how many bytes of pages are kept.
const maxMade = 32 << 20

func newPages() *otter.Cache[made, []byte] {
	return otter.Must(&otter.Options[made, []byte]{
		MaximumWeight: maxMade,
		Weigher:       func(k made, page []byte) uint32 { return uint32(len(k.uri) + len(page)) },
	})
}

// html serves a page, or the page that says why there is none. The archive is
// asked each time; only an answer that is new is made into a page.
func (rd *Reader) html(p page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", web.ReaderPolicy)
		document, variables := p.ask(r)
		answered, err := rd.archive.send(r.Context(), document, variables)
		key := made{sha256.Sum256(answered), r.URL.RequestURI(), rd.base(r), rd.Now().Format(time.DateOnly)}
		if known, ok := rd.pages.GetIfPresent(key); ok {
			serve(w, r, htmlType, known)
			return
		}
		var v *view
		if err == nil {
			v, err = p.show(r, answered)
		}
		if err != nil {
			rd.fail(w, r, err)
			return
		}
		if made := rd.render(w, r, v); made != nil {
			rd.pages.Set(key, made)
			serve(w, r, htmlType, made)
		}
	})
}

const htmlType = "text/html; charset=utf-8"

// fail serves the page that says what went wrong.
func (rd *Reader) fail(w http.ResponseWriter, r *http.Request, err error) {
	v := rd.failure(r, err)
	if page := rd.render(w, r, v); page != nil {
		w.Header().Set("Content-Security-Policy", web.ReaderPolicy)
		w.Header().Set("Content-Type", htmlType)
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(v.Status)
		_, _ = w.Write(page) // nobody is left to tell
	}
}

// render makes a page, or answers that it cannot and returns nil.
func (rd *Reader) render(w http.ResponseWriter, r *http.Request, v *view) []byte {
	v.site = site{Name: rd.Name, Base: rd.base(r), Query: r.FormValue("q"), Today: rd.Now(), Assets: rd.assets}
	if strings.HasPrefix(v.Canonical, "/") {
		v.Canonical = v.Base + v.Canonical
	}
	var b bytes.Buffer
	if err := templates[v.Template].Execute(&b, v); err != nil {
		rd.Log.ErrorContext(r.Context(), "page was not written", slog.String("template", v.Template), slog.Any("error", err))
		http.Error(w, "internal error", http.StatusInternalServerError)
		return nil
	}
	return b.Bytes()
}

// serve answers with a document that may be kept, but is asked for again each
// time, so that nothing old is read; an unchanged one is not sent again.
func serve(w http.ResponseWriter, r *http.Request, contentType string, document []byte) {
	sum := sha256.Sum256(document)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `W/"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(document))
}

// errMissing is the error of a page that is not there, or not for readers.
var errMissing = errors.New("there is no such page")

// failure is the page that says what went wrong, in words for readers.
func (rd *Reader) failure(r *http.Request, err error) *view {
	v := &view{Template: "error", Hidden: true}
	refused, isRefusal := errors.AsType[*refusal](err)
	switch {
	case errors.Is(err, errMissing), isRefusal && refused.Extensions.Code == "BAD_USER_INPUT":
		v.Status, v.Title = http.StatusNotFound, "Page not found"
		v.Data = "There is nothing at this address. It may have been mistyped, or what was here may have been withdrawn."
	case isRefusal && (refused.Extensions.Code == "COST_LIMIT_EXCEEDED" || refused.Extensions.Code == "RATE_LIMITED"):
		v.Status, v.Title = http.StatusServiceUnavailable, "This took too long"
		v.Data = "The archive is busy. Please try again in a moment."
	default:
		v.Status, v.Title = http.StatusInternalServerError, "Something went wrong"
		v.Data = "The page could not be made. It is not your doing; please try again later."
		rd.Log.ErrorContext(r.Context(), "page failed", slog.String("path", r.URL.Path), slog.Any("error", err))
	}
	// The sections are a way on. Without them the page still says what it has to.
	if around, err := ask[struct{ frame }](r.Context(), rd.archive, "frame", nil); err == nil {
		v.Frame = around.frame
	}
	return v
}

// window is the variables of a document that asks for a page of a list.
func window(r *http.Request) variables {
	v := variables{}
	if after := r.FormValue("after"); after != "" {
		v["after"] = after
	}
	return v
}

// nextPage is the address of the page after this one, if there is one.
func nextPage(r *http.Request, info pageInfo) string {
	if !info.HasNextPage {
		return ""
	}
	query := r.URL.Query()
	query.Set("after", info.EndCursor)
	return (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
}
