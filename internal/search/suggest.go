package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/index"
)

// Suggestion completes what is typed into a search box: exactly one of the
// nouns is set.
type Suggestion struct {
	Article *content.Article
	Tag     *content.Tag
	Author  *content.Author
	Count   int // articles of the tag or the author
}

// MaxSuggestions is the most that Suggest returns.
const MaxSuggestions = 20

// How much is looked at for a completion: a letter or two begin a great many
// names.
const (
	maxNameBlocks = 24 // of each dictionary
	maxNames      = 40
)

// Suggest lists the tags and authors, those of most articles first, and the
// headlines, newest first, that begin as typed at one of their words. At least
// half of the list is kept for headlines, if there are so many.
func Suggest(ctx context.Context, store *db.DB, typed string, n int) ([]Suggestion, error) {
	if n < 0 || n > MaxSuggestions {
		return nil, content.FieldErrorf("first", "must be from 0 to %d", MaxSuggestions)
	}
	typed = strings.ToValidUTF8(typed[:min(len(typed), maxQuery)], "")
	if len(index.Words(typed)) == 0 || n == 0 {
		return nil, nil
	}
	for range attempts {
		s, err := suggest(ctx, store, typed, n)
		if !errors.Is(err, db.ErrSegmentGone) {
			return s, err
		}
	}
	return nil, db.ErrSegmentGone
}

func suggest(ctx context.Context, store *db.DB, typed string, n int) ([]Suggestion, error) {
	r, err := newReader(ctx, store)
	if err != nil {
		return nil, err
	}
	headlines, err := r.headlines(ctx, typed, n)
	if err != nil {
		return nil, err
	}
	names, err := r.names(ctx, typed)
	if err != nil {
		return nil, err
	}
	names = names[:min(len(names), max(n/2, n-len(headlines)))]
	return append(names, headlines[:min(len(headlines), n-len(names))]...), nil
}

// newest lists the keys, newest first, of articles with names of a kind that
// begin as typed at a word, a few for each.
func (r *reader) newest(ctx context.Context, kind index.Kind, typed string) ([]int64, error) {
	const each = 3
	found := make([]lines, len(r.segments))
	prefix := index.Name(kind, typed)
	for n := range r.segments {
		var err error
		if found[n].terms, err = r.between(ctx, n, prefix, maxNameBlocks); err != nil {
			return nil, err
		}
	}
	if err := r.fill(ctx, []wanted{{}}, [][]lines{found}); err != nil {
		return nil, err
	}
	var keys []int64
	for n := range found {
		for _, name := range packed(found[n : n+1]) {
			list, err := index.Decode(r.gone[n], name)
			if err != nil {
				return nil, err
			}
			keys = append(keys, list.Keys[max(0, len(list.Keys)-each):]...)
		}
	}
	slices.SortFunc(keys, func(a, b int64) int { return cmp.Compare(b, a) })
	return slices.Compact(keys), nil
}

func (r *reader) headlines(ctx context.Context, typed string, n int) ([]Suggestion, error) {
	keys, err := r.newest(ctx, index.Headline, typed)
	if err != nil {
		return nil, err
	}
	keys = keys[:min(len(keys), 2*n)]
	articles, err := r.store.ArticlesByKey(ctx, keys)
	if err != nil {
		return nil, err
	}
	var found []Suggestion
	for _, key := range keys {
		if a, seen := articles[key]; seen && begins(a.Title, typed) {
			found = append(found, Suggestion{Article: &a})
		}
	}
	slices.SortStableFunc(found, func(a, b Suggestion) int { return b.Article.PublishedAt.Compare(*a.Article.PublishedAt) })
	return found[:min(len(found), n)], nil
}

// names are the tags and the authors.
func (r *reader) names(ctx context.Context, typed string) ([]Suggestion, error) {
	tags, err := named(ctx, r, index.Tag, r.store.Tags(), typed, func(t content.Tag) (content.ID, string) { return t.ID, t.Name },
		func(t content.Tag, n int) Suggestion { return Suggestion{Tag: &t, Count: n} })
	if err != nil {
		return nil, err
	}
	authors, err := named(ctx, r, index.Author, r.store.Authors(), typed, func(a content.Author) (content.ID, string) { return a.ID, a.Name },
		func(a content.Author, n int) Suggestion { return Suggestion{Author: &a, Count: n} })
	if err != nil {
		return nil, err
	}
	all := slices.Concat(tags, authors)
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(b.Count, a.Count) })
	return all, nil
}

// named finds the tags or the authors whose names begin as typed at a word.
func named[T any](ctx context.Context, r *reader, kind index.Kind, taxonomy db.Taxonomy[T], typed string,
	name func(T) (content.ID, string), suggestion func(T, int) Suggestion,
) ([]Suggestion, error) {
	keys, err := r.newest(ctx, kind, typed)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	lists, err := taxonomy.OfKeys(ctx, keys[:min(len(keys), maxNames)])
	if err != nil {
		return nil, err
	}
	var ids []content.ID
	items := map[content.ID]T{}
	for _, list := range lists {
		for _, item := range list {
			id, name := name(item)
			if _, met := items[id]; !met && begins(name, typed) {
				ids, items[id] = append(ids, id), item
			}
		}
	}
	slices.Sort(ids)
	counts, err := taxonomy.CountArticles(ctx, ids, nil)
	if err != nil {
		return nil, err
	}
	var found []Suggestion
	for _, id := range ids {
		if counts[id] > 0 {
			found = append(found, suggestion(items[id], counts[id]))
		}
	}
	return found, nil
}

// begins tells whether a name begins as typed at one of its words.
func begins(name, typed string) bool {
	folded := func(s string) string {
		words := wordsOf(strings.ToLower(s))
		for i := range words {
			words[i] = index.Word(words[i])
		}
		return strings.Join(words, " ")
	}
	whole, beginning := " "+folded(name), " "+folded(typed)
	return strings.Contains(whole, beginning)
}
