// Package web holds the pages that the server shows to people, embedded in the
// binary. They load nothing from another host.
package web

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed static
var files embed.FS

func static() fs.FS {
	folder, err := fs.Sub(files, "static")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return folder
}

// Index is the page at /, which says where everything is.
func Index() http.Handler { return page("index.html") }

// Playground is a page that sends queries and shows the answers.
func Playground() http.Handler { return page("playground.html") }

// Assets serves what the pages load, below /assets/.
func Assets() http.Handler {
	return http.StripPrefix("/assets/", http.FileServerFS(assets{static()}))
}

func page(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, static(), name)
	})
}

// assets hides folders and pages: neither is an asset.
type assets struct{ fs.FS }

// Open implements fs.FS.
func (a assets) Open(name string) (fs.File, error) {
	switch name {
	case "page.css", "playground.js":
		return a.FS.Open(name)
	}
	return nil, fs.ErrNotExist
}
