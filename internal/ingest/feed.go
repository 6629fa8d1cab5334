package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"golang.org/x/text/language"

	"nutgraph/internal/content"
)

// feed reads RSS, Atom or JSON Feed.
func (in *input) feed(yield func(Item) bool) {
	data, err := in.readAll(maxDocument)
	var parsed *gofeed.Feed
	if err == nil {
		parsed, err = in.parseFeed(toUTF8(data, in.charset()))
	}
	if err != nil {
		yield(Item{Where: in.source, Err: err})
		return
	}
	channel := newChannel(in, parsed)
	for i := range parsed.Items {
		if in.ctx.Err() != nil {
			yield(Item{Where: in.source, Err: in.readError(in.ctx.Err())})
			return
		}
		item := channel.item(i)
		item.Where = fmt.Sprintf("%s#%d", in.source, i+1)
		if !yield(checked(item)) {
			return
		}
	}
}

// parseFeed parses a document in UTF-8. It trusts the parser with nothing: a
// document that would take it too deep is refused before, and a panic in it is
// an error.
func (in *input) parseFeed(document []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, sourceErrorf(in.source, nil, "cannot be read as a feed: %v", r)
		}
	}()
	trimmed := bytes.TrimLeft(document, " \t\r\n")
	var reason string
	switch {
	case len(trimmed) == 0:
		reason = "is empty; there is nothing to import"
	case trimmed[0] == '<':
		var root string
		if root, reason = inspect(trimmed); root != "" && notAFeed(root, trimmed) != "" {
			reason = notAFeed(root, trimmed)
		} else if reason != "" {
			reason = "cannot be read as a feed: " + reason
		}
	case trimmed[0] == '{':
		reason = notAJSONFeed(trimmed)
	default:
		reason = "is no feed: it begins with neither < nor {"
	}
	if reason != "" {
		return nil, sourceErrorf(in.source, nil, "%s", reason)
	}
	return in.runParser(trimmed)
}

func (in *input) runParser(document []byte) (*gofeed.Feed, error) {
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parser.Parse(feedReader(document))
	if err != nil {
		return nil, sourceErrorf(in.source, err, "cannot be read as a feed: %v", err)
	}
	return feed, nil
}

// feedReader lets the root element stand first, because the parser looks for
// it in the first 4 KB only.
func feedReader(document []byte) *bytes.Reader {
	if root := rootStart.FindIndex(document); root != nil {
		document = document[root[0]:]
	}
	return bytes.NewReader(document)
}

// notAJSONFeed says what is wrong with the frame of a JSON Feed.
func notAJSONFeed(document []byte) string {
	var frame struct {
		Version any             `json:"version"`
		Items   json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(document, &frame); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			line := bytes.Count(document[:min(int(syntax.Offset), len(document))], []byte("\n")) + 1
			return fmt.Sprintf("cannot be read as a feed: line %d is not JSON: %v", line, err)
		}
		return fmt.Sprintf("cannot be read as a feed: %v", err)
	}
	if version, _ := frame.Version.(string); !strings.Contains(version, "jsonfeed.org") && frame.Items == nil {
		return "is JSON and no JSON Feed: it has neither a version nor items"
	}
	return ""
}

// channel is a feed whose items are being read.
type channel struct {
	feed     *gofeed.Feed
	base     *url.URL // what relative addresses are relative to
	source   string   // Draft.Source
	language string
	ids      map[string]int // number of the item that has an id
}

func newChannel(in *input, feed *gofeed.Feed) *channel {
	c := &channel{feed: feed, base: in.base, ids: map[string]int{}}
	for _, address := range []string{feed.FeedLink, feed.Link} {
		if u := c.resolve(address); u != "" {
			c.base, _ = url.Parse(u)
		}
	}
	c.source = c.resolve(feed.Link)
	if c.source == "" {
		c.source = c.resolve(feed.FeedLink)
	}
	if c.source == "" && in.base != nil {
		c.source = in.base.String()
	}
	if c.source == "" {
		c.source = strings.TrimSuffix("feed:"+in.place(), ":")
	}
	if tag, err := language.Parse(strings.TrimSpace(feed.Language)); err == nil {
		c.language = tag.String()
	}
	return c
}

// place is the file with the folder it is in, so that two feeds of one name are
// two sources.
func (in *input) place() string {
	absolute, err := filepath.Abs(in.source)
	if err != nil || in.name == "" {
		return in.name
	}
	return filepath.Base(filepath.Dir(absolute)) + "/" + in.name
}

// resolve returns an absolute http or https address, or "".
func (c *channel) resolve(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	if c.base != nil {
		u = c.base.ResolveReference(u)
	}
	if resolved := u.String(); content.ValidURL(resolved) {
		return resolved
	}
	return ""
}

// plainBody tells whether the full text of an item is plain text and no HTML,
// which only Atom and JSON Feed say.
func (c *channel) plainBody(i int) bool {
	switch original := c.feed.OriginalFeed().(type) {
	case *atom.Feed:
		if i >= len(original.Entries) || original.Entries[i].Content == nil {
			return false
		}
		kind := strings.ToLower(original.Entries[i].Content.Type)
		return kind == "text" || kind == "text/plain"
	case *jsonfeed.Feed:
		return i < len(original.Items) && original.Items[i].ContentHTML == ""
	}
	return false
}
