package markup

import (
	"fmt"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nutgraph/internal/content"
)

// reader reads CommonMark with tables, strikethrough and footnotes, each part
// within the bounds of bounds.go. It lets raw HTML through, because renderFragment
// sanitises after it.
var reader = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(blockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(boundedDefinitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(boundedTable{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)),
	goldmark.WithRendererOptions(
		html.WithUnsafe(),
		renderer.WithNodeRenderers(
			util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
			util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		),
	),
)

func renderMarkdown(source string, body *content.Body) error {
	var b strings.Builder
	b.Grow(len(source) * 3 / 2)
	if err := reader.Convert([]byte(source), &b); err != nil {
		return fmt.Errorf("render Markdown: %w", err)
	}
	body.Markdown = source
	_, err := renderFragment(b.String(), body)
	return err
}

var writer = converter.NewConverter(converter.WithPlugins(
	base.NewBasePlugin(),
	commonmark.NewCommonmarkPlugin(),
	strikethrough.NewStrikethroughPlugin(),
	table.NewTablePlugin(),
))

// toMarkdown converts a tree that is already pruned of what is unsafe, and
// uses it up.
func toMarkdown(root *nethtml.Node) (string, error) {
	hideBrackets(root)
	md, err := writer.ConvertNode(root)
	if err != nil {
		return "", fmt.Errorf("convert HTML to Markdown: %w", err)
	}
	return strings.ReplaceAll(string(md), hiddenBracket, `\[`), nil
}

// hiddenBracket stands for an opening bracket while the converter works. It is
// a noncharacter, which no source has after normalise.
const hiddenBracket = "\uFDD0"

// hideBrackets keeps the brackets in running text from the converter, which
// looks for the end of the line at each of them: 100,000 took six seconds.
func hideBrackets(n *nethtml.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type == nethtml.TextNode:
			child.Data = strings.ReplaceAll(child.Data, "[", hiddenBracket)
		case child.DataAtom != atom.Code && child.DataAtom != atom.Pre:
			hideBrackets(child)
		}
	}
}
