package summary

import "math"

// pair is two words that stand side by side in a sentence.
type pair struct {
	a, b  int32
	count int
	first int // the first sentence with it
}

// pairFeatureNames are what the importance of a pair is told from: "name" is
// for two words of meaning, "stop" for two stop words, "mixed" for one of each.
var pairFeatureNames = []string{
	"name", "stop", "mixed", "nameWords", "stopWords", "mixedWords", "nameProduct",
	"nameFrequency", "stopFrequency", "mixedFrequency", "nameInverse", "otherInverse",
	"title", "always", "nameFirst", "stopFirst", "mixedFirst", "lead",
	"nameSentence", "stopSentence", "mixedSentence", "nearTitle",
}

// findPairs numbers the pairs of the document.
func (d *document) findPairs() {
	words := 0
	for i := range d.sentences {
		words += len(d.sentences[i].tokens)
	}
	d.pairIDs = make(map[uint64]int32, words)
	d.pairs = make([]pair, 0, words)
	all := make([]int32, 0, words)
	for i := range d.sentences {
		s := &d.sentences[i]
		from := len(all)
		for j := 0; j+1 < len(s.tokens); j++ {
			id := d.pairID(s.tokens[j], s.tokens[j+1], i)
			d.pairs[id].count++
			all = append(all, id)
		}
		s.pairs = all[from:len(all):len(all)]
	}
}

func (d *document) pairID(a, b int32, sentence int) int32 {
	key := pairKey(a, b)
	id, ok := d.pairIDs[key]
	if !ok {
		id = int32(len(d.pairs))
		d.pairs = append(d.pairs, pair{a: a, b: b, first: sentence})
		d.pairIDs[key] = id
	}
	return id
}

func pairKey(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// pairFeatures appends the features of a pair. Word is the importance of the
// words, best the best sentence with the pair.
func (d *document) pairFeatures(f []float64, p *pair, word []float64, best bestSentence, inTitle bool) []float64 {
	a, b := &d.terms[p.a], &d.terms[p.b]
	la, lb := logit(word[p.a]), logit(word[p.b])
	count, inverse, late := math.Log(float64(p.count)), 1/float64(1+p.first), math.Log1p(float64(p.first))
	f = append(f, make([]float64, len(pairFeatureNames))...)
	kind := 2
	switch {
	case !a.stop && !b.stop:
		kind = 0
		f[6], f[10] = la*lb, inverse
		f[13] = is(p.count > 1 && p.count == a.count && p.count == b.count)
	case a.stop && b.stop:
		kind = 1
	}
	f[kind], f[3+kind], f[7+kind], f[14+kind] = 1, la+lb, count, late
	if kind != 0 {
		f[11] = inverse
	}
	f[12], f[17] = is(inTitle), is(p.first == 0)
	f[18+kind], f[21] = best.score, best.nearTitle
	return f
}

// bestSentence is the best of those that have a pair: its score, and how much
// of the title it has.
type bestSentence struct{ score, nearTitle float64 }

// bestSentences finds the best sentence of each pair, the one that shares most
// with a reference if its words are as likely as once says. Scores are shares
// of the highest of the article. A person who uses a sentence uses several of
// its pairs, which the words alone do not tell.
func (d *document) bestSentences(once []float64) []bestSentence {
	const reference = 40 // words, as for BRIEF
	scores := make([]bestSentence, len(d.sentences))
	most := 1e-9
	last := make([]int, len(d.terms))
	for i := range d.sentences {
		s := &d.sentences[i]
		for _, t := range s.tokens {
			if last[t] <= i {
				last[t] = i + 1
				scores[i].score += once[t]
			}
		}
		scores[i].score /= float64(len(s.tokens)) + reference
		most = max(most, scores[i].score)
	}
	best := make([]bestSentence, len(d.pairs))
	for i := range d.sentences {
		s := scores[i]
		s.score /= most
		s.nearTitle = overlap(&d.sentences[i], d.title)
		for _, q := range d.sentences[i].pairs {
			if s.score > best[q].score {
				best[q] = s
			}
		}
	}
	return best
}

func logit(p float64) float64 { return math.Log((p + 1e-4) / (1 - p + 1e-4)) }
