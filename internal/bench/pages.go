package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"nutgraph/internal/content"
	"nutgraph/internal/search"
)

// The objects of the pages, with the fields and in the order of the operations
// they are compared with.
type (
	named struct {
		Name string `json:"name"`
	}
	linked struct {
		Name string `json:"name"`
		Slug string `json:"slug"`
	}
	neighbour struct {
		Slug  string `json:"slug"`
		Title string `json:"title"`
	}
	brief struct {
		Text string `json:"text"`
	}
	sentence struct {
		Text  string  `json:"text"`
		Start int     `json:"start"`
		End   int     `json:"end"`
		Score float64 `json:"score"`
	}
	summary struct {
		Text      string     `json:"text"`
		Length    string     `json:"length"`
		Origin    string     `json:"origin"`
		IsStale   bool       `json:"isStale"`
		Sentences []sentence `json:"sentences"`
	}
	article struct {
		key            int64
		published      int64
		ID             string     `json:"id"`
		Slug           string     `json:"slug"`
		Title          string     `json:"title"`
		Standfirst     *string    `json:"standfirst"`
		Body           string     `json:"body"`
		PublishedAt    string     `json:"publishedAt"`
		Language       string     `json:"language"`
		WordCount      int        `json:"wordCount"`
		ReadingMinutes int        `json:"readingMinutes"`
		Section        *linked    `json:"section"`
		Authors        []linked   `json:"authors"`
		Tags           []linked   `json:"tags"`
		Summary        *summary   `json:"summary"`
		Related        related    `json:"related"`
		Previous       *neighbour `json:"previous"`
		Next           *neighbour `json:"next"`
	}
	related struct {
		Edges []relatedEdge `json:"edges"`
	}
	relatedEdge struct {
		Score   float64          `json:"score"`
		Origin  string           `json:"origin"`
		Reasons []content.Reason `json:"reasons"`
		Node    relatedArticle   `json:"node"`
	}
	relatedArticle struct {
		key     int64
		Slug    string  `json:"slug"`
		Title   string  `json:"title"`
		Authors []named `json:"authors"`
		Summary *brief  `json:"summary"`
	}
	articleAnswer struct {
		Article *article `json:"article"`
	}
)

func (s *byhand) article(ctx context.Context, r *http.Request) (articleAnswer, error) {
	now := time.Now().UnixMilli()
	a := &article{Slug: r.PathValue("slug"), Authors: []linked{}, Tags: []linked{}}
	found := false
	err := s.rows(ctx, articleQuery, []any{"SHORT", a.Slug, now}, func(rows *sql.Rows) error {
		found = true
		return a.scan(rows)
	})
	if err != nil || !found {
		return articleAnswer{}, err
	}
	a.PublishedAt = dateTime(a.published)
	a.ReadingMinutes = (a.WordCount + 229) / 230
	edges, err := s.related(ctx, a.key, now)
	a.Related.Edges = edges
	return articleAnswer{a}, errors.Join(err,
		s.rows(ctx, authorsQuery, []any{a.key}, scanLinked(&a.Authors)),
		s.rows(ctx, tagsQuery, []any{a.key}, scanLinked(&a.Tags)),
		s.rows(ctx, previousQuery, []any{a.published, a.key}, scanNeighbour(&a.Previous)),
		s.rows(ctx, nextQuery, []any{a.published, a.key, now}, scanNeighbour(&a.Next)))
}

func (a *article) scan(rows *sql.Rows) error {
	var standfirst string
	var sectionName, sectionSlug, summaryText, origin *string
	var stale *bool
	var sentences []byte
	err := rows.Scan(&a.key, &a.ID, &a.Title, &standfirst, &a.Body, &a.published, &a.Language, &a.WordCount,
		&sectionName, &sectionSlug, &summaryText, &origin, &stale, &sentences)
	if err != nil {
		return err
	}
	if standfirst != "" {
		a.Standfirst = &standfirst
	}
	if sectionName != nil {
		a.Section = &linked{*sectionName, *sectionSlug}
	}
	if summaryText == nil {
		return nil
	}
	a.Summary = &summary{Text: *summaryText, Length: "SHORT", Origin: *origin, IsStale: *stale}
	return json.Unmarshal(sentences, &a.Summary.Sentences)
}

