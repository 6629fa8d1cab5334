package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/pelletier/go-toml/v2"

	"nutgraph/internal/content"
)

// maxFrontMatter is how long front matter may be, in bytes.
const maxFrontMatter = 64 << 10

// maxAliases is how many references a YAML document may hold. Each can stand
// for all before it, so that a few dozen fill any memory.
const maxAliases = 16

// keyLine is how front matter goes on after its fence, and a text hardly ever.
var keyLine = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*:`)

// frontMatter is what stands between the fences at the top of a page.
type frontMatter struct {
	values map[string]any // keys in lower case
	source []byte
}

// splitPage takes a page apart. A page that does not begin with a fence has no
// front matter; one whose front matter is broken has an error and the line it
// is on.
func splitPage(page []byte) (fm frontMatter, body string, line int, err error) {
	if bytes.IndexByte(page, 0) >= 0 {
		return fm, "", 1, content.Errorf(content.Invalid, "is no text; it has NUL bytes")
	}
	page = bytes.TrimPrefix(page, []byte("\xef\xbb\xbf"))
	page = bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n"))
	first, rest, _ := bytes.Cut(page, []byte("\n"))
	fence := strings.TrimRight(string(first), " \t")
	if fence != "---" && fence != "+++" {
		return frontMatter{}, string(page), 1, nil
	}
	source, after, found := cutFence(rest, fence)
	if !found {
		if fence == "---" && !keyLine.Match(rest) { // a thematic break
			return frontMatter{}, string(page), 1, nil
		}
		return fm, "", 1, content.Errorf(content.Invalid, "the front matter that begins with %s does not end; close it with another %s", fence, fence)
	}
	if len(source) > maxFrontMatter {
		return fm, "", 1, content.Errorf(content.Invalid, "the front matter is longer than %d KB", maxFrontMatter>>10)
	}
	parse := parseTOML
	if fence == "---" {
		parse = parseYAML
	}
	values, line, err := guarded(parse)(source)
	return frontMatter{lowered(values), source}, string(after), line + 1, err
}

// guarded makes a panic of a parser an error.
func guarded(parse func([]byte) (map[string]any, int, error)) func([]byte) (map[string]any, int, error) {
	return func(source []byte) (values map[string]any, line int, err error) {
		defer func() {
			if r := recover(); r != nil {
				values, line, err = nil, 1, content.Errorf(content.Invalid, "the front matter cannot be read: %v", r)
			}
		}()
		return parse(source)
	}
}

// lowered returns values with the keys in lower case, in which Hugo and others
// do not tell them apart. A key that is lower case already wins.
func lowered(values map[string]any) map[string]any {
	low := make(map[string]any, len(values))
	for _, key := range slices.Sorted(maps.Keys(values)) {
		value := values[key]
		if nested, ok := value.(map[string]any); ok {
			value = lowered(nested)
		}
		low[strings.ToLower(key)] = value
	}
	return low
}

// cutFence splits at the line that is the closing fence.
func cutFence(rest []byte, fence string) (inside, after []byte, found bool) {
	for at := 0; at < len(rest); {
		line, _, more := bytes.Cut(rest[at:], []byte("\n"))
		end := strings.TrimRight(string(line), " \t")
		next := at + len(line)
		if more {
			next++
		}
		if end == fence || fence == "---" && end == "..." {
			return rest[:at], rest[next:], true
		}
		at = next
	}
	return nil, nil, false
}

// maxNesting is how many brackets may be open in YAML front matter, or dashes
// stand before one value. The parser looks at all of them again for each: a
// page of 60 KB took ten seconds.
const maxNesting = 100

func nested(source []byte) bool {
	open := 0
	for line := range bytes.Lines(source) {
		open += bytes.Count(line, []byte("[")) - bytes.Count(line, []byte("]"))
		if open > maxNesting || bytes.Count(line, []byte("- ")) > maxNesting && bytes.Contains(line, []byte("- - - ")) {
			return true
		}
	}
	return false
}

func parseYAML(source []byte) (map[string]any, int, error) {
	if nested(source) {
		return nil, 1, content.Errorf(content.Invalid, "the front matter has lists more than %d deep", maxNesting)
	}
	file, err := parser.ParseBytes(source, 0)
	if err == nil && aliases(file) > maxAliases {
		return nil, 1, content.Errorf(content.Invalid, "the front matter has more than %d references (*name); write the values out", maxAliases)
	}
	values := map[string]any{}
	if err == nil {
		err = yaml.Unmarshal(source, &values)
	}
	if err == nil {
		return values, 1, nil
	}
	line := 1
	if syntax, ok := errors.AsType[yaml.Error](err); ok {
		if token := syntax.GetToken(); token != nil && token.Position != nil {
			line = token.Position.Line
		}
		return nil, line, content.Errorf(content.Invalid, "the YAML front matter cannot be read: %s", syntax.GetMessage())
	}
	return nil, line, content.Errorf(content.Invalid, "the YAML front matter cannot be read: %s", firstLine(err))
}

func aliases(file *ast.File) int {
	var c aliasCounter
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(&c, doc.Body)
		}
	}
	return int(c)
}

type aliasCounter int

// Visit counts the references below a node.
func (c *aliasCounter) Visit(n ast.Node) ast.Visitor {
	if n.Type() == ast.AliasType {
		*c++
	}
	return c
}

func parseTOML(source []byte) (map[string]any, int, error) {
	values := map[string]any{}
	err := toml.Unmarshal(source, &values)
	if err == nil {
		return values, 1, nil
	}
	line := 1
	if syntax, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ = syntax.Position()
	}
	return nil, line, content.Errorf(content.Invalid, "the TOML front matter cannot be read: %s", strings.TrimPrefix(firstLine(err), "toml: "))
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// table returns a nested table, such as Zola's [extra], or nil.
func (fm frontMatter) table(key string) map[string]any {
	t, _ := fm.values[key].(map[string]any)
	return t
}

// find returns the first of the keys that is there and not empty, looked up
// in the front matter itself, then in [taxonomies] and [extra].
func (fm frontMatter) find(keys ...string) (key string, value any) {
	for _, table := range []map[string]any{fm.values, fm.table("taxonomies"), fm.table("extra")} {
		for _, key := range keys {
			if v := table[strings.ToLower(key)]; v != nil && v != "" {
				return key, v
			}
		}
	}
	return "", nil
}

// text returns the first of the keys that is a text or a number.
func (fm frontMatter) text(keys ...string) string {
	_, value := fm.find(keys...)
	return scalar(value)
}

func scalar(value any) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v)
	case int64, uint64, float64, int:
		return fmt.Sprint(v)
	}
	return ""
}

// line returns the line of the page on which a key stands, 1 if it does not.
func (fm frontMatter) line(key string) int {
	number := 1
	for line := range bytes.Lines(fm.source) {
		number++
		name, _, found := strings.Cut(strings.TrimSpace(string(line)), ":")
		if !found || len(strings.Fields(name)) != 1 {
			name, _, _ = strings.Cut(strings.TrimSpace(string(line)), "=")
		}
		if strings.EqualFold(strings.Trim(name, " \t\"'"), key) {
			return number
		}
	}
	return 1
}
