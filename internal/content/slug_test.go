package content_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"nutgraph/internal/content"
)

func TestSlugify(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("harbour ", 40)
	for _, tt := range []struct{ in, want string }{
		{"Harbour wall breached", "harbour-wall-breached"},
		{"  Crêpes & cidre: à l’été  ", "crepes-and-cidre-a-lete"},
		{"Ärger in Köln", "arger-in-koln"},
		{"snake_case__and--hyphens", "snake-case-and-hyphens"},
		{"-_-leading and trailing-_-", "leading-and-trailing"},
		{"2026: a year", "2026-a-year"},
		{"世界", "shi-jie"},
		{"", ""},
		{"☃ … !", ""},
		{long, strings.TrimSuffix(strings.Repeat("harbour-", 15), "-")},
		{strings.Repeat("x", 300), strings.Repeat("x", content.MaxSlug)},
	} {
		if got := content.Slugify(tt.in); got != tt.want {
			t.Errorf("Slugify(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestValidSlug(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"a", true},
		{"harbour-wall-2", true},
		{strings.Repeat("x", content.MaxSlug), true},
		{strings.Repeat("x", content.MaxSlug+1), false},
		{"", false},
		{"-a", false},
		{"a-", false},
		{"a--b", false},
		{"A", false},
		{"a b", false},
		{"a_b", false},
		{"a/b", false},
		{"é", false},
		{"a\n", false},
	} {
		if got := content.ValidSlug(tt.in); got != tt.want {
			t.Errorf("ValidSlug(%q) = %t, want %t", tt.in, got, tt.want)
		}
	}
}

func FuzzSlugify(f *testing.F) {
	for _, seed := range []string{"", "Harbour wall", "a--b", "\xff", "İstanbul", strings.Repeat("é-", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		made := content.Slugify(s)
		if made != "" && !content.ValidSlug(made) {
			t.Errorf("Slugify(%q) = %q, which is not a valid slug", s, made)
		}
		if again := content.Slugify(made); again != made {
			t.Errorf("Slugify(%q) = %q, and of that %q; want a slug to stay as it is", s, made, again)
		}
		if !utf8.ValidString(made) {
			t.Errorf("Slugify(%q) = %q, which is not UTF-8", s, made)
		}
	})
}
