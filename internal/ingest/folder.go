package ingest

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"nutgraph/internal/content"
)

// Folder returns the articles of a folder of Markdown, in the order of their
// paths. Their source is "markdown"; Open names it after the folder. It can be
// ranged over again.
//
// Every .md, .markdown, .mdown and .mdx file is a page, but for README, LICENSE
// and the like. Hidden folders and those that hold what a site generator needs
// (_layouts, themes, node_modules …) are left out; symbolic links are not
// followed.
func Folder(fsys fs.FS) iter.Seq[Item] {
	return folder{ctx: context.Background(), fsys: fsys, source: "markdown"}.items
}

// folder is a tree of Markdown pages.
type folder struct {
	ctx    context.Context // a folder lives as long as one call of Open
	fsys   fs.FS
	source string // Draft.Source of its pages
	root   string // stands before paths in messages, with a slash, or ""
}

func isFolder(source string) bool {
	info, err := os.Stat(source)
	return err == nil && info.IsDir()
}

func openFolder(ctx context.Context, source string, o Options) (iter.Seq[Item], error) {
	if o.Format != "" && o.Format != Auto && o.Format != MarkdownFolder {
		return nil, sourceErrorf(source, nil, "is a folder, which can only be read as markdown; name a file in it to read %s", o.Format)
	}
	absolute, err := filepath.Abs(source)
	if err != nil {
		return nil, openError(source, err)
	}
	f := folder{ctx: ctx, fsys: os.DirFS(source), source: sourceName(absolute)}
	if clean := filepath.ToSlash(filepath.Clean(source)); clean != "." {
		f.root = strings.TrimSuffix(clean, "/") + "/"
	}
	if !f.hasPages() {
		return nil, sourceErrorf(source, nil, "has no Markdown files; name the file to import, or another folder")
	}
	return f.items, nil
}

// sourceName is the Draft.Source of a folder's pages: its own name, which is
// the same wherever the import is started and wherever the folder lies. A name
// that every site uses is completed with that of the folder around it, so that
// two sites do not overwrite each other.
func sourceName(absolute string) string {
	name := filepath.Base(absolute)
	if ordinary[strings.ToLower(name)] {
		name = filepath.Base(filepath.Dir(absolute)) + "/" + name
	}
	return "markdown:" + name
}

// ordinary are folders whose name says that pages are inside, and no more.
var ordinary = map[string]bool{
	"content": true, "contents": true, "posts": true, "post": true, "_posts": true, "_drafts": true, "drafts": true, "blog": true,
	"articles": true, "article": true, "pages": true, "src": true, "docs": true, "archive": true, "collections": true, "markdown": true,
}

// machinery are folders of site generators that hold no pages; those of the
// second list only beside a folder that does, because a section may be called
// "public".
var (
	machinery = []string{"_layouts", "_includes", "_site", "_sass", "_data", "node_modules"}
	beside    = []string{"layouts", "archetypes", "themes", "templates", "vendor", "public", "static", "assets", "resources"}
	pages     = []string{"content", "_posts", "src"}
)

// paperwork are files about a repository, by name without extension.
var paperwork = map[string]bool{
	"readme": true, "license": true, "licence": true, "changelog": true, "contributing": true, "code_of_conduct": true, "security": true,
}

// walk calls visit with the path of each page, or of what cannot be read, until
// visit returns an error.
func (f folder) walk(visit func(name string, err error) error) error {
	isSite := slices.ContainsFunc(pages, func(name string) bool {
		_, err := fs.Stat(f.fsys, name)
		return err == nil
	})
	return fs.WalkDir(f.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case name == ".":
			return err
		case err != nil:
			if err := visit(name, err); err != nil || !entry.IsDir() {
				return err
			}
			return fs.SkipDir
		case entry.IsDir() && foreign(name, isSite):
			return fs.SkipDir
		case entry.IsDir(), !isPage(entry):
			return nil
		}
		return visit(name, nil)
	})
}

