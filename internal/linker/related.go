package linker

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

// Related reads, for each of several articles that readers may see, a page of
// what to read next among what where selects: pinned edges first, then by
// score, at most db.MaxEdges drawn by the machine.
//
// Edges lead to articles of the same language unless where asks for another:
// then names and tags decide.
//
// Stored edges answer when none of them is filtered out or hidden. Otherwise
// the list is drawn for this reader: whether it is depends on the article and
// the filter and not on the page, so that pages fit together. That costs some
// ten milliseconds for an article. A page whose Count is nil is counted by
// CountRelated of the store.
func (l *Linker) Related(ctx context.Context, articles []content.ID, where *content.ArticleWhere, w content.Window) (map[content.ID]content.Page[db.RelatedArticle], error) {
	stored, err := l.store.RelatedOf(ctx, articles, where, w)
	if err != nil {
		return nil, err
	}
	pages := make(map[content.ID]content.Page[db.RelatedArticle], len(stored))
	for id, p := range stored {
		pages[id] = p.Page
		if p.Stored.IsWhole() && (where.Languages() == nil || len(p.Stored.Kept) > 0) {
			continue
		}
		edges, err := l.draw(ctx, id, &p.Stored, where)
		if isNotFound(err) {
			continue // what is stored has to do
		}
		if err != nil {
			return nil, err
		}
		if pages[id], err = l.store.RelatedAmong(ctx, id, edges, where, w); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// draw makes the list of an article under a filter; NotFound when the article
// has not been analysed, or nothing has been learned yet.
func (l *Linker) draw(ctx context.Context, id content.ID, list *db.EdgeList, where *content.ArticleWhere) ([]db.EdgeTo, error) {
	model, err := l.Model(ctx)
	if err != nil {
		return nil, err
	}
	key, err := l.store.ArticleKey(ctx, id)
	if err != nil {
		return nil, err
	}
	own, err := l.profiles(ctx, []int64{key}, model)
	if err != nil {
		return nil, err
	}
	if len(own) == 0 {
		return nil, content.Errorf(content.NotFound, "the article has not been analysed yet")
	}
	drawn, err := l.edges(ctx, own[0], model, list.Kept, where)
	if err != nil || list.Others > 0 {
		return drawn, err
	}
	return refilled(list.Kept, drawn), nil
}

// edges ranks what where selects, in the article's own language or those that
// where asks for. Edges that are known are among them if they rank.
func (l *Linker) edges(ctx context.Context, own *related.Profile, model *related.Model, known []db.EdgeTo, where *content.ArticleWhere) ([]db.EdgeTo, error) {
	var best []related.Edge
	for _, profile := range versions(own, where.Languages()) {
		keys, err := l.candidatesIn(ctx, profile, model, where)
		if err != nil {
			return nil, err
		}
		for _, e := range known {
			if !slices.Contains(keys, e.Key) {
				keys = append(keys, e.Key)
			}
		}
		candidates, err := l.profiles(ctx, keys, model)
		if err != nil {
			return nil, err
		}
		best = append(best, related.Rank(profile, candidates, model, db.MaxEdges)...)
	}
	slices.SortFunc(best, func(a, b related.Edge) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Key, b.Key)) })
	return Edges(best[:min(len(best), db.MaxEdges)]), nil
}

// versions are an article as each of the languages sees it: itself when none is
// asked for.
func versions(own *related.Profile, languages []string) []*related.Profile {
	if languages == nil {
		return []*related.Profile{own}
	}
	var all []*related.Profile
	for _, language := range languages {
		version := own
		if primary, _, _ := strings.Cut(strings.ToLower(language), "-"); primary != own.Language {
			version = own.In(primary)
		}
		if !slices.ContainsFunc(all, func(p *related.Profile) bool { return p.Language == version.Language }) {
			all = append(all, version)
		}
	}
	return all
}

// refilled puts drawn edges in the places of those that a list has lost. What
// is left of it stands first: it was the best there was.
func refilled(kept, drawn []db.EdgeTo) []db.EdgeTo {
	least := 1.0
	have := map[int64]bool{}
	for _, e := range kept {
		least, have[e.Key] = min(least, e.Score), true
	}
	for _, e := range drawn {
		if len(kept) < db.MaxEdges && !have[e.Key] && e.Score <= least {
			kept = append(kept, e)
		}
	}
	return kept
}

// Edges are ranked edges as the store takes them.
func Edges(ranked []related.Edge) []db.EdgeTo {
	edges := make([]db.EdgeTo, len(ranked))
	for i, e := range ranked {
		edges[i] = db.EdgeTo{Key: e.Key, Score: e.Score, Reasons: e.Reasons}
	}
	return edges
}
