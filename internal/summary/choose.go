package summary

import (
	"cmp"
	"slices"

	"nutgraph/internal/content"
)

// budget is what a length allows.
type budget struct {
	least, most       int     // words in all
	share             float64 // of the article, at most
	shortest, longest int     // words of a sentence
	fewest, highest   int     // sentences
	article           int     // words the article must have
	reference         float64 // words a person writes for this length
	pairs             float64 // what pairs weigh against words
	alone             bool    // every sentence must stand on its own
	persons           flaw    // who speaks as one of these had better be quoted…
	spoken            float64 // …or costs this much
	late              float64 // what a sentence costs that stands far behind
	loose             bool    // exclamations and quotations of several sentences may be in it
}

// The lengths: one line, about 60 words, about 150 words, and three
// to five points. A summary that is most of the article is none, so each has
// an article length below which it is left out. An article that does not yield
// what the first budget of a length asks for gets what the next one does; half
// quotations, furniture and pronouns without antecedent are in none of them.
var budgets = map[content.SummaryLength][]budget{
	content.SummaryBrief: {
		{share: 0.8, shortest: 15, longest: 35, most: 60, highest: 1, article: 24, reference: 40, pairs: 1, persons: firstPerson | secondPerson, spoken: 0.12, alone: true},
		{share: 0.8, shortest: 8, longest: 42, most: 60, highest: 1, article: 24, reference: 40, pairs: 1, persons: firstPerson | secondPerson, spoken: 0.12, alone: true},
		{share: 0.8, shortest: 5, longest: 60, most: 60, highest: 1, article: 24, reference: 40, pairs: 1, persons: firstPerson | secondPerson, spoken: 0.12, loose: true}, // may dangle
	},
	content.SummaryShort: {
		{least: 45, most: 75, share: 1, shortest: 6, longest: 60, fewest: 1, highest: 5, article: 90, reference: 70, pairs: 8, late: 0.03},
		{least: 30, most: 75, share: 0.6, shortest: 4, longest: 75, fewest: 1, highest: 5, article: 90, reference: 70, pairs: 8, late: 0.03, loose: true},
	},
	content.SummaryBullets: {
		{least: 24, most: 150, share: 1, shortest: 8, longest: 30, fewest: 3, highest: 5, article: 120, reference: 90, pairs: 2, persons: firstPerson, spoken: 0.04, alone: true},
		{least: 24, most: 150, share: 0.7, shortest: 8, longest: 30, fewest: 3, highest: 5, article: 120, reference: 90, pairs: 2, persons: firstPerson, spoken: 0.04, alone: true, loose: true},
		{least: 18, most: 150, share: 0.7, shortest: 6, longest: 38, fewest: 3, highest: 5, article: 120, reference: 90, pairs: 2, persons: firstPerson, spoken: 0.04, alone: true},
		{least: 15, most: 150, share: 0.7, shortest: 5, longest: 50, fewest: 3, highest: 5, article: 120, reference: 90, pairs: 2, persons: firstPerson, spoken: 0.04, loose: true},
	},
	content.SummaryLong: {
		{least: 110, most: 180, share: 0.6, shortest: 6, longest: 60, fewest: 3, highest: 12, article: 200, reference: 150, pairs: 2},
		{least: 110, most: 180, share: 0.65, shortest: 4, longest: 75, fewest: 2, highest: 16, article: 200, reference: 150, pairs: 2, loose: true},
		{least: 76, most: 180, share: 0.65, shortest: 4, longest: 75, fewest: 2, highest: 16, article: 200, reference: 150, pairs: 2, loose: true},
	},
}

// chooser finds the set of pieces with the highest value within a budget.
type chooser struct {
	d      *document
	b      budget
	tally  *tally
	pieces []piece // candidates in the order of the article
	value  []float64
	alike  []likeness // of each two of the pieces

	set  []int // places in pieces
	size int
	best []int
	top  float64
}

// choose returns the pieces of one summary in the order of the article, nil
// when it does not yield one.
func (d *document) choose(imp *importance, length content.SummaryLength) []piece {
	for _, b := range budgets[length] {
		if d.size < b.article {
			return nil
		}
		b.most = min(b.most, int(b.share*float64(d.size)))
		c := &chooser{d: d, b: b, tally: newTally(imp, b)}
		switch length {
		case content.SummaryBrief:
			c.brief()
		case content.SummaryShort:
			c.candidates(exactCandidates)
			c.exact(0)
		default:
			c.candidates(greedyCandidates)
			c.greedy()
		}
		if len(c.best) > 0 {
			return c.chosen()
		}
	}
	return nil
}

const (
	exactCandidates  = 12 // all sets of up to five of them are tried
	greedyCandidates = 60
)

func (c *chooser) chosen() []piece {
	var out []piece
	for _, i := range c.best {
		out = append(out, c.pieces[i])
	}
	return out
}

