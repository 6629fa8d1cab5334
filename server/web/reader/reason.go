package reader

import (
	"strconv"
	"strings"
	"time"
)

// edge leads to a related article.
type edge struct {
	Origin  string
	Reasons []reason
	Node    story
}

type reason struct {
	Kind  string
	Value string
}

// related is a related article with the reason in words.
type related struct {
	Story  *story
	Reason string
}

// relatedOf puts the reasons into words.
func relatedOf(s *story) []related {
	all := make([]related, len(s.Related.Edges))
	for i := range s.Related.Edges {
		e := &s.Related.Edges[i]
		all[i] = related{&e.Node, e.words(s.PublishedAt)}
	}
	return all
}

// words says what an article has to do with one published at a time. What both
// are about comes first; who wrote it, where and when, only if nothing else is
// known.
func (e *edge) words(published time.Time) string {
	var topics []string
	other := map[string]string{}
	for _, r := range e.Reasons {
		switch r.Kind {
		case "SHARED_NAME", "SHARED_TERM", "SHARED_TAG":
			if !repeats(topics, r.Value) {
				topics = append(topics, r.Value)
			}
		default:
			other[r.Kind] = r.Value
		}
	}
	about := join(topics[:min(len(topics), 2)])
	_, sameStory := other["SAME_STORY"]
	_, sameSection := other["SAME_SECTION"]
	switch {
	case e.Origin == "PINNED":
		return "Chosen by the editors"
	case sameStory:
		return "The same story, " + apart(e.Node.PublishedAt.Sub(published))
	case about != "":
		return "Also about " + about
	case other["SAME_AUTHOR"] != "":
		return "By the same author"
	case sameSection && e.Node.Section != nil:
		return "Also in " + e.Node.Section.Name
	default:
		return "Published " + apart(e.Node.PublishedAt.Sub(published))
	}
}

// repeats tells whether a topic is said already, as a whole or in part.
func repeats(topics []string, topic string) bool {
	for _, t := range topics {
		a, b := strings.ToLower(t), strings.ToLower(topic)
		if strings.Contains(a, b) || strings.Contains(b, a) {
			return true
		}
	}
	return false
}

func join(topics []string) string { return strings.Join(topics, " and ") }

// apart says in days how much later something was.
func apart(later time.Duration) string {
	direction := "later"
	if later < 0 {
		direction, later = "earlier", -later
	}
	switch days := int(later.Hours()/24 + 0.5); days {
	case 0:
		return "the same day"
	case 1:
		return "a day " + direction
	default:
		return strconv.Itoa(days) + " days " + direction
	}
}