// foreign tells whether no page is to be looked for in a folder.
func foreign(name string, isSite bool) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, ".") || slices.Contains(machinery, base) || isSite && slices.Contains(beside, strings.ToLower(name))
}

func isPage(entry fs.DirEntry) bool {
	name := entry.Name()
	return entry.Type().IsRegular() && isMarkdownName(name) && !strings.HasPrefix(name, ".") && !paperwork[strings.ToLower(stem(name))]
}

func (f folder) hasPages() bool {
	found := false
	err := f.walk(func(string, error) error {
		found = true
		return fs.SkipAll
	})
	return found || err != nil // the error is told when the folder is read
}

// items reads every page. A page that is refused does not stop it.
func (f folder) items(yield func(Item) bool) {
	slugs := map[string]bool{}
	err := f.walk(func(name string, err error) error {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		item := Item{Where: f.root + name}
		if err == nil {
			item = f.read(name)
		} else {
			item.Err = unreadable(err)
		}
		item.Draft.Slug = unused(slugs, item.Draft.Slug)
		if !yield(checked(item)) {
			return fs.SkipAll
		}
		return nil
	})
	source := cmp.Or(strings.TrimSuffix(f.root, "/"), ".")
	switch {
	case err == nil:
	case f.ctx.Err() != nil:
		yield(Item{Where: source, Err: sourceErrorf(source, err, "stopped")})
	default:
		yield(Item{Where: source, Err: sourceErrorf(source, err, "cannot be read: %v", err)})
	}
}

// unreadable says why a file or folder inside the source cannot be read.
func unreadable(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return content.Errorf(content.Invalid, "you may not read it; check its permissions")
	}
	return content.Errorf(content.Invalid, "cannot be read: %v", err)
}

// unused returns a slug that no page before had, or "": then the title makes
// one. Pages of the same name in two folders are two articles.
func unused(slugs map[string]bool, slug string) string {
	if slug == "" || slugs[slug] {
		return ""
	}
	slugs[slug] = true
	return slug
}

func (f folder) read(name string) Item {
	where := f.root + name
	file, err := f.fsys.Open(name)
	if err != nil {
		return Item{Where: where, Err: unreadable(err)}
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxLine+1))
	switch {
	case err != nil:
		return Item{Where: where, Err: unreadable(err)}
	case len(data) > maxLine:
		return Item{Where: where, Err: content.Errorf(content.Invalid, "is larger than %d MB; an article is not", maxLine>>20)}
	}
	item := parsePage(name, data)
	item.Where = f.root + item.Where
	item.Draft.Source, item.Draft.ExternalID = f.source, name
	return item
}

// page reads one Markdown file that was named itself. Its key is the one that
// it has when the folder around it is imported.
func (in *input) page(yield func(Item) bool) {
	data, err := in.readAll(maxLine)
	if err != nil {
		yield(Item{Where: in.source, Err: err})
		return
	}
	item := parsePage(in.name, data)
	item.Where = in.source + strings.TrimPrefix(item.Where, in.name)
	switch {
	case in.base != nil:
		item.Draft.Source, item.Draft.ExternalID = in.base.Scheme+"://"+in.base.Host, in.base.String()
	case in.name != "":
		if absolute, err := filepath.Abs(in.source); err == nil {
			item.Draft.Source, item.Draft.ExternalID = sourceName(filepath.Dir(absolute)), in.name
		}
	}
	yield(checked(item))
}

func stem(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// folders returns the folders of a path that mean something to a reader:
// without those every site has, years, and the folder of the page itself.
func folders(name string) []string {
	parts := strings.Split(path.Dir(name), "/")
	if stem(name) == "index" && len(parts) > 0 {
		parts = parts[:len(parts)-1]
	}
	return slices.DeleteFunc(parts, func(part string) bool {
		return part == "." || ordinary[strings.ToLower(part)] || strings.Trim(part, "0123456789-") == ""
	})
}