func (s *byhand) related(ctx context.Context, key, now int64) ([]relatedEdge, error) {
	edges := []relatedEdge{}
	keys := []int64{}
	err := s.rows(ctx, relatedQuery, []any{key, now}, func(rows *sql.Rows) error {
		e := relatedEdge{Node: relatedArticle{Authors: []named{}}}
		var reasons []byte
		var text *string
		if err := rows.Scan(&e.Score, &e.Origin, &reasons, &e.Node.key, &e.Node.Slug, &e.Node.Title, &text); err != nil {
			return err
		}
		if text != nil {
			e.Node.Summary = &brief{*text}
		}
		err := json.Unmarshal(reasons, &e.Reasons)
		edges, keys = append(edges, e), append(keys, e.Node.key)
		return err
	})
	if err != nil {
		return nil, err
	}
	authors, err := s.namesOf(ctx, authorsOfQuery, keys)
	for i := range edges {
		edges[i].Node.Authors = append(edges[i].Node.Authors, authors[edges[i].Node.key]...)
	}
	return edges, err
}

// namesOf reads the authors or the tags of several articles.
func (s *byhand) namesOf(ctx context.Context, query string, articles []int64) (map[int64][]named, error) {
	keys, err := json.Marshal(articles)
	if err != nil {
		return nil, err
	}
	names := map[int64][]named{}
	return names, s.rows(ctx, query, []any{string(keys)}, func(rows *sql.Rows) error {
		var key int64
		var n named
		err := rows.Scan(&key, &n.Name)
		names[key] = append(names[key], n)
		return err
	})
}

func scanLinked(list *[]linked) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var l linked
		err := rows.Scan(&l.Name, &l.Slug)
		*list = append(*list, l)
		return err
	}
}

func scanNeighbour(place **neighbour) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		*place = &neighbour{}
		return rows.Scan(&(*place).Slug, &(*place).Title)
	}
}

