package index_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nutgraph/internal/index"
	"nutgraph/internal/text"
)

// posting is what an index should know of a term in an article.
type posting struct {
	Impact uint8
	Places []int // of a word
}

// postings are those of an archive, by term and article.
type postings map[string]map[int64]posting

var vocabulary = strings.Fields("harbour Harbours walls wall walking walked Élan élan mer MERS 42 Straße Øre ὁδός море моря ferry ferries the of a b c " +
	strings.Repeat("unmeasurable", 9))

// randomArchive makes articles of few different words in several languages.
func randomArchive(r *rand.Rand, n int) []index.Document {
	words := func(most int) string {
		var all []string
		for range r.IntN(most + 1) {
			all = append(all, vocabulary[int(math.Abs(r.NormFloat64())*9)%len(vocabulary)])
		}
		return strings.Join(all, " ")
	}
	names := func() (all []string) {
		for range r.IntN(3) {
			all = append(all, words(3))
		}
		return all
	}
	archive := make([]index.Document, n)
	key := int64(0)
	for i := range archive {
		key += 1 + int64(math.Exp(r.Float64()*12))
		archive[i] = index.Document{
			Key: key, Language: []string{"en", "de", "ru", "und", "th"}[r.IntN(5)],
			Title: words(8), Standfirst: words(20), Tags: names(), Authors: names(), Body: words(r.IntN(300) + 1),
		}
	}
	return archive
}

func build(archive []index.Document) index.Segment {
	shuffled := slices.Clone(archive)
	rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	var entries []index.Entry
	for _, d := range shuffled {
		entries = append(entries, index.Analyse(d))
	}
	return index.Build(entries)
}

// reference counts words one at a time, as the formula of BM25F is written.
func reference(archive []index.Document) postings {
	all := postings{}
	for _, d := range archive {
		weights, places, next := map[string]float64{}, map[string][]int{}, 0
		count := func(words []string, weight, slope, common float64, length int) {
			for _, w := range words {
				each := weight / (1 - slope + slope*float64(length)/common)
				lower := strings.ToLower(w)
				weights[cutTerm(text.Fold(lower))] += each
				places[cutTerm(text.Fold(lower))] = append(places[cutTerm(text.Fold(lower))], next)
				if stem := text.Stemmer(d.Language); stem != nil {
					weights[cutTerm("\x01"+d.Language+":"+text.Fold(stem(lower)))] += each
				}
				next++
			}
		}
		field := func(s string, weight, slope, common float64) {
			count(strings.Fields(s), weight, slope, common, len(strings.Fields(s)))
			next += 8
		}
		field(d.Title, 5, 0.3, 10)
		field(d.Standfirst, 2.5, 0.3, 25)
		for _, name := range slices.Concat(d.Tags, d.Authors) {
			field(name, 2.5, 0, 3)
		}
		body := strings.Fields(d.Body)
		lead := min(100, len(body))
		count(body[:lead], 2, 0.9, 300, len(body))
		count(body[lead:], 1, 0.9, 300, len(body))
		for term, weight := range weights {
			p := posting{uint8(max(1, math.Round(255*weight/(weight+1.2)))), places[term]}
			all.add(term, d.Key, p)
			if p.Places != nil { // of a word
				initial := "\x03" + string([]rune(term)[0])
				all.add(initial, d.Key, posting{Impact: max(p.Impact, all[initial][d.Key].Impact)})
			}
		}
		all.names("\x02h", d.Key, d.Title)
		all.names("\x02t", d.Key, d.Tags...)
		all.names("\x02a", d.Key, d.Authors...)
	}
	return all
}

func (p postings) add(term string, key int64, one posting) {
	if p[term] == nil {
		p[term] = map[int64]posting{}
	}
	p[term][key] = one
}

func (p postings) names(mark string, key int64, names ...string) {
	for _, name := range names {
		words := strings.Fields(text.Fold(name))
		for i := range words {
			from := strings.Join(words[i:], " ")
			p.add(mark+strings.ToValidUTF8(from[:min(40, len(from))], ""), key, posting{Impact: 1})
		}
	}
}

func cutTerm(term string) string { return strings.ToValidUTF8(term[:min(80, len(term))], "") }

// unpacked reads all of a segment back.
func unpacked(t *testing.T, s index.Segment) postings {
	t.Helper()
	all := postings{}
	last, end := "", index.Term{}
	for _, b := range s.Blocks {
		for term, err := range index.Terms(b.Data) {
			if err != nil {
				t.Fatal(err)
			}
			name := string(term.Term)
			if name <= last || name < b.First || term.Docs.Start != end.Docs.End || term.Positions.Start != end.Positions.End {
				t.Fatalf("%+v, in the block of %q, does not follow %+v", term, b.First, end)
			}
			last, end = name, term
			list := decode(t, s, term, nil)
			if len(list.Keys) != term.Articles {
				t.Errorf("%q has %d articles and says %d", name, len(list.Keys), term.Articles)
			}
			places := placesOf(s, term)
			for i, key := range list.Keys {
				p := posting{Impact: list.Impacts[i]}
				if p.Places, err = places.Of(key, nil); err != nil {
					t.Fatal(err)
				}
				all.add(name, key, p)
			}
		}
	}
	if end.Docs.End != len(s.Docs) || end.Positions.End != len(s.Positions) {
		t.Errorf("the dictionary ends at %+v, the streams at %d and %d", end, len(s.Docs), len(s.Positions))
	}
	return all
}

