package graph

import (
	"cmp"
	"context"

	"nutgraph/db"
	"nutgraph/graph/generated"
	"nutgraph/graph/model"
	"nutgraph/internal/content"
)

type subscriptionResolver struct{ *Resolver }

// Subscription implements generated.ResolverRoot.
func (r *Resolver) Subscription() generated.SubscriptionResolver { return subscriptionResolver{r} }

// ArticlePublished sends each article that becomes public.
func (r subscriptionResolver) ArticlePublished(ctx context.Context, where *content.ArticleWhere) (<-chan *model.Article, error) {
	if err := where.Validate(); err != nil {
		return nil, err
	}
	return r.follow(ctx, func(e content.Event) (*model.Article, bool, error) {
		if e.Kind != content.ArticlePublished {
			return nil, false, nil
		}
		a, err := r.public(ctx, e.Article, where)
		return a, a != nil, err
	})
}

// ArticleChanged sends an article after each of its changes.
func (r subscriptionResolver) ArticleChanged(ctx context.Context, id content.ID) (<-chan *model.Article, error) {
	return r.follow(ctx, func(e content.Event) (*model.Article, bool, error) {
		if e.Article != id {
			return nil, false, nil
		}
		a, err := r.public(ctx, id, nil)
		return a, true, err
	})
}

// public is an article as readers see it now; nil when they do not, or where
// does not select it.
func (r subscriptionResolver) public(ctx context.Context, id content.ID, where *content.ArticleWhere) (*model.Article, error) {
	this := &content.ArticleWhere{ID: &content.IDFilter{Eq: &id}}
	if where != nil {
		this.And = []*content.ArticleWhere{where}
	}
	page, err := r.store.Articles(ctx, db.ArticleList{Where: this}, content.Window{Limit: 1})
	if err != nil || len(page.Edges) == 0 {
		return nil, err
	}
	return single(page.Edges[0].Node), nil
}

// follow sends what pick makes of each event, and no more once the token that
// it was asked with is good no longer. What ends it before the client does is
// noted in the Request.
func (r subscriptionResolver) follow(ctx context.Context, pick func(content.Event) (*model.Article, bool, error)) (<-chan *model.Article, error) {
	watch, err := r.feed.Watch(ctx)
	if err != nil {
		return nil, err
	}
	articles := make(chan *model.Article)
	go func() {
		defer close(articles)
		defer watch.Close()
		err := r.send(ctx, watch.Events(), articles, pick)
		RequestOf(ctx).Ended = cmp.Or(err, watch.Err())
	}()
	return articles, nil
}

func (r subscriptionResolver) send(ctx context.Context, events <-chan content.Event, articles chan<- *model.Article, pick func(content.Event) (*model.Article, bool, error)) error {
	for {
		var e content.Event
		var more bool
		select {
		case <-ctx.Done():
			return nil
		case e, more = <-events:
		}
		if !more {
			return nil
		}
		if err := r.store.StillIn(ctx); err != nil {
			return err
		}
		a, picked, err := pick(e)
		if err != nil {
			return err
		}
		if !picked {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case articles <- a:
		}
	}
}
