// Package sample holds the sample archive: The Eddermouth Signal, the newspaper
// of a harbour town that does not exist, with 74 articles in four languages over
// eighteen months. It is Markdown with front matter, as any archive could be.
package sample

import (
	"embed"
	"io/fs"
)

// Name is what the newspaper is called.
const Name = "The Eddermouth Signal"

//go:embed archive/*.md
var files embed.FS

// Archive returns the folder of articles.
func Archive() fs.FS {
	folder, err := fs.Sub(files, "archive")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return folder
}
