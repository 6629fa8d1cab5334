package summary

import (
	"cmp"
	"slices"

	"nutgraph/internal/content"
)

// budget is what a length allows.
type budget struct {
	least, most       int     // words in all
	shortest, longest int     // words of a sentence
	fewest, highest   int     // sentences
	article           int     // words the article must have
	reference         float64 // words a person writes for this length
	pairs             float64 // what pairs weigh against words
	alone             bool    // every sentence must stand on its own
	lastResort        bool    // better a poor sentence than none
}

// The lengths of issue 3: one line, about 60 words, about 150 words, and three
// to five points. A summary that is most of the article is none, so each has
// an article length below which it is left out.
var budgets = map[content.SummaryLength]budget{
	content.SummaryBrief:   {least: 15, most: 35, shortest: 15, longest: 35, fewest: 1, highest: 1, article: 24, reference: 40, pairs: 1, alone: true},
	content.SummaryShort:   {least: 45, most: 75, shortest: 6, longest: 60, fewest: 1, highest: 5, article: 90, reference: 70, pairs: 4},
	content.SummaryBullets: {least: 24, most: 150, shortest: 8, longest: 30, fewest: 3, highest: 5, article: 120, reference: 90, pairs: 2, alone: true},
	content.SummaryLong:    {least: 110, most: 180, shortest: 6, longest: 60, fewest: 3, highest: 12, article: 220, reference: 150, pairs: 2},
}

// chooser finds the set of pieces with the highest value within a budget.
type chooser struct {
	d      *document
	b      budget
	tally  *tally
	pieces []piece // candidates in the order of the article
	value  []float64

	set  []int // places in pieces
	size int
	best []int
	top  float64
}

// choose returns the pieces of one summary in the order of the article, nil
// when it does not yield one.
func (d *document) choose(imp *importance, length content.SummaryLength) []piece {
	b := budgets[length]
	if d.size < b.article {
		return nil
	}
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
	return c.chosen()
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
	for i := range c.d.sentences {
		if p, ok := c.d.fit(i, c.b, c.tally); ok {
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
	c.pieces = kept
}

// brief takes the best sentence alone, and puts up with a size that is not
// quite right, then with a dangling start or an exclamation, before it gives
// none.
func (c *chooser) brief() {
	for _, try := range []struct {
		shortest, longest int
		lastResort        bool
	}{{15, 35, false}, {8, 42, false}, {5, 60, true}} {
		c.b.shortest, c.b.longest, c.b.lastResort = try.shortest, try.longest, try.lastResort
		c.pieces, c.value = nil, nil
		if c.candidates(1); len(c.pieces) > 0 {
			if 5*c.pieces[0].size <= 4*c.d.size {
				c.best = []int{0}
			}
			return
		}
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
	if c.size+p.size > c.b.most || c.d.repeats(p, c.pieces, c.set) || !c.anchored(i) {
		return false
	}
	c.set = append(c.set, i)
	c.size += p.size
	c.tally.add(p)
	return true
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
		if c.pieces[k].sentence == p.sentence-1 {
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
		before := c.tally.value()
		c.push(next)
		if c.enough() && c.tally.value() < before {
			c.pop()
			break
		}
	}
	c.top = -1
	c.consider()
	slices.Sort(c.best)
}

func (c *chooser) enough() bool { return c.size > c.b.least && len(c.set) > c.b.fewest }

// repeats tells whether a piece says mostly what one of the set says.
func (d *document) repeats(p *piece, pieces []piece, set []int) bool {
	for _, k := range set {
		if d.alike(p, &pieces[k]) {
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
