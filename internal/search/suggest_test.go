package search_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nutgraph/db/dbtest"
	"nutgraph/internal/search"
)

// What is typed beyond what a query may have is left out, as in a search.
func TestSuggestLeavesOutTheEnd(t *testing.T) {
	t.Parallel()
	store := dbtest.Sample(t)
	want, err := search.Suggest(t.Context(), store, "harb", 4)
	if err != nil || len(want) == 0 {
		t.Fatalf(`Suggest("harb") = %v, %v`, want, err)
	}
	got, err := search.Suggest(t.Context(), store, "harb"+strings.Repeat(" ", 1995)+"é"+strings.Repeat(" and no more", 9), 4)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("with a long end (-want +got):\n%s", diff)
	}
}
