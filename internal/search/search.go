// Package search is the way in: it understands what readers type into a search
// box, finds articles with the full-text index, best first, and shows where in
// them it stands.
//
//	q := search.Parse(`harbour wall* "storm surge" -ferry`)
//	found, err := search.Find(ctx, store, q, where, window)
//	h := q.Highlight(article.Title, body.Text, article.Language)
//
// It reads through db and writes nothing; internal/pipeline fills the index.
package search

import (
	"context"
	"errors"
	"fmt"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// Hit is an article that was found. The score is 0 to 1, higher is better.
type Hit struct {
	Node  content.Article
	Score float64
}

// Found is what a search finds.
type Found struct {
	content.Page[Hit]
	Query      Query  // as it was understood
	Suggestion string // the query as it should have been typed; "" when it was right

	store   *db.DB
	where   *content.ArticleWhere
	filed   []int64 // keys, sorted, of the articles that where can select; nil when that is not known
	ranking *ranking
	bounded bool
}

// attempts is how often a search begins anew when segments are merged under it.
const attempts = 10

// Find reads a page of the articles that a query finds and where selects, best
// match first.
func Find(ctx context.Context, store *db.DB, q Query, where *content.ArticleWhere, w content.Window) (*Found, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	for range attempts {
		f, err := find(ctx, store, q, where, w)
		if !errors.Is(err, db.ErrSegmentGone) {
			return f, err
		}
	}
	return nil, fmt.Errorf("search: %w", db.ErrSegmentGone)
}

func find(ctx context.Context, store *db.DB, q Query, where *content.ArticleWhere, w content.Window) (*Found, error) {
	f := &Found{Query: q, store: store, where: where, ranking: &ranking{}}
	if q.Empty() {
		return f, f.page(ctx, w)
	}
	r, err := newReader(ctx, store)
	if err != nil {
		return nil, err
	}
	if err := f.narrow(ctx); err != nil {
		return nil, err
	}
	if err := f.answer(ctx, r); err != nil {
		return nil, err
	}
	f.bounded = r.bounded
	return f, f.page(ctx, w)
}

// answer finds the articles that answer the query: those that hold all of its
// terms; when there are none because a word is misspelt, those that hold all
// when it is mended; and when there are none either, those that hold some.
func (f *Found) answer(ctx context.Context, r *reader) error {
	found, err := r.lookUpTerms(ctx, f.Query.Terms)
	if err != nil {
		return err
	}
	scored := found.scoring()
	enough, err := f.strict(ctx, scored)
	if err != nil || enough {
		return err
	}
	if f.ranking.total == 0 {
		if done, err := f.mended(ctx, r, found.have); done || err != nil {
			return err
		}
	}
	if loose, phrases := f.Query.loosened(); phrases {
		if found, err = r.lookUpTerms(ctx, loose.Terms); err != nil {
			return err
		}
		scored, f.Query = found.scoring(), loose
	}
	f.ranking = &ranking{hits: scored.hits, admit: scored.holdsSome}
	return f.stories(ctx)
}

// mended tries the query with its misspelt words mended, and tells whether that
// finds anything.
func (f *Found) mended(ctx context.Context, r *reader, have []int) (bool, error) {
	q, mended, err := r.mend(ctx, f.Query, have)
	if err != nil || !mended {
		return false, err
	}
	found, err := r.lookUpTerms(ctx, q.Terms)
	if err != nil {
		return false, err
	}
	scored := found.scoring()
	all := f.ranked(&ranking{hits: scored.hits, admit: scored.holdsAll})
	if some, err := f.any(ctx, all); !some || err != nil {
		return false, err
	}
	f.Query, f.Suggestion, f.ranking = q, q.typed, all
	return true, nil
}

// A search wants articles that hold all terms. When there are none, or few for a
// query of many terms, it takes those that hold some of them, by weight.
const (
	manyTerms = 4
	fewHits   = 10
	someOf    = 0.12
)

// strict ranks the hits that hold all terms, and tells whether where selects
// enough of them.
func (f *Found) strict(ctx context.Context, scored *scoring) (enough bool, err error) {
	f.ranking = f.ranked(&ranking{hits: scored.hits, admit: scored.holdsAll})
	want := 1
	if len(scored.weights) >= manyTerms {
		want = fewHits
	}
	chosen, err := f.choose(ctx, f.ranking, want)
	return len(chosen) == want, err
}