func dateTime(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z") }

type (
	pageInfo struct {
		HasNextPage     bool    `json:"hasNextPage"`
		HasPreviousPage bool    `json:"hasPreviousPage"`
		StartCursor     *string `json:"startCursor"`
		EndCursor       *string `json:"endCursor"`
	}
	homeArticle struct {
		key         int64
		Slug        string  `json:"slug"`
		Title       string  `json:"title"`
		PublishedAt string  `json:"publishedAt"`
		Authors     []named `json:"authors"`
		Tags        []named `json:"tags"`
		Summary     *brief  `json:"summary"`
	}
	homeEdge struct {
		Cursor string      `json:"cursor"`
		Node   homeArticle `json:"node"`
	}
	homeAnswer struct {
		Articles struct {
			Edges    []homeEdge `json:"edges"`
			PageInfo pageInfo   `json:"pageInfo"`
		} `json:"articles"`
	}
)

const homeArticles = 20

func (s *byhand) home(ctx context.Context, _ *http.Request) (homeAnswer, error) {
	var answer homeAnswer
	edges := make([]homeEdge, 0, homeArticles+1)
	keys := []int64{}
	err := s.rows(ctx, homeQuery, []any{time.Now().UnixMilli()}, func(rows *sql.Rows) error {
		e := homeEdge{Node: homeArticle{Authors: []named{}, Tags: []named{}}}
		var published int64
		var text *string
		if err := rows.Scan(&e.Node.key, &e.Node.Slug, &e.Node.Title, &published, &text); err != nil {
			return err
		}
		if text != nil {
			e.Node.Summary = &brief{*text}
		}
		e.Node.PublishedAt = dateTime(published)
		e.Cursor = content.Cursor{Order: "article:published_at-", Values: []any{float64(published)}, ID: strconv.FormatInt(e.Node.key, 10)}.String()
		edges, keys = append(edges, e), append(keys, e.Node.key)
		return nil
	})
	if err != nil {
		return answer, err
	}
	info := &answer.Articles.PageInfo
	info.HasNextPage = len(edges) > homeArticles
	edges, keys = edges[:min(len(edges), homeArticles)], keys[:min(len(keys), homeArticles)]
	authors, err := s.namesOf(ctx, authorsOfQuery, keys)
	if err != nil {
		return answer, err
	}
	tags, err := s.namesOf(ctx, tagsOfQuery, keys)
	for i := range edges {
		node := &edges[i].Node
		node.Authors, node.Tags = append(node.Authors, authors[node.key]...), append(node.Tags, tags[node.key]...)
	}
	if len(edges) > 0 {
		info.StartCursor, info.EndCursor = &edges[0].Cursor, &edges[len(edges)-1].Cursor
	}
	answer.Articles.Edges = edges
	return answer, err
}

type (
	highlight struct {
		Title string `json:"title"`
		Body  string `json:"body"`
	}
	foundArticle struct {
		Slug    string `json:"slug"`
		Title   string `json:"title"`
		Summary *brief `json:"summary"`
	}
	searchEdge struct {
		Score     float64      `json:"score"`
		Highlight highlight    `json:"highlight"`
		Node      foundArticle `json:"node"`
	}
	searchAnswer struct {
		Search struct {
			TotalCount int          `json:"totalCount"`
			Edges      []searchEdge `json:"edges"`
			PageInfo   struct {
				HasNextPage bool    `json:"hasNextPage"`
				EndCursor   *string `json:"endCursor"`
			} `json:"pageInfo"`
		} `json:"search"`
	}
)

const foundArticles = 10

// search finds the articles with one word.
func (s *byhand) search(ctx context.Context, r *http.Request) (searchAnswer, error) {
	var answer searchAnswer
	query := search.Parse(r.URL.Query().Get("query"))
	match, now := `"`+r.URL.Query().Get("query")+`"`, time.Now().UnixMilli()
	found := &answer.Search
	found.Edges = []searchEdge{}
	err := s.rows(ctx, searchQuery, []any{match, now}, func(rows *sql.Rows) error {
		if len(found.Edges) == foundArticles {
			found.PageInfo.HasNextPage = true
			return nil
		}
		var e searchEdge
		var key int64
		var language, body string
		var summary *string
		var rank float64
		if err := rows.Scan(&key, &e.Node.Slug, &e.Node.Title, &language, &body, &summary, &rank); err != nil {
			return err
		}
		if summary != nil {
			e.Node.Summary = &brief{*summary}
		}
		e.Score = -rank / (1 - rank)
		marked := query.Highlight(e.Node.Title, body, language)
		e.Highlight = highlight{marked.Title, marked.Body}
		end := content.Cursor{Order: "search:relevance+", Values: []any{rank}, ID: strconv.FormatInt(key, 10)}.String()
		found.Edges, found.PageInfo.EndCursor = append(found.Edges, e), &end
		return nil
	})
	if err != nil {
		return answer, err
	}
	return answer, s.rows(ctx, searchCountQuery, []any{match, now}, func(rows *sql.Rows) error { return rows.Scan(&found.TotalCount) })
}

// slugs lists every nth article.
func (s *byhand) slugs(ctx context.Context, r *http.Request) ([]string, error) {
	every, err := strconv.Atoi(r.URL.Query().Get("every"))
	if err != nil {
		return nil, err
	}
	var all []string
	return all, s.rows(ctx, slugsQuery, []any{time.Now().UnixMilli(), every}, func(rows *sql.Rows) error {
		var slug string
		err := rows.Scan(&slug)
		all = append(all, slug)
		return err
	})
}
