package summary

import "math"

// maxRepeats is how often one word can count in a summary: articles and
// prepositions come several times in any reference.
const maxRepeats = 3

// wordFeatureNames are what the importance of a word is told from, in the
// order of the weights. Those that begin with "stop" are for stop words, the
// others for words of meaning, "first…" says where a word comes first.
var wordFeatureNames = []string{
	"bias", "stop", "frequency", "frequency2", "stopFrequency", "share", "stopShare", "ofMostFrequent", "once",
	"firstLead", "firstSecond", "firstThird", "firstEarly", "firstInverse", "firstLog", "firstPlace",
	"title", "titleFrequency", "titleLead", "nearTitle", "nearLead",
	"untitledLead", "untitledFrequency", "untitledInverse", "untitledLog", "untitled",
	"capital", "capitalFrequency", "capitalLead", "digit", "length", "lengthShort",
	"leadAgain", "leadFrequency", "frequencyFirst", "spread", "central", "inHalfQuotes", "inDangling", "inShort", "opensParagraph",
	"sentences", "stopSentences", "stopLead", "repeat", "stopRepeat", "stopRepeatFrequency",
}

// wordStats is what wordFeatures needs to know of each term beyond its counts.
type wordStats struct {
	title                               []bool
	nearTitle, nearLead                 []float64
	capital, digit, length              []float64
	central, half, dangling, short, top []float64
	last, place                         []float64
	tokens                              int
	most                                float64
}

// stats walks once over the document.
func (d *document) stats() *wordStats {
	n := len(d.terms)
	all := make([]float64, 12*n)
	next := func() []float64 {
		v := all[:n:n]
		all = all[n:]
		return v
	}
	st := &wordStats{
		title: make([]bool, n), most: 1,
		nearTitle: next(), nearLead: next(), capital: next(), digit: next(), length: next(), central: next(),
		half: next(), dangling: next(), short: next(), top: next(), last: next(), place: next(),
	}
	for _, t := range d.title {
		st.title[t] = true
	}
	central := d.centrality()
	for i := range d.sentences {
		st.sentence(d, i, central[i])
	}
	for t := range d.terms {
		e := &d.terms[t]
		st.capital[t] = float64(e.capitals) / float64(max(e.count, 1))
		st.digit[t] = float64(min(e.digits, 1))
		st.length[t] = float64(e.length)
		if !e.stop {
			st.most = max(st.most, float64(e.count))
		}
	}
	return st
}

func (st *wordStats) sentence(d *document, i int, central float64) {
	s := &d.sentences[i]
	st.tokens += len(s.tokens)
	nearTitle, nearLead := overlap(s, d.title), 0.0
	if i > 0 {
		nearLead = overlap(s, d.sentences[0].content)
	}
	for _, t := range s.content {
		share := 1 / float64(d.terms[t].in)
		st.central[t] += central * share
		if s.flaws&halfQuote != 0 {
			st.half[t] += share
		}
		if s.flaws&dangling != 0 {
			st.dangling[t] += share
		}
		if s.size < 10 {
			st.short[t] += share
		}
		if s.place == 0 {
			st.top[t] += share
		}
		st.nearTitle[t] = max(st.nearTitle[t], nearTitle)
		st.nearLead[t] = max(st.nearLead[t], nearLead)
		st.last[t] = float64(i)
	}
	for j, t := range s.tokens {
		if d.terms[t].first == i && st.place[t] == 0 {
			st.place[t] = float64(j) / 30
		}
	}
}

// wordFeatures appends the features of the k-th time that term t comes in a
// summary, counted from nought.
func (d *document) wordFeatures(f []float64, st *wordStats, t int32, k int) []float64 {
	e := &d.terms[t]
	n, again := float64(len(d.sentences)), float64(k)
	count := math.Log(float64(max(e.count, 1)))
	if e.stop {
		f = append(f, make([]float64, len(wordFeatureNames))...)
		f[0], f[1], f[4] = 1, 1, count
		f[6] = 10 * float64(e.count) / float64(max(st.tokens, 1))
		f[42], f[43] = math.Log(n), is(e.first == 0)
		f[44], f[45], f[46] = again, again, again*count
		return f
	}
	lead, early := is(e.first == 0), math.Log1p(float64(e.first))
	title, untitled := is(st.title[t]), is(len(d.title) == 0)
	return append(f,
		1, 0, count, count*count, 0, float64(e.in)/n, 0, float64(e.count)/st.most, is(e.count == 1),
		lead, is(e.first == 1), is(e.first == 2), is(e.first >= 3 && e.first < 6), 1/float64(1+e.first), early, st.place[t],
		title, title*count, title*lead, st.nearTitle[t], st.nearLead[t],
		untitled*lead, untitled*count, untitled/float64(1+e.first), untitled*early, untitled,
		st.capital[t], st.capital[t]*count, st.capital[t]*lead, st.digit[t], st.length[t]/8, math.Min(st.length[t], 4),
		lead*is(e.in > 1), lead*count, count*early, (st.last[t]-float64(e.first))/n,
		st.central[t], st.half[t], st.dangling[t], st.short[t], st.top[t],
		math.Log(n), 0, 0, again, 0, 0,
	)
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
