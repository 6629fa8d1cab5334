package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The Markdown parser looks again, for each mark of some kinds, at everything
// open or everything that follows, so that a small hostile text takes minutes.
// These bounds, far above what people write, keep its time proportional to the
// text. What is beyond them is not lost, it is read as plain text.
const (
	maxContainers = 100       // quotations and lists inside each other
	maxMarks      = 2_000     // brackets, asterisks, backticks… in one paragraph
	maxLooks      = 100 << 20 // bytes that the marks of one paragraph may look over
	maxFootnotes  = 500       // in one body
	maxLines      = 10_000    // in one paragraph of link definitions
	maxCells      = 100_000   // in one table
)

// blockParsers are the standard ones and footnotes, with those that nest bounded.
func blockParsers() []util.PrioritizedValue {
	parsers := parser.DefaultBlockParsers()
	for i, p := range parsers {
		switch p.Value {
		case parser.NewListParser(), parser.NewBlockquoteParser():
			parsers[i].Value = boundedContainer{p.Value.(parser.BlockParser)}
		}
	}
	return append(parsers, util.Prioritized(boundedFootnotes{boundedContainer{extension.NewFootnoteBlockParser()}}, 999))
}

// boundedContainer opens no container inside maxContainers others.
type boundedContainer struct{ parser.BlockParser }

// Open counts the containers around the new one.
func (b boundedContainer) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxContainers {
		return nil, parser.NoChildren
	}
	return b.BlockParser.Open(parent, r, pc)
}

// boundedFootnotes opens maxFootnotes footnotes.
type boundedFootnotes struct{ parser.BlockParser }

var footnotesKey = parser.NewContextKey()

// Open counts the footnotes of the body.
func (b boundedFootnotes) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	seen, _ := pc.Get(footnotesKey).(int)
	if seen >= maxFootnotes {
		return nil, parser.NoChildren
	}
	node, state := b.BlockParser.Open(parent, r, pc)
	if node != nil {
		pc.Set(footnotesKey, seen+1)
	}
	return node, state
}

// inlineParsers are the standard ones, strikethrough and footnotes, all bounded.
func inlineParsers() []util.PrioritizedValue {
	parsers := append(parser.DefaultInlineParsers(),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(extension.NewStrikethroughParser(), 500))
	for i, p := range parsers {
		inline := p.Value.(parser.InlineParser)
		if closer, ok := inline.(parser.CloseBlocker); ok {
			parsers[i].Value = boundedCloser{boundedInline{inline}, closer}
		} else {
			parsers[i].Value = boundedInline{inline}
		}
	}
	return parsers
}

// boundedInline reads maxMarks marks of each block.
type boundedInline struct{ parser.InlineParser }

// marks are those seen in a block so far, by all inline parsers together.
type marks struct {
	block ast.Node
	seen  int
	most  int
}

var marksKey = parser.NewContextKey()

// Parse counts the marks of the block.
func (b boundedInline) Parse(block ast.Node, r text.Reader, pc parser.Context) ast.Node {
	m, _ := pc.Get(marksKey).(*marks)
	if m == nil {
		m = &marks{}
		pc.Set(marksKey, m)
	}
	if m.block != block {
		m.block, m.seen = block, 0
		m.most = min(maxMarks, maxLooks/max(1, length(block)))
	}
	if m.seen++; m.seen > m.most {
		return nil
	}
	return b.InlineParser.Parse(block, r, pc)
}

// length is the number of bytes of a block.
func length(block ast.Node) int {
	n := 0
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		n += line.Len()
	}
	return n
}

// boundedCloser is a boundedInline that wants to know when a block ends.
type boundedCloser struct {
	boundedInline
	parser.CloseBlocker
}

// boundedDefinitions reads link definitions from paragraphs of maxLines lines.
type boundedDefinitions struct{ parser.ParagraphTransformer }

// Transform leaves a longer paragraph as it is.
func (b boundedDefinitions) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if p.Lines().Len() <= maxLines {
		b.ParagraphTransformer.Transform(p, r, pc)
	}
}

// boundedTable reads tables of maxCells cells, counting those that short rows
// leave out and the table makes up.
type boundedTable struct{ parser.ParagraphTransformer }

// Transform leaves a larger table as it is.
func (b boundedTable) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	widest := 0
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		widest = max(widest, bytes.Count(line.Value(r.Source()), []byte("|"))+1)
	}
	if widest*p.Lines().Len() <= maxCells {
		b.ParagraphTransformer.Transform(p, r, pc)
	}
}