func decode(t *testing.T, s index.Segment, term index.Term, gone []int64) index.List {
	t.Helper()
	list, err := index.Decode(gone, packed(s, term))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func packed(s index.Segment, term index.Term) index.Packed {
	return index.Packed{Docs: s.Docs[term.Docs.Start:term.Docs.End], Articles: term.Articles}
}

// placesOf reads the places of a word; those of other terms are none.
func placesOf(s index.Segment, term index.Term) *index.Places {
	if term.Positions.Start == term.Positions.End {
		return index.NewPlaces(nil, nil)
	}
	return index.NewPlaces(s.Docs[term.Docs.Start:term.Docs.End], s.Positions[term.Positions.Start:term.Positions.End])
}

// find looks a term up as a store does: in the last block that can hold it.
func find(t *testing.T, s index.Segment, term string) (index.Term, bool) {
	t.Helper()
	at := len(s.Blocks) - 1
	for s.Blocks[at].First > term {
		at--
	}
	found, has, err := index.Find(s.Blocks[at].Data, term)
	if err != nil {
		t.Fatal(err)
	}
	return found, has
}

func TestSegmentHoldsWhatWasPacked(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		archive := randomArchive(r, r.IntN(60))
		s, want := build(archive), reference(archive)
		if diff := cmp.Diff(want, unpacked(t, s), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("archive %d (-want +got):\n%s", seed, diff)
		}
		for term := range want {
			if found, has := find(t, s, term); !has || string(found.Term) != term {
				t.Fatalf("archive %d: Find(%q) = %+v, %t", seed, term, found, has)
			}
			if found, has := find(t, s, term+"\x00"); has {
				t.Fatalf("archive %d: Find(%q) = %+v, which nobody wrote", seed, term+"\x00", found)
			}
		}
		var keys []int64
		languages := map[string]bool{}
		for _, d := range archive {
			keys, languages[d.Language] = append(keys, d.Key), true
		}
		if diff := cmp.Diff(keys, s.Keys) + cmp.Diff(slices.Sorted(maps.Keys(languages)), s.Languages); diff != "" {
			t.Errorf("archive %d (-want +got):\n%s", seed, diff)
		}
	}
}

// A long word is found by what is looked for, too.
func TestTermsAreThoseLookedFor(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"harbour", "Überfahrten", strings.Repeat("long", 30), strings.Repeat("é", 79) + "x", "a" + strings.Repeat("море", 20)} {
		for _, language := range []string{"en", "de", "und"} {
			s := index.Build([]index.Entry{index.Analyse(index.Document{Key: 1, Language: language, Body: word, Title: "\xff" + word + " \xfe" + word})})
			for _, span := range index.Words(word) {
				lower := strings.ToLower(span.Of(word))
				for _, term := range []string{index.Word(lower), index.Stem(lower, language), index.Name(index.Headline, lower)} {
					if found, has := find(t, s, term); term != "" && (!has || found.Articles != 1) {
						t.Errorf("%q in %q: Find(%q) = %+v, %t", word, language, term, found, has)
					}
				}
			}
		}
	}
}

func TestMergeIsBuildOfTheLiving(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 2))
		parts := make([][]index.Document, 1+r.IntN(4))
		gone := make([][]int64, len(parts))
		var living []index.Document
		for _, d := range randomArchive(r, r.IntN(60)) {
			at := r.IntN(len(parts))
			parts[at] = append(parts[at], d)
			switch r.IntN(4) {
			case 0: // deleted
				gone[at] = append(gone[at], d.Key)
			case 1: // written anew
				if now := (at + 1) % len(parts); now != at {
					gone[at] = append(gone[at], d.Key)
					d.Title += " ferry"
					parts[now] = append(parts[now], d)
				}
				living = append(living, d)
			default:
				living = append(living, d)
			}
		}
		all := make([]index.Part, len(parts))
		for i := range parts {
			all[i] = index.Part{Segment: build(parts[i]), Gone: gone[i]}
		}
		merged, err := index.Merge(all)
		if err != nil {
			t.Fatal(err)
		}
		want := build(living)
		for _, language := range want.Languages {
			if !slices.Contains(merged.Languages, language) {
				t.Errorf("archive %d: %s is lost", seed, language)
			}
		}
		if diff := cmp.Diff(want, merged, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(index.Segment{}, "Languages")); diff != "" {
			t.Fatalf("archive %d: %d parts, gone %v (-built +merged):\n%s", seed, len(parts), gone, diff)
		}
	}
}

