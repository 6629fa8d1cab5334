package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// generate writes an archive of made-up articles by plain SQL: a million of them
// are there in minutes, where an import that also reads, summarises and links
// would take hours. What a page of them holds is as long as that of a real one.
func generate(ctx context.Context, path string, articles int) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists", path)
	}
	partial := path + ".partial"
	store, err := db.Open(ctx, partial, db.Options{})
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", "file:"+partial+"?_pragma=synchronous(OFF)&_pragma=cache_size(-262144)&_txlock=immediate")
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(1)
	if articles > mostWritten && articles%mostWritten != 0 {
		return errors.Join(fmt.Errorf("more than %d articles come in multiples of it", mostWritten), pool.Close())
	}
	g := &generator{random: rand.New(rand.NewPCG(7, 7)), total: min(articles, mostWritten)} //nolint:gosec // the same archive each time
	err = g.write(ctx, pool)
	if err == nil {
		err = analyse(ctx, partial)
	}
	if err == nil { // they have been drawn, by this program
		_, err = pool.ExecContext(ctx, `UPDATE analysis SET edges = 'DONE'`)
	}
	if err == nil {
		err = multiply(ctx, pool, articles)
	}
	if err := errors.Join(err, pool.Close()); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

// How many of each the articles are filed under: few, as in a newspaper.
const (
	generatedAuthors  = 300
	generatedTags     = 1000
	generatedSections = 20
)

type generator struct {
	random     *rand.Rand
	zipf       *rand.Zipf
	total      int
	vocabulary []string
	inserts    map[string]*sql.Stmt
	tx         *sql.Tx
}

func (g *generator) write(ctx context.Context, pool *sql.DB) error {
	g.vocabulary = make([]string, 30_000)
	for i := range g.vocabulary {
		g.vocabulary[i] = g.word()
	}
	g.zipf = rand.NewZipf(g.random, 1.1, 20, uint64(len(g.vocabulary)-1))
	if err := g.commit(ctx, pool, g.writeNames); err != nil {
		return err
	}
	const batch = 10_000
	for from := 1; from <= g.total; from += batch {
		err := g.commit(ctx, pool, func(ctx context.Context) error {
			for key := from; key < min(from+batch, g.total+1); key++ {
				if err := g.writeArticle(ctx, key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// commit runs do in one transaction.
func (g *generator) commit(ctx context.Context, pool *sql.DB, do func(context.Context) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	g.tx, g.inserts = tx, map[string]*sql.Stmt{}
	if err := do(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// insert writes a row into a table, all columns of it named.
func (g *generator) insert(ctx context.Context, table string, values ...any) error {
	stmt := g.inserts[table]
	if stmt == nil {
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
		var err error
		if stmt, err = g.tx.PrepareContext(ctx, "INSERT INTO "+table+" VALUES ("+marks+")"); err != nil {
			return err
		}
		g.inserts[table] = stmt
	}
	_, err := stmt.ExecContext(ctx, values...)
	return err
}

func (g *generator) writeNames(ctx context.Context) error {
	for _, noun := range []struct {
		table, prefix string
		count         int
	}{{"section (key, id, slug, name)", content.SectionPrefix, generatedSections}, {"author (key, id, slug, name)", content.AuthorPrefix, generatedAuthors}, {"tag (key, id, slug, name)", content.TagPrefix, generatedTags}} {
		for key := 1; key <= noun.count; key++ {
			name := g.words(2)
			if err := g.insert(ctx, noun.table, key, content.NewID(noun.prefix), fmt.Sprintf("%s-%d", strings.ReplaceAll(name, " ", "-"), key), name); err != nil {
				return err
			}
		}
	}
	return nil
}

// minutesApart is the time between two articles.
const minutesApart = 7

// generatedTime is when an article of so many was published.
func generatedTime(key, total int) time.Time {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(key-total) * minutesApart * time.Minute)
}

// neverWaiting is a moment of saving in the far future: the server leaves alone
// what has just been saved, and is not to summarise what it finds here.
const neverWaiting = 1 << 52

func (g *generator) writeArticle(ctx context.Context, key int) error {
	title, standfirst, body := g.words(8), g.words(20), g.words(150+g.random.IntN(100))
	slug := fmt.Sprintf("%s-%d", strings.ReplaceAll(title, " ", "-"), key)
	published := generatedTime(key, g.total).UnixMilli()
	section := 1 + g.random.IntN(generatedSections)
	hash := []byte(slug)
	return errors.Join(
		g.insert(ctx, "article (key, id, slug, title, standfirst, url, source, external_id, language, status, revision, published_at, updated_at, created_at, word_count, section_key, saved_at, draft_hash, text_hash)",
			key, content.NewID(content.ArticlePrefix), slug, title, standfirst, "https://news.example/"+slug, "generator", slug, "en", "PUBLISHED", 1,
			published, published, published, 150+g.random.IntN(1000), section, neverWaiting, hash, hash),
		g.insert(ctx, "body (article_key, format, source, html, markdown, text)", key, "TEXT", "", "<p>"+body+"</p>", "", body),
		g.insert(ctx, "article_section (article_key, position, section_key, published_at)", key, 0, section, published),
		g.insert(ctx, "article_author (article_key, position, author_key, published_at)", key, 0, 1+g.random.IntN(generatedAuthors), published),
		g.writeTags(ctx, key, published),
		g.writeEdges(ctx, key),
	)
}

func (g *generator) writeTags(ctx context.Context, key int, published int64) error {
	first := g.random.IntN(generatedTags)
	for position := range 3 {
		// Steps that share no factor with the number of tags: three different ones.
		tag := 1 + (first+position*7)%generatedTags
		if err := g.insert(ctx, "article_tag (article_key, position, tag_key, published_at)", key, position, tag, published); err != nil {
			return err
		}
	}
	return nil
}

// writeEdges links an article to eight others, most of them near it.
func (g *generator) writeEdges(ctx context.Context, key int) error {
	met := map[int]bool{key: true}
	for range 8 {
		to := key - g.random.IntN(2000)
		if to < 1 || met[to] {
			continue
		}
		met[to] = true
		reasons, err := json.Marshal([]content.Reason{
			{Kind: content.SharedTerm, Value: g.words(1), Weight: 0.4},
			{Kind: content.SharedTerm, Value: g.words(1), Weight: 0.3},
			{Kind: content.SharedName, Value: g.words(2), Weight: 0.2},
			{Kind: content.Recency, Value: "3", Weight: 0.1},
		})
		if err != nil {
			return err
		}
		if err := g.insert(ctx, "related (article_key, related_key, score, origin, reasons)", key, to, g.random.Float64(), content.Automatic, string(reasons)); err != nil {
			return err
		}
	}
	return nil
}

// words are some, common ones more often than rare ones.
func (g *generator) words(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = g.vocabulary[g.zipf.Uint64()]
	}
	return strings.Join(all, " ")
}

// word makes one up.
func (g *generator) word() string {
	const consonants, vowels = "bcdfghklmnprstvwz", "aeiou"
	var b strings.Builder
	for range 2 + g.random.IntN(3) {
		b.WriteByte(consonants[g.random.IntN(len(consonants))])
		b.WriteByte(vowels[g.random.IntN(len(vowels))])
	}
	return b.String()
}
