package notify

import (
	"slices"
	"strings"
	"testing"

	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/outbound"
	"nutgraph/internal/pipeline"
	"nutgraph/internal/publish"
)

// What the machine makes of an article is told to those who want to hear of it,
// once, and only when it differs.
func TestMachineEvents(t *testing.T) {
	t.Parallel()
	of, r := newPost(t, outbound.Options{AllowPrivate: true}), newReceiver(t)
	_, _, err := of.store.CreateWebhook(t.Context(), content.Webhook{URL: r.URL, Events: []content.EventKind{content.SummaryReady, content.RelatedChanged}})
	if err != nil {
		t.Fatal(err)
	}
	sentences := "The ferry Alma sailed from Eddermouth at noon with forty people on board. Captain Ines Vold said that the harbour wall had held. "
	var items []ingest.Item
	for _, slug := range []string{"ferry", "wall"} {
		items = append(items, ingest.Item{Draft: content.Draft{Slug: slug, Title: "Ferry Alma and the harbour wall: " + slug, Body: strings.Repeat(sentences, 4), Language: "en"}})
	}
	items = append(items, ingest.Item{Draft: content.Draft{Slug: "secret", Title: "Ferry Alma in secret", Body: strings.Repeat(sentences, 4), Status: content.StatusDraft}})
	if _, err := publish.Import(t.Context(), of.store, slices.Values(items), publish.Options{}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := pipeline.New(of.store).CatchUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	of.deliver()
	told := map[string]int{}
	for _, got := range r.all() {
		for _, kind := range []content.EventKind{content.SummaryReady, content.RelatedChanged} {
			for _, slug := range []string{"ferry", "wall", "secret"} {
				if strings.Contains(got.body, `"type":"`+string(kind)+`"`) && strings.Contains(got.body, `"slug":"`+slug+`"`) {
					told[string(kind)+" "+slug]++
				}
			}
		}
	}
	if told["summary.ready ferry"] != 1 || told["summary.ready wall"] != 1 || told["related.changed ferry"] != 1 || told["related.changed wall"] != 1 || len(told) != 4 {
		t.Errorf("told of %v", told)
	}
}
