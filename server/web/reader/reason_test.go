package reader

import (
	"testing"
	"time"
)

func TestReasonInWords(t *testing.T) {
	t.Parallel()
	published := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for want, e := range map[string]edge{
		"Also about the harbour wall and Dr Barrat": {Reasons: []reason{{"SHARED_TERM", "sixty"}, {"SHARED_TERM", "the harbour wall"}, {"SHARED_NAME", "Dr Barrat"}, {"SHARED_TAG", "weather"}}},
		"Also about Dr Ngozi Barrat":                {Reasons: []reason{{"SHARED_NAME", "Dr Ngozi Barrat"}, {"SHARED_NAME", "Barrat"}, {"SAME_AUTHOR", "Ann"}}},
		"By the same author":                        {Reasons: []reason{{"SHARED_TERM", "ferry"}, {"SAME_AUTHOR", "Ann"}}},
		"Both mention “ferry” and “chain”":          {Reasons: []reason{{"RECENCY", "3"}, {"SHARED_TERM", "ferry"}, {"SHARED_TERM", "chain"}, {"SHARED_TERM", "river"}}},
		"Also in Town":                              {Reasons: []reason{{"SAME_SECTION", "town"}}, Node: story{Section: &place{Name: "Town"}}},
		"The same story, 2 days earlier":            {Reasons: []reason{{"SHARED_NAME", "X"}, {"SAME_STORY", "2"}}, Node: story{PublishedAt: published.Add(-47 * time.Hour)}},
		"The same story, a day later":               {Reasons: []reason{{"SAME_STORY", "1"}}, Node: story{PublishedAt: published.Add(24 * time.Hour)}},
		"Published the same day":                    {Node: story{PublishedAt: published.Add(time.Hour)}},
		"Chosen by the editors":                     {Origin: "PINNED", Reasons: []reason{{"SHARED_NAME", "X"}}},
	} {
		if got := e.words(published); got != want {
			t.Errorf("%+v is %q, want %q", e, got, want)
		}
	}
}

func TestFragment(t *testing.T) {
	t.Parallel()
	text := "“𝄞 One-two, three.” said nobody & left. And then there were a good many words more than twelve in one sentence.\n\nEnd"
	for want, s := range map[string]sentence{
		"#:~:text=%E2%80%9C%F0%9D%84%9E%20One%2Dtwo%2C%20three.%E2%80%9D%20said%20nobody%20%26%20left.": {Start: 0, End: 41},
		"#:~:text=And%20then%20there%20were%20a%20good,more%20than%20twelve%20in%20one%20sentence.":     {Start: 41, End: 114},
		"": {Start: 5, End: 5000},
	} {
		if got := string(s.Fragment(text)); got != want {
			t.Errorf("%d to %d is %q, want %q", s.Start, s.End, got, want)
		}
	}
}
