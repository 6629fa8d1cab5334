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

	"nutgraph/server/web"
)

// page answers one kind of address.
type page func(*http.Request) (*view, error)

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

// html serves a page, or the page that says why there is none.
func (rd *Reader) html(show page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := show(r)
		if err != nil {
			v = rd.failure(r, err)
		}
		rd.write(w, r, v)
	})
}

func (rd *Reader) write(w http.ResponseWriter, r *http.Request, v *view) {
	v.site = site{Name: rd.Name, Base: rd.base(r), Query: r.FormValue("q"), Today: rd.Now(), Assets: rd.assets}
	if strings.HasPrefix(v.Canonical, "/") {
		v.Canonical = v.Base + v.Canonical
	}
	var b bytes.Buffer
	if err := templates[v.Template].Execute(&b, v); err != nil {
		rd.Log.ErrorContext(r.Context(), "page was not written", slog.String("template", v.Template), slog.Any("error", err))
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", web.ReaderPolicy)
	if v.Status != 0 && v.Status != http.StatusOK {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(v.Status)
		_, _ = w.Write(b.Bytes()) // nobody is left to tell
		return
	}
	serve(w, r, "text/html; charset=utf-8", b.Bytes())
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

// missing answers every address that is none of ours.
func (rd *Reader) missing(*http.Request) (*view, error) { return nil, errMissing }

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

// window reads which page of a list an address asks for.
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
