package db

import (
	"context"
	"strings"

	"nutgraph/internal/content"
)

// Hit is an article that a search found. The score is 0 to 1, higher is better.
type Hit struct {
	Node  content.Article
	Score float64
}

// Phrase is one or more words, one after the other.
type Phrase struct {
	Text   string
	Prefix bool // of the last word this is the beginning
	Not    bool // the article must not hold it
}

// Search reads a page of the articles that hold all of some phrases, best match
// first (BM25, a word in the title counting ten times one in the body). Nothing
// to look for finds nothing.
func (db *DB) Search(ctx context.Context, phrases []Phrase, where *content.ArticleWhere, w content.Window) (content.Page[Hit], error) {
	if err := where.Validate(); err != nil {
		return content.Page[Hit]{}, err
	}
	match := matchQuery(phrases)
	if match == "" {
		return content.Page[Hit]{Count: func(context.Context) (int, error) { return 0, nil }}, nil
	}
	s := &statement{}
	conditions := append([]string{"article_search MATCH " + s.arg(match), s.visible(db.now())}, s.where(where)...)
	return page(ctx, db, listing[Hit]{
		items:      "search",
		columns:    "bm25(article_search, 10, 4, 4, 4, 1), " + articleColumns,
		from:       "article_search JOIN article a ON a.key = article_search.rowid",
		conditions: conditions,
		args:       s.args,
		order:      []sortTerm{{name: "relevance", expression: "bm25(article_search, 10, 4, 4, 4, 1)"}},
		key:        "a.key",
		scan:       db.scanHit,
	}, w)
}

// scanHit maps BM25, which SQLite gives as a negative number without a bound,
// to a score below 1 that keeps the order.
func (db *DB) scanHit(scan scanner) (Hit, error) {
	var h Hit
	var bm25 float64
	var err error
	h.Node, err = db.scanArticle(func(dest ...any) error { return scan(append([]any{&bm25}, dest...)...) })
	h.Score = -bm25 / (1 - bm25)
	return h, err
}

// matchQuery writes a query in the language of FTS5, "" when there is nothing
// to look for. Every phrase is quoted, so that nothing a reader types is an
// operator. A NUL would end the query within the quotes.
func matchQuery(phrases []Phrase) string {
	var wanted, excluded []string
	for _, p := range phrases {
		quoted := `"` + strings.NewReplacer(`"`, `""`, "\x00", " ").Replace(p.Text) + `"`
		if p.Prefix {
			quoted += " *"
		}
		if p.Not {
			excluded = append(excluded, quoted)
		} else {
			wanted = append(wanted, quoted)
		}
	}
	if len(wanted) == 0 {
		return ""
	}
	return "(" + strings.Join(append([]string{strings.Join(wanted, " AND ")}, excluded...), ") NOT (") + ")"
}