func TestScore(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		archive := randomArchive(r, 1+r.IntN(80))
		s, ref := build(archive), reference(archive)
		var gone []int64
		for _, d := range archive {
			if r.IntN(5) == 0 {
				gone = append(gone, d.Key)
			}
		}
		terms, lists := slices.Sorted(maps.Keys(ref)), []index.Packed(nil)
		r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
		terms = terms[:min(len(terms), 1+r.IntN(32))]
		var weights []float32
		for _, term := range terms {
			at, _ := find(t, s, term)
			lists = append(lists, packed(s, at))
			weights = append(weights, float32(index.Rarity(at.Articles, len(archive))))
		}
		var excluded []index.Packed
		not := map[int64]posting{}
		if len(terms) > 1 {
			excluded, not = lists[:1], ref[terms[0]]
			lists, terms, weights = lists[1:], terms[1:], weights[1:]
		}
		var want []index.Hit
		for _, d := range archive {
			h := index.Hit{Key: d.Key}
			sum := 0.0
			for i, term := range terms {
				if p, has := ref[term][d.Key]; has {
					have := float64(len(ref[term]))
					sum += math.Log(1+(float64(len(archive))-have+0.5)/(have+0.5)) * float64(p.Impact) / 255
					h.Has |= 1 << i
				}
			}
			if h.Score = float32(sum); h.Has != 0 && !slices.Contains(gone, d.Key) && not[d.Key].Impact == 0 {
				want = append(want, h)
			}
		}
		var scorer index.Scorer
		for range 2 { // its memory is used again
			var got []index.Hit
			err := scorer.Score(lists, weights, excluded, gone, func(hits []index.Hit) { got = append(got, hits...) })
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-4, 1e-6)); diff != "" {
				t.Fatalf("archive %d, terms %q (-want +got):\n%s", seed, terms, diff)
			}
		}
	}
}

func TestListsAsSets(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 4))
		archive := randomArchive(r, 1+r.IntN(80))
		s, ref := build(archive), reference(archive)
		terms := slices.Sorted(maps.Keys(ref))
		r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
		terms = terms[:min(len(terms), 1+r.IntN(6))]
		var gone []int64
		var each []index.List
		var together []index.Packed
		for _, term := range terms {
			at, _ := find(t, s, term)
			each, together = append(each, decode(t, s, at, nil)), append(together, packed(s, at))
		}
		var all, some index.List
		for _, d := range archive {
			lowest, highest, times := uint8(255), uint8(0), 0
			for _, term := range terms {
				if p, has := ref[term][d.Key]; has {
					lowest, highest, times = min(lowest, p.Impact), max(highest, p.Impact), times+1
				}
			}
			if times == len(terms) {
				all.Keys, all.Impacts = append(all.Keys, d.Key), append(all.Impacts, lowest)
			}
			if r.IntN(5) == 0 {
				gone = append(gone, d.Key)
			} else if times > 0 {
				some.Keys, some.Impacts = append(some.Keys, d.Key), append(some.Impacts, highest)
			}
		}
		if diff := cmp.Diff(all, index.Intersection(each), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("archive %d: Intersection of %q (-want +got):\n%s", seed, terms, diff)
		}
		joined, err := index.Join(together...)
		if err != nil {
			t.Fatal(err)
		}
		union, err := index.Decode(gone, joined)
		if diff := cmp.Diff(some, union, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("archive %d: Join %q: %v (-want +got):\n%s", seed, terms, err, diff)
		}
		if n, err := index.Count(gone, joined); err != nil || n != len(some.Keys) {
			t.Fatalf("archive %d: Count %q = %d, %v, want %d", seed, terms, n, err, len(some.Keys))
		}
		if again, err := index.Decode(nil, index.Pack(union)); err != nil || !cmp.Equal(union, again, cmpopts.EquateEmpty()) {
			t.Fatalf("archive %d: packed and unpacked, %v is %v, %v", seed, union, again, err)
		}
	}
}

func TestPhrase(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		archive := randomArchive(r, 40)
		s := build(archive)
		for range 20 {
			phrase := make([]string, 2+r.IntN(2))
			words, lists := make([][]*index.Places, len(phrase)), make([]index.List, len(phrase))
			for i := range phrase {
				phrase[i] = text.Fold(vocabulary[r.IntN(20)])
				if at, has := find(t, s, phrase[i]); has {
					words[i], lists[i] = []*index.Places{placesOf(s, at)}, decode(t, s, at, nil)
				}
			}
			found, err := index.Phrase(words, index.Intersection(lists))
			if err != nil {
				t.Fatal(err)
			}
			var want []int64
			for _, d := range archive {
				fields := slices.Concat([]string{d.Title, d.Standfirst, d.Body}, d.Tags, d.Authors)
				if slices.ContainsFunc(fields, func(s string) bool {
					return strings.Contains(fmt.Sprintf(" %s ", text.Fold(s)), " "+strings.Join(phrase, " ")+" ")
				}) {
					want = append(want, d.Key)
				}
			}
			if diff := cmp.Diff(want, found.Keys, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("archive %d, %q (-want +got):\n%s", seed, phrase, diff)
			}
		}
	}
}