// candidates fills pieces with the n sentences that are worth most alone.
func (c *chooser) candidates(n int) {
	c.pieces = make([]piece, 0, len(c.d.sentences))
	c.value = make([]float64, 0, len(c.d.sentences))
	for i := range c.d.sentences {
		p, ok := c.d.fit(i, c.b, c.tally)
		if !ok && c.b.loose {
			p, ok = c.d.quotationAt(i, c.b)
		}
		if ok {
			c.pieces = append(c.pieces, p)
			c.value = append(c.value, c.tally.alone(&p))
		}
	}
	order := make([]int, len(c.pieces))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(c.value[y], c.value[x]) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	kept := make([]piece, len(order))
	for k, i := range order {
		kept[k] = c.pieces[i]
	}
	c.pieces, c.alike = kept, make([]likeness, len(kept)*len(kept))
}

// brief takes the best sentence alone.
func (c *chooser) brief() {
	if c.candidates(1); len(c.pieces) > 0 && c.pieces[0].size <= c.b.most {
		c.best = []int{0}
	}
}

// exact tries every set, adding pieces from place on.
func (c *chooser) exact(from int) {
	c.consider()
	if len(c.set) == c.b.highest {
		return
	}
	for i := from; i < len(c.pieces); i++ {
		if !c.push(i) {
			continue
		}
		c.exact(i + 1)
		c.pop()
	}
}

// push adds a piece to the set if it fits.
func (c *chooser) push(i int) bool {
	p := &c.pieces[i]
	if c.size+p.size > c.b.most || c.overlaps(p) || c.repeats(i) || !c.anchored(i) {
		return false
	}
	c.set = append(c.set, i)
	c.size += p.size
	c.tally.add(p)
	return true
}

// overlaps tells whether a sentence of the piece is in the set already, as
// quotations can begin in the sentence in which another one ends.
func (c *chooser) overlaps(p *piece) bool {
	return slices.ContainsFunc(c.set, func(k int) bool {
		return p.sentence <= c.pieces[k].last && c.pieces[k].sentence <= p.last
	})
}

func (c *chooser) pop() {
	last := len(c.set) - 1
	p := &c.pieces[c.set[last]]
	c.set = c.set[:last]
	c.size -= p.size
	c.tally.remove(p)
}

// anchored tells whether piece i may follow the set: one that leans on the
// sentence before needs that sentence before it.
func (c *chooser) anchored(i int) bool {
	p := &c.pieces[i]
	if p.flaws&dangling == 0 {
		return true
	}
	for _, k := range c.set {
		if c.pieces[k].last == p.sentence-1 {
			return true
		}
	}
	return false
}

// consider keeps the set if it is the best so far.
func (c *chooser) consider() {
	if c.size < c.b.least || len(c.set) < c.b.fewest {
		return
	}
	if v := c.tally.value(); v > c.top {
		c.top = v
		c.best = slices.Clone(c.set)
	}
}

// greedy adds, time and again, the piece that raises the value most for its
// words, until the budget is met and nothing raises it (after the budgeted
// greedy algorithm of Lin and Bilmes, 2010).
func (c *chooser) greedy() {
	for len(c.set) < c.b.highest {
		next, top := -1, 0.0
		for i := range c.pieces {
			if slices.Contains(c.set, i) || !c.push(i) {
				continue
			}
			if v := c.tally.value(); v > top {
				next, top = i, v
			}
			c.pop()
		}
		if next < 0 {
			break
		}
		if c.enough() && top < c.tally.value() {
			break
		}
		c.push(next)
	}
	c.top = -1
	c.consider()
	slices.Sort(c.best)
}

// enough tells whether the set may stand as it is.
func (c *chooser) enough() bool { return c.size >= c.b.least && len(c.set) >= c.b.fewest }

// likeness is whether one piece says mostly what another says.
type likeness uint8

const (
	unknown likeness = iota
	different
	alike
)

// repeats tells whether piece i says mostly what one of the set says. Each two are
// compared once, however many sets they are tried in.
func (c *chooser) repeats(i int) bool {
	for _, k := range c.set {
		known := &c.alike[i*len(c.pieces)+k]
		if *known == unknown {
			*known = different
			if c.d.alike(&c.pieces[i], &c.pieces[k]) {
				*known = alike
			}
		}
		if *known == alike {
			return true
		}
	}
	return false
}

// alike tells whether the shorter of two pieces has most of its meaning in the
// other.
func (d *document) alike(a, b *piece) bool {
	if len(a.tokens) > len(b.tokens) {
		a, b = b, a
	}
	both, all := 0, 0
	for _, t := range a.tokens {
		if d.terms[t].stop {
			continue
		}
		all++
		if slices.Contains(b.tokens, t) {
			both++
		}
	}
	const most = 0.6
	return float64(both) > most*float64(all)
}
