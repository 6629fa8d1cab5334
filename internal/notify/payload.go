package notify

import "nutgraph/internal/content"

// payload is the body of a delivery: the kind, the time, and what a receiver
// needs to find or forget the article. The text is not in it; who wants it asks
// the API, with the rights that he has.
type payload struct {
	Type      content.EventKind `json:"type"`
	Timestamp string            `json:"timestamp"`
	Data      payloadArticle    `json:"data"`
}

type payloadArticle struct {
	ID       content.ID `json:"id"`
	Slug     string     `json:"slug"`
	Title    string     `json:"title"`
	URL      string     `json:"url,omitempty"`
	Revision int        `json:"revision"`
}

func newPayload(e content.Event) payload {
	return payload{
		Type:      e.Kind,
		Timestamp: e.At.UTC().Format("2006-01-02T15:04:05.000Z"),
		Data:      payloadArticle{ID: e.Article, Slug: e.Slug, Title: e.Title, URL: e.URL, Revision: e.Revision},
	}
}
