package summary_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"nutgraph/internal/summary"
)

// prose makes text with the proportions of a newspaper: words by Zipf's law,
// sentences of 8 to 32 words, paragraphs of three sentences.
func prose(words int) string {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 4, 20_000)
	common := strings.Fields("the of to and a in that said was for on it is with as at by from be has have were are not this but an which their or had its who been they will would he more after")
	var b strings.Builder
	for n, sentence := 0, 0; n < words; sentence++ {
		for i, length := 0, 8+r.IntN(25); i < length && n < words; i++ {
			if i > 0 {
				b.WriteByte(' ')
			}
			w := fmt.Sprintf("wo%cd%d", 'a'+rune(n%20), zipf.Uint64())
			if r.IntN(2) == 0 {
				w = common[r.IntN(len(common))]
			}
			if i == 0 || r.IntN(12) == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			b.WriteString(w)
			n++
		}
		b.WriteByte('.')
		if sentence%3 == 2 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func BenchmarkExtract(b *testing.B) {
	for _, words := range []int{100, 500, 2_000, 20_000} {
		body := prose(words)
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				summary.Extract(summary.Article{Title: "Harbour wall of the old town gives way", Text: body, Language: "en"})
			}
		})
	}
}

func BenchmarkExtractReal(b *testing.B) {
	b.ReportAllocs()
	body := strings.Repeat(harbour+"\n\n", 2) // about 480 words
	for b.Loop() {
		summary.Extract(summary.Article{Title: "Storm breaches Saltmere harbour wall", Text: body, Language: "en"})
	}
}

func BenchmarkExtractMegabyte(b *testing.B) {
	body := prose(170_000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		summary.Extract(summary.Article{Text: body, Language: "en"})
	}
}
