package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
)

type compareCommand struct {
	Articles int      `default:"10000" help:"How many articles to generate (default: ${default})."`
	Archive  string   `help:"Measure on this archive."`
	Source   string   `help:"Measure on what this file holds; it is imported once."`
	Server   string   `help:"The server's program; built from ./server when not given."`
	Requests int      `default:"2000" help:"Requests of one measurement (default: ${default})."`
	Rounds   int      `default:"5" help:"How often everything is measured (default: ${default})."`
	Pages    []string `default:"ArticlePage,Home,Search" help:"What to measure (default: ${default})."`
}

// Run measures and prints.
func (c *compareCommand) Run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a folder of our own
	if c.Server, err = built(ctx, c.Server, folder); err != nil {
		return err
	}
	archive, err := c.archive(ctx, c.Server)
	if err != nil {
		return err
	}
	f, err := newField(ctx, c.Server, archive)
	if err != nil {
		return err
	}
	defer f.stop()
	for _, name := range c.Pages {
		if err := c.measure(ctx, f, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return f.printMemory()
}

// field is the servers that run against each other.
type field struct {
	byhand, uncached, warm *process
	slugs                  []string
}

func newField(ctx context.Context, server, archive string) (*field, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	serve := []string{"serve", "--addr", "127.0.0.1:0", "--db", archive}
	f := &field{}
	var failed [3]error
	f.byhand, failed[0] = start(ctx, nil, self, "byhand", archive)
	f.uncached, failed[1] = start(ctx, []string{"NUTGRAPH_CACHE=0"}, server, serve...)
	f.warm, failed[2] = start(ctx, nil, server, serve...)
	if err := errors.Join(failed[:]...); err != nil {
		f.stop()
		return nil, err
	}
	f.slugs, err = f.someSlugs(ctx)
	return f, err
}

func (f *field) stop() {
	for _, p := range []*process{f.byhand, f.uncached, f.warm} {
		if p != nil {
			p.stop()
		}
	}
}

// someSlugs picks up to a thousand articles spread over the archive.
func (f *field) someSlugs(ctx context.Context) ([]string, error) {
	const every, most = 7, 1000
	answer, err := request{path: fmt.Sprintf("/slugs?every=%d", every)}.send(ctx, http.DefaultClient, f.byhand.url)
	if err != nil {
		return nil, err
	}
	var slugs struct{ Data []string }
	if err := json.Unmarshal(answer, &slugs); err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same choice each time
	random.Shuffle(len(slugs.Data), func(i, j int) { slugs.Data[i], slugs.Data[j] = slugs.Data[j], slugs.Data[i] })
	return slugs.Data[:min(len(slugs.Data), most)], nil
}

// requests are those of one page: of GraphQL, and to the server written by hand.
func (f *field) requests(name string) (graphQL, byhand []request, err error) {
	switch name {
	case "ArticlePage":
		for _, slug := range f.slugs {
			if err = add(&graphQL, "article-page", name, map[string]any{"slug": slug}); err != nil {
				return nil, nil, err
			}
			byhand = append(byhand, request{path: "/article/" + url.PathEscape(slug)})
		}
	case "Home":
		err = add(&graphQL, "home", name, map[string]any{})
		byhand = append(byhand, request{path: "/home"})
	case "Search":
		for _, word := range words(f.slugs) {
			if err = add(&graphQL, "search", name, map[string]any{"query": word}); err != nil {
				return nil, nil, err
			}
			byhand = append(byhand, request{path: "/search?query=" + url.QueryEscape(word)})
		}
	default:
		err = errors.New("there is no such page; there are ArticlePage, Home and Search")
	}
	return graphQL, byhand, err
}

// add appends an operation of the contract.
func add(list *[]request, file, name string, variables map[string]any) error {
	r, err := operation(file, name, variables)
	*list = append(*list, r)
	return err
}

// operation is one of the contract.
func operation(file, name string, variables map[string]any) (request, error) {
	text, err := os.ReadFile(filepath.Join("graph", "testdata", "contract", file+".graphql"))
	if err != nil {
		return request{}, fmt.Errorf("read the operation; run this at the root of the project: %w", err)
	}
	return graphQL(string(text), name, variables)
}

func graphQL(text, name string, variables map[string]any) (request, error) {
	body, err := json.Marshal(map[string]any{"query": text, "operationName": name, "variables": variables})
	return request{path: "/graphql", body: body}, err
}

// words are what readers search for: one word of each of fifty titles.
func words(slugs []string) []string {
	const most, shortest = 50, 5
	var all []string
	for _, slug := range slugs {
		longest := slices.MaxFunc(strings.Split(slug, "-"), func(a, b string) int { return len(a) - len(b) })
		if len(longest) >= shortest && !slices.Contains(all, longest) {
			all = append(all, longest)
		}
		if len(all) == most {
			break
		}
	}
	return all
}

// measure compares the servers on one page.
func (c *compareCommand) measure(ctx context.Context, f *field, name string) error {
	graphQL, byhand, err := f.requests(name)
	if err != nil {
		return err
	}
	if err := f.prepare(ctx, graphQL, byhand); err != nil {
		return err
	}
	kept := make([]request, len(graphQL))
	for i, r := range graphQL {
		kept[i] = request{path: "/kept", body: r.body}
	}
	t := table{name: name}
	for range c.Rounds {
		for _, m := range []struct {
			p        *process
			requests []request
			figures  *[]time.Duration
		}{{f.byhand, kept, &t.kept}, {f.warm, graphQL, &t.warm}, {f.byhand, byhand, &t.byhand}, {f.uncached, graphQL, &t.uncached}} {
			cpu, err := load(ctx, m.p, m.requests, c.Requests)
			if err != nil {
				return err
			}
			*m.figures = append(*m.figures, cpu)
		}
	}
	t.print()
	return nil
}

// prepare asks each server for each page once, wants the same answers, and lets
// the one that sends kept bytes keep them.
func (f *field) prepare(ctx context.Context, graphQL, byhand []request) error {
	for i := range graphQL {
		want, err := byhand[i].send(ctx, http.DefaultClient, f.byhand.url)
		if err != nil {
			return err
		}
		for _, p := range []*process{f.uncached, f.warm} {
			got, err := graphQL[i].send(ctx, http.DefaultClient, p.url)
			if err != nil {
				return err
			}
			if err := same(got, want); err != nil {
				return fmt.Errorf("%s answers otherwise than the server written by hand: %w", graphQL[i].body, err)
			}
		}
		pair, err := json.Marshal(map[string][]byte{"Request": graphQL[i].body, "Answer": want})
		if err != nil {
			return err
		}
		if err := f.keep(ctx, pair); err != nil {
			return err
		}
	}
	return nil
}

func (f *field) keep(ctx context.Context, pair []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, f.byhand.url+"/kept", strings.NewReader(string(pair)))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// same compares answers as JSON: the two encoders write some numbers
// differently. Each server ranks what it finds in its own way, and one knows
// endings, so of a search the shape is compared, and that it finds no less.
func same(got, want []byte) error {
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal(got, &a), json.Unmarshal(want, &b)); err != nil {
		return err
	}
	delete(a, "extensions")
	var x, y struct{ Data searchAnswer }
	if err := errors.Join(json.Unmarshal(got, &x), json.Unmarshal(want, &y)); err != nil {
		return err
	}
	alike := reflect.DeepEqual(a, b)
	if y.Data.Search.TotalCount > 0 {
		alike = x.Data.Search.TotalCount >= y.Data.Search.TotalCount && reflect.DeepEqual(shape(a), shape(b))
	}
	if !alike {
		return fmt.Errorf("got  %s\nwant %s", got, want)
	}
	return nil
}

// shape is JSON without its texts and numbers.
func shape(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, field := range v {
			v[name] = shape(field)
		}
		return v
	case []any:
		for i, item := range v {
			v[i] = shape(item)
		}
		return v
	case bool, nil:
		return v
	}
	return fmt.Sprintf("%T", v)
}
