package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Assets serves what the pages load, below /assets/. The names carry a hash of
// the content, so a browser may keep each file for ever. They are compressed when
// they are first asked for, and kept so.
func Assets() http.Handler {
	byPath := map[string]func() asset{}
	paths, err := fs.Glob(files, "dist/assets/*")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range paths {
		byPath["/assets/"+path.Base(name)] = sync.OnceValue(func() asset { return newAsset(name) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		load, ok := byPath[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		load().serve(w, r)
	})
}

// asset is a file in both its forms.
type asset struct {
	contentType   string
	plain, zipped []byte
}

func newAsset(name string) asset {
	raw, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it was found in the embedded files
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write(raw); err != nil {
		panic(err) // memory does not refuse
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return asset{contentType: contentType(name), plain: raw, zipped: zipped.Bytes()}
}

// contentType does not ask the machine, whose tables differ.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".ttf":
		return "font/ttf"
	case ".woff2":
		return "font/woff2"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	default:
		panic(fmt.Sprintf("the build made %s, and nobody said what type that is", name))
	}
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Security-Policy", assetPolicy)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // nobody is left to tell
}
