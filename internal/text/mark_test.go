package text_test

import (
	"testing"

	"nutgraph/internal/text"
)

func TestMark(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		words []string
		want  string
	}{
		{"The harbour wall", []string{"HARBOUR"}, "The <mark>harbour</mark> wall"},
		{"Été à l'été", []string{"ete"}, "<mark>Été</mark> à l&#39;<mark>été</mark>"},
		{`<b>wall</b> & "wall"`, []string{"wall"}, `&lt;b&gt;<mark>wall</mark>&lt;/b&gt; &amp; &#34;<mark>wall</mark>&#34;`},
		{"walls", []string{"wall"}, "walls"},
		{"", []string{"wall"}, ""},
		{"no words", nil, "no words"},
	} {
		if got := text.Mark(c.in, c.words); got != c.want {
			t.Errorf("Mark(%q, %q) = %q, want %q", c.in, c.words, got, c.want)
		}
	}
}

func TestPassage(t *testing.T) {
	t.Parallel()
	long := "The council met on Tuesday to hear how the sea had come over the wall in the night, and who would pay for it."
	for _, c := range []struct {
		in    string
		words []string
		size  int
		want  string
	}{
		{"short", []string{"none"}, 40, "short"},
		{long, []string{"none"}, 40, "The council met on Tuesday to hear how …"},
		{long, []string{"wall"}, 40, "… come over the wall in the night, and who …"},
		{"ééééééééééééééééééééééééééééééééééééé", nil, 21, "éééééééééé …"},
	} {
		if got := text.Passage(c.in, c.words, c.size); got != c.want {
			t.Errorf("Passage(%q, %q, %d) = %q, want %q", c.in, c.words, c.size, got, c.want)
		}
	}
}
