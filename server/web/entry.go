package web

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
)

// Entry is what a page loads to run one of the entries of vite.config.ts: the
// addresses of files below /assets/, which change with their content.
type Entry struct {
	Script   string   // a module
	Styles   []string // of the script and of all that it imports
	Preloads []string // what the script imports, to be fetched along with it
	Fonts    []string // that the styles name
}

// chunk is what the manifest of the build says of one file.
type chunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
	Assets  []string `json:"assets"`
}

// entry reads from the manifest what is needed for the script with this source.
// A name that the manifest lacks is a mistake in this package.
func entry(source string) Entry {
	raw, err := files.ReadFile("dist/manifest.json")
	if err != nil {
		panic(err) // it is embedded
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(raw, &manifest); err != nil {
		panic(fmt.Errorf("dist/manifest.json: %w", err))
	}
	main, ok := manifest[source]
	if !ok {
		panic("dist/manifest.json has no " + source)
	}
	e := Entry{Script: "/" + main.File}
	e.follow(manifest, source, map[string]bool{})
	return e
}

func (e *Entry) follow(manifest map[string]chunk, name string, seen map[string]bool) {
	seen[name] = true
	for _, imported := range manifest[name].Imports {
		if !seen[imported] {
			e.Preloads = append(e.Preloads, "/"+manifest[imported].File)
			e.follow(manifest, imported, seen)
		}
	}
	for _, file := range manifest[name].Assets {
		if path.Ext(file) == ".woff2" {
			e.Fonts = append(e.Fonts, "/"+file)
		}
	}
	for _, style := range manifest[name].CSS {
		if !slices.Contains(e.Styles, "/"+style) {
			e.Styles = append(e.Styles, "/"+style)
		}
	}
}
