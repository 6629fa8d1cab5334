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

// words says what an article has to do with one published at a time: by name
// what both are about, or else the words that both use. Who wrote it, where and
// when come last.
func (e *edge) words(published time.Time) string {
	var names, words []string
	other := map[string]bool{}
	for _, r := range e.Reasons {
		switch {
		case r.Kind == "SHARED_NAME", r.Kind == "SHARED_TAG", r.Kind == "SHARED_TERM" && strings.Contains(r.Value, " "):
			names = add(names, r.Value)
		case r.Kind == "SHARED_TERM":
			words = add(words, "“"+r.Value+"”")
		default:
			other[r.Kind] = true
		}
	}
	switch {
	case e.Origin == "PINNED":
		return "Chosen by the editors"
	case other["SAME_STORY"]:
		return "The same story, " + apart(e.Node.PublishedAt.Sub(published))
	case names != nil:
		return "Also about " + strings.Join(names, " and ")
	case other["SAME_AUTHOR"]:
		return "By the same author"
	case words != nil:
		return "Both mention " + strings.Join(words, " and ")
	case other["SAME_SECTION"] && e.Node.Section != nil:
		return "Also in " + e.Node.Section.Name
	default:
		return "Published " + apart(e.Node.PublishedAt.Sub(published))
	}
}

// add appends a topic, unless there are two already, or it is part of one that is
// there, or the other way round.
func add(topics []string, topic string) []string {
	if len(topics) == 2 {
		return topics
	}
	for _, t := range topics {
		a, b := strings.ToLower(t), strings.ToLower(topic)
		if strings.Contains(a, b) || strings.Contains(b, a) {
			return topics
		}
	}
	return append(topics, topic)
}

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
