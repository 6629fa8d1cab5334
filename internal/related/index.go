package related

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"sync"

	"nutgraph/internal/parallel"
)

// Index finds the candidates of an article among many, in memory. It also is
// the Statistics of the articles in it. It does not change once made, so any
// number of goroutines may use it.
type Index struct {
	*Model
	profiles  []*Profile     // by time, then by key
	outlines  []outline      // of the profiles: looking into those of all that are met would take longest
	languages map[string]int // what outlines call them, from 1 on
	postings  []posting      // by term, then by article
	starts    []uint32       // where the postings begin whose terms begin with so many bits
	pool      sync.Pool      // of *sums
}

// outline is what an article is chosen by beside what it has in common with another.
type outline struct {
	key      int64
	moment   moment
	language int
}

// posting says that an article has a key.
type posting struct {
	term    TermID
	article uint32 // place in profiles
	weight  float32
}

// startBits are the bits of a term that starts are found by.
const startBits = 16

// NewIndex learns from the profiles and indexes them. They are placed in the
// model and must not change afterwards. It costs about 50 microseconds and 720
// bytes for each beyond the profile itself, and what Learn costs.
func NewIndex(profiles []*Profile) *Index { return Learn(profiles).Index(profiles) }

// Index indexes profiles under a model learned earlier, from these or others.
func (m *Model) Index(profiles []*Profile) *Index {
	x := &Index{Model: m, profiles: slices.Clone(profiles), languages: map[string]int{}}
	slices.SortFunc(x.profiles, byTime)
	keys := parallel.Map(x.profiles, func(p *Profile) []Key {
		m.Place(p)
		return p.Keys(m)
	})
	x.outlines = make([]outline, len(profiles))
	for i, p := range x.profiles {
		if x.languages[p.Language] == 0 {
			x.languages[p.Language] = len(x.languages) + 1
		}
		x.outlines[i] = x.outline(p)
	}
	x.post(keys)
	x.pool.New = func() any { return &sums{of: make([]float32, len(profiles))} }
	return x
}

// post puts the keys of the articles in their order: into a part for each way in
// which terms begin, in which few are left to be sorted.
func (x *Index) post(keys [][]Key) {
	x.starts = make([]uint32, 1<<startBits+1)
	for _, of := range keys {
		for _, k := range of {
			x.starts[k.Term>>(32-startBits)+1]++
		}
	}
	for i := range x.starts[1:] {
		x.starts[i+1] += x.starts[i]
	}
	x.postings = make([]posting, x.starts[1<<startBits])
	next := slices.Clone(x.starts)
	for i, of := range keys {
		for _, k := range of {
			at := &next[k.Term>>(32-startBits)]
			x.postings[*at] = posting{k.Term, uint32(i), k.Weight}
			*at++
		}
		keys[i] = nil
	}
	parallel.Each(1<<startBits, func(i int) {
		slices.SortFunc(x.postings[x.starts[i]:x.starts[i+1]], func(a, b posting) int {
			return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.article, b.article))
		})
	})
}

func (x *Index) outline(p *Profile) outline {
	return outline{p.Key, momentOf(p), x.languages[p.Language]}
}

// of returns the postings of a term.
func (x *Index) of(term TermID) []posting {
	some := x.postings[x.starts[term>>(32-startBits)]:x.starts[term>>(32-startBits)+1]]
	begin := sort.Search(len(some), func(i int) bool { return some[i].term >= term })
	some = some[begin:]
	return some[:sort.Search(len(some), func(i int) bool { return some[i].term > term })]
}

// Postings yields the keys of all articles, by term, then by time and key.
func (x *Index) Postings() iter.Seq2[Key, *Profile] {
	return func(yield func(Key, *Profile) bool) {
		for _, p := range x.postings {
			if !yield(Key{p.term, p.weight}, x.profiles[p.article]) {
				return
			}
		}
	}
}

func byTime(p, q *Profile) int {
	return cmp.Or(p.PublishedAt.Compare(q.PublishedAt), cmp.Compare(p.Key, q.Key))
}

// Candidates returns the n articles that share the weightiest keys with p,
// best first, without p itself.
func (x *Index) Candidates(p *Profile, n int) []*Profile {
	s := x.pool.Get().(*sums)
	defer x.pool.Put(s)
	place := sort.Search(len(x.profiles), func(i int) bool { return byTime(x.profiles[i], p) >= 0 })
	for _, k := range p.Keys(x) {
		for _, posting := range near(x.of(k.Term), place) {
			s.add(posting.article, k.Weight*posting.weight)
		}
	}
	best := shortlist{n: n}
	x.choose(&best, p, s, place)
	found := best.profiles()
	if len(found) < n {
		found = x.fill(found, p, place, n)
	}
	return found
}

// nearest is how many articles on either side in time are looked at before all
// others. Most of the best are among them, and few of the others add up to so much
// that their time matters, which is not looked at then.
const nearest = 2000

// choose offers all articles that have something in common with one at a place in
// time, outwards from there, and empties the sums.
func (x *Index) choose(best *shortlist, p *Profile, s *sums, place int) {
	if len(s.touched) == 0 {
		return
	}
	own := x.outline(p)
	offer := func(article int) {
		sum := s.take(article)
		if sum < best.least || sum == 0 {
			return // whatever its time
		}
		o := &x.outlines[article]
		if days := own.moment.daysTo(o.moment); o.language == own.language && o.key != own.key && sum*recencyAtMost(days) >= best.least {
			best.offer(match{profile: x.profiles[article], score: sum * recencyAfter(days)})
		}
	}
	from, to := max(0, place-nearest), min(len(x.profiles), place+nearest)
	for i := range nearest {
		if before := place - 1 - i; before >= from {
			offer(before)
		}
		if after := place + i; after < to {
			offer(after)
		}
	}
	far := recencyAtMost(min(own.moment.daysTo(x.outlines[from].moment), own.moment.daysTo(x.outlines[to-1].moment)))
	for _, article := range s.touched {
		if float64(s.of[article])*far < best.least {
			s.of[article] = 0
		} else {
			offer(int(article))
		}
	}
	s.touched = s.touched[:0]
}

// fill adds the articles next to p in time, so that one that shares no key
// with enough others still has candidates.
func (x *Index) fill(found []*Profile, p *Profile, place, n int) []*Profile {
	have := map[int64]bool{p.Key: true}
	for _, q := range found {
		have[q.Key] = true
	}
	for _, q := range x.profiles[max(0, place-n):min(len(x.profiles), place+n)] {
		if len(found) < n && !have[q.Key] && q.Language == p.Language {
			found = append(found, q)
		}
	}
	return found
}

// near returns the Window postings on either side of a place.
func near(postings []posting, place int) []posting {
	if len(postings) <= Window {
		return postings
	}
	i := sort.Search(len(postings), func(i int) bool { return int(postings[i].article) >= place })
	return postings[max(0, i-Window):min(len(postings), i+Window)]
}

// sums adds up what each article has in common with one.
type sums struct {
	of      []float32 // by article; all zero between uses
	touched []uint32
}

func (s *sums) add(article uint32, weight float32) {
	if s.of[article] == 0 {
		s.touched = append(s.touched, article)
	}
	s.of[article] += weight
}

// take returns a sum and makes it zero.
func (s *sums) take(article int) float64 {
	sum := s.of[article]
	if sum > 0 {
		s.of[article] = 0
	}
	return float64(sum)
}
