package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// flatCommand asks whether what a page costs grows with the archive.
type flatCommand struct {
	Articles []int  `default:"10000,100000" help:"Sizes of the generated archives to compare, the first with each (default: ${default})."`
	Server   string `help:"The server's program; built from ./server when not given."`
	Requests int    `default:"1000" help:"Requests of one measurement (default: ${default})."`
	Rounds   int    `default:"5" help:"How often everything is measured (default: ${default})."`
}

// Run measures and prints.
func (c *flatCommand) Run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // a folder of our own
	server, err := built(ctx, c.Server, folder)
	if err != nil {
		return err
	}
	var archives []*grown
	defer func() {
		for _, a := range archives {
			a.server.stop()
		}
	}()
	for _, n := range c.Articles {
		a, err := grow(ctx, server, n)
		if err != nil {
			return fmt.Errorf("%d articles: %w", n, err)
		}
		archives = append(archives, a)
	}
	for range c.Rounds { // each meets the same machine
		for _, a := range archives {
			if err := a.measure(ctx, c.Requests); err != nil {
				return err
			}
		}
	}
	printFlat(archives)
	return printReading(ctx, server, archives, c.Requests)
}

// The pages that must cost the same in archives of all sizes.
const (
	pageArticle = "ArticlePage"
	pageHome    = "Home"
	pageFirst   = "page 1"
	pageDeep    = "page 1,000"
)

var flatPages = []string{pageArticle, pageHome, pageFirst, pageDeep}

// grown is a generated archive, served without a cache.
type grown struct {
	articles int
	path     string
	server   *process
	requests map[string][]request
	cpu      map[string][]time.Duration
}

func grow(ctx context.Context, program string, articles int) (*grown, error) {
	path, err := (&compareCommand{Articles: articles}).archive(ctx, program)
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, []string{"NUTGRAPH_CACHE=0"}, program, "serve", "--addr", "127.0.0.1:0", "--db", path)
	if err != nil {
		return nil, err
	}
	a := &grown{articles: articles, path: path, server: p, requests: map[string][]request{}, cpu: map[string][]time.Duration{}}
	if err := a.prepare(ctx); err != nil {
		p.stop()
		return nil, err
	}
	return a, nil
}

// prepare finds articles all over the archive, and the place of a deep page.
func (a *grown) prepare(ctx context.Context) error {
	const some, every = 500, 20
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same choice each time
	for range some {
		slug, err := a.slugBefore(ctx, generatedTime(1+random.IntN(a.articles), a.articles))
		if err != nil {
			return err
		}
		article, err := operation("article-page", "ArticlePage", map[string]any{"slug": slug})
		if err != nil {
			return err
		}
		a.requests[pageArticle] = append(a.requests[pageArticle], article)
	}
	home, err := operation("home", "Home", map[string]any{})
	if err != nil {
		return err
	}
	a.requests[pageHome] = []request{home}
	var after *string
	for page := 1; page <= min(1000, a.articles/every); page++ {
		r, err := listPage(after)
		if err != nil {
			return err
		}
		if page == 1 {
			a.requests[pageFirst] = []request{r}
		}
		a.requests[pageDeep] = []request{r}
		var found struct {
			Articles struct{ PageInfo struct{ EndCursor *string } }
		}
		if err := a.ask(ctx, r, &found); err != nil {
			return err
		}
		after = found.Articles.PageInfo.EndCursor
	}
	return nil
}

func listPage(after *string) (request, error) {
	return graphQL("query ($after: String) { articles(first: 20, after: $after) { nodes { slug title publishedAt } pageInfo { hasNextPage endCursor } } }",
		"", map[string]any{"after": after})
}

func (a *grown) slugBefore(ctx context.Context, t time.Time) (string, error) {
	r, err := graphQL("query ($t: DateTime!) { articles(first: 1, where: {publishedAt: {lte: $t}}) { nodes { slug } } }", "",
		map[string]any{"t": t.Format("2006-01-02T15:04:05.000Z")})
	if err != nil {
		return "", err
	}
	var found struct {
		Articles struct{ Nodes []struct{ Slug string } }
	}
	if err := a.ask(ctx, r, &found); err != nil {
		return "", err
	}
	if len(found.Articles.Nodes) == 0 {
		return "", fmt.Errorf("nothing was published until %s", t)
	}
	return found.Articles.Nodes[0].Slug, nil
}

func (a *grown) ask(ctx context.Context, r request, data any) error {
	raw, err := r.send(ctx, http.DefaultClient, a.server.url)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &struct{ Data any }{data})
}

func (a *grown) measure(ctx context.Context, n int) error {
	for _, page := range flatPages {
		cpu, err := load(ctx, a.server, a.requests[page], n)
		if err != nil {
			return fmt.Errorf("%s of %d articles: %w", page, a.articles, err)
		}
		a.cpu[page] = append(a.cpu[page], cpu)
	}
	return nil
}

// printFlat prints what each page costs, and in proportion to the smallest archive.
func printFlat(archives []*grown) {
	fmt.Fprintf(os.Stdout, "CPU of the server for a request, caches off, median of %d rounds\n%-12s", len(archives[0].cpu[pageHome]), "")
	for _, a := range archives {
		fmt.Fprintf(os.Stdout, "%18d", a.articles)
	}
	fmt.Fprintln(os.Stdout)
	for _, page := range flatPages {
		fmt.Fprintf(os.Stdout, "%-12s", page)
		for _, a := range archives {
			fmt.Fprintf(os.Stdout, "%7d µs (%4.2f×)", median(a.cpu[page]).Microseconds(), median(ratios(a.cpu[page], archives[0].cpu[page])))
		}
		fmt.Fprintln(os.Stdout)
	}
	last := archives[len(archives)-1]
	fmt.Fprintf(os.Stdout, "page 1,000 costs %.2f times page 1 among %d articles\n",
		median(ratios(last.cpu[pageDeep], last.cpu[pageFirst])), last.articles)
}

// printReading prints the memory of a server as it is by default under mixed reads,
// and the time from its start to its first answer.
func printReading(ctx context.Context, program string, archives []*grown, n int) error {
	for _, a := range archives {
		var starts []time.Duration
		var memory int64
		for range 3 {
			begin := time.Now()
			p, err := start(ctx, nil, program, "serve", "--addr", "127.0.0.1:0", "--db", a.path)
			if err != nil {
				return err
			}
			_, err = a.requests[pageArticle][0].send(ctx, http.DefaultClient, p.url)
			starts = append(starts, time.Since(begin))
			mixed := slices.Concat(a.requests[pageArticle], a.requests[pageHome], a.requests[pageFirst], a.requests[pageDeep])
			err = errors.Join(err, flood(ctx, p.url, mixed, n))
			peak, failed := p.peak()
			p.stop()
			if err := errors.Join(err, failed); err != nil {
				return err
			}
			memory = max(memory, peak)
		}
		fmt.Fprintf(os.Stdout, "%d articles: first answer %d ms after the start, %d MB resident at most\n", a.articles, median(starts).Milliseconds(), memory>>20)
	}
	return nil
}

// built is the server's program, built into a folder when none is given.
func built(ctx context.Context, given, folder string) (string, error) {
	if given != "" {
		return given, nil
	}
	program := filepath.Join(folder, "nutgraph")
	if err := run(ctx, "go", "build", "-o", program, "./server"); err != nil {
		return "", fmt.Errorf("build the server; run this at the root of the project: %w", err)
	}
	return program, nil
}
