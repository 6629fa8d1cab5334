package related

import (
	"math"
	"slices"
)

// The features of a pair of articles. All are the same in both directions.
const (
	cosineAll     = iota // cosine of the tf-idf vectors
	cosineNames          // its part from names of one word
	cosinePhrases        // from terms of several words
	cosineWords          // from other words and numbers
	strongest            // the largest part from one term
	titleCover           // how much of either title the other text has
	leadCosine           // cosine of titles and leads alone
	semantic             // cosine in the latent space
	broad                // the same in its first dimensions only
	nearDays             // nearness in time with half-lives of 3,
	nearWeeks            // 30
	nearYears            // and 365 days
	sameSection
	logCosine
	logLengths // of the numbers of terms, added
	logShared  // of the number of shared words
	featureCount
)

type features [featureCount]float64

// pair gathers the features of one pair.
type pair struct {
	evidence
	titleP, titleQ, lead float64 // sums of squared rarities
	words                int
}

// compare compares the own article with q and fills r.shared.
func (r *ranker) compare(q *Profile, at *place) evidence {
	var f pair
	p := r.own
	r.shared = r.shared[:0]
	scale := 1 / max(r.place.norm*at.norm, tiny)
	for j, t := range q.terms {
		i := r.terms.find(t.id)
		if i < 0 {
			continue
		}
		s, rare := p.terms[i], r.rare[i]
		part := s.weight() * t.weight() * rare * rare * scale
		f.add(s.marks, t.marks, part, rare*rare)
		if s.marks.has(isTag) && t.marks.has(isTag) {
			f.tags += r.standing(i, s.marks&t.marks)
		}
		r.shared = append(r.shared, shared{i, j, part})
	}
	f.finish(r.place, at)
	f.between(p, q)
	return f.evidence
}

// namedTag is how much more a tag says that both texts have as a name. What a
// story goes by stands in all of its parts, and a tag for a kind of article
// ("letters") or a subject ("weather") does not. With it all 126 parts of the
// sample's running stories lead each other's lists, without it 120.
const namedTag = 7

// standing is how much it says that another article has the tag in place i as
// well: 1 when no other has, and little when many have. It falls more steeply
// for a tag that is a name, as places and parties are tags of many articles.
func (r *ranker) standing(i int, both marks) float64 {
	share := r.rare[i] / r.rarity.table[1]
	if both.has(isName) {
		return namedTag * share * share * share
	}
	return share * share
}

const tiny = 1e-9

// add takes in a shared term by its marks on both sides, its part of the
// cosine and its squared rarity.
func (f *pair) add(s, t marks, part, rare2 float64) {
	f.features[cosineAll] += part
	f.features[strongest] = max(f.features[strongest], part)
	switch {
	case (s | t).has(isPhrase | isTag):
		f.features[cosinePhrases] += part
		return
	case (s & t).has(isName):
		f.features[cosineNames] += part
	default:
		f.features[cosineWords] += part
	}
	f.words++
	if s.has(inTitle) {
		f.titleP += rare2
	}
	if t.has(inTitle) {
		f.titleQ += rare2
	}
	if s.has(inTitle|inLead) && t.has(inTitle|inLead) {
		f.lead += rare2
	}
}

// finish works out the features that need the whole of both articles.
func (f *pair) finish(p, q *place) {
	f.features[titleCover] = (f.titleP/max(p.title, tiny) + f.titleQ/max(q.title, tiny)) / 2
	f.features[leadCosine] = f.lead / max(math.Sqrt(p.lead*q.lead), tiny)
	f.meaning(p.direction, q.direction)
	f.features[logCosine] = math.Log(f.features[cosineAll] + 0.01)
	f.features[logShared] = math.Log(float64(f.words + 1))
}

// meaning compares directions. In an archive too young to have learned any,
// their cosines are guessed from that of the words, by what they are on
// average in the evaluation.
func (f *pair) meaning(p, q *direction) {
	if p == nil || q == nil {
		guess := math.Sqrt(f.features[cosineAll])
		f.features[semantic], f.features[broad] = min(1.3*guess, 1), min(1.5*guess, 1)
		return
	}
	f.features[semantic], f.features[broad] = p.cosines(q)
}

// between adds what lies outside of the texts.
func (f *pair) between(p, q *Profile) {
	days := daysBetween(p, q)
	f.undated = days == ages
	f.features[nearDays] = nearness(days, 3)
	f.features[nearWeeks] = nearness(days, 30)
	f.features[nearYears] = nearness(days, 365)
	if p.Section != "" && p.Section == q.Section {
		f.features[sameSection] = 1
	}
	for _, author := range p.Authors {
		if slices.Contains(q.Authors, author) {
			f.author = author
			break
		}
	}
	f.features[logLengths] = math.Log(float64(len(p.terms)+1) * float64(len(q.terms)+1))
}
