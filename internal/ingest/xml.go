package ingest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The bounds of a feed's XML, far above what feeds have. The parser works
// through nested elements by recursion, copies all namespaces in scope at each
// element that declares one, and all text before at each piece of text.
const (
	maxElements   = 1_000   // open at once
	maxAttributes = 200     // of one element
	maxPrefixes   = 500     // of namespaces in the document
	maxCopying    = 1 << 28 // bytes
)

// inspect walks through an XML document. It returns the name of the root
// element in lower case, and the reason why the document is not to be parsed.
func inspect(document []byte) (root, reason string) {
	dec := xml.NewDecoder(&cleanReader{document})
	dec.Strict = false
	open := []int{0} // bytes of text in each open element
	prefixes := map[string]bool{}
	copying := 0
	for {
		token, err := dec.RawToken()
		if err != nil {
			return root, endReason(dec, err, root)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if root == "" {
				root = strings.ToLower(t.Name.Local)
			}
			if reason := tooMuch(t, len(open), prefixes); reason != "" {
				line, _ := dec.InputPos()
				return root, fmt.Sprintf("line %d has more than %s, which no feed needs", line, reason)
			}
			open = append(open, 0)
		case xml.EndElement:
			open = open[:max(1, len(open)-1)]
		case xml.CharData:
			if copying += open[len(open)-1]; copying > maxCopying {
				return root, "its text is cut into too many pieces by comments and CDATA sections"
			}
			open[len(open)-1] += len(t)
		}
	}
}

// tooMuch names the bound that an element exceeds, or is "".
func tooMuch(e xml.StartElement, open int, prefixes map[string]bool) string {
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" {
			prefixes[a.Name.Local] = true
		}
	}
	switch {
	case open > maxElements:
		return fmt.Sprintf("%d elements inside each other", maxElements)
	case len(e.Attr) > maxAttributes:
		return fmt.Sprintf("%d attributes", maxAttributes)
	case len(prefixes) > maxPrefixes:
		return fmt.Sprintf("%d namespaces", maxPrefixes)
	}
	return ""
}

// endReason tells why walking ended: with the document, or before.
func endReason(dec *xml.Decoder, err error, root string) string {
	if errors.Is(err, io.EOF) && root != "" {
		return ""
	}
	if root == "" {
		return "it has no XML element"
	}
	return xmlReason(dec, err)
}

func xmlReason(dec *xml.Decoder, err error) string {
	line, _ := dec.InputPos()
	message := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		line, message = syntax.Line, syntax.Msg
	}
	return fmt.Sprintf("line %d is not well-formed XML: %s", line, message)
}

// cleanReader reads a document without the control characters that XML forbids
// and writers leave in it.
type cleanReader struct{ document []byte }

func (c *cleanReader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && len(c.document) > 0 {
		b := c.document[0]
		c.document = c.document[1:]
		if b >= 0x20 || b == '\t' || b == '\n' || b == '\r' {
			p[n] = b
			n++
		}
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// notAFeed says what a document with another root is.
func notAFeed(root string, document []byte) string {
	switch root {
	case "rss", "rdf", "feed":
		return ""
	case "html":
		hint := "give the address of the feed itself"
		if bytes.Contains(document, []byte("application/rss+xml")) || bytes.Contains(document, []byte("application/atom+xml")) {
			hint += `, which the page names in a <link rel="alternate"> element`
		}
		return "is a web page and not a feed; " + hint
	case "urlset", "sitemapindex":
		return "is a site map and not a feed; give the address of the feed"
	case "opml":
		return "is a list of feeds (OPML); import the feeds it names one by one"
	}
	return fmt.Sprintf("is XML with the root element <%s>, and neither RSS nor Atom", root)
}
