package related

// Statistics is what the archive as a whole knows: how many articles of a
// language it has, and how many of its articles use a term. Rank asks for
// many frequencies, so an answer should come from memory: Counts is the
// simplest, and a Model and an Index also know latent semantics, which Rank
// then makes use of.
type Statistics interface {
	Articles(language string) int
	Frequency(id TermID) int
}

// Counts are Statistics in memory, 16 to 32 bytes for each term. Many may
// read them at once; whoever adds or removes must be alone.
type Counts struct {
	articles map[string]int
	slots    []slot // open addressing, linear probing; a power of two
	used     int
}

// slot counts the articles with a term. A term that nobody uses any more
// keeps its slot.
type slot struct {
	id TermID
	n  int32 // one more than the articles; 0 for a free slot
}

// NewCounts returns the counts of an empty archive.
func NewCounts() *Counts {
	const start = 1024
	return &Counts{articles: map[string]int{}, slots: make([]slot, start)}
}

// Add counts an article.
func (c *Counts) Add(p *Profile) { c.count(p, 1) }

// Remove takes back one that was added.
func (c *Counts) Remove(p *Profile) { c.count(p, -1) }

func (c *Counts) count(p *Profile, by int32) {
	c.articles[p.Language] += int(by)
	for _, t := range p.terms {
		c.slot(t.id).n += by
	}
}

// slot returns the slot of a term, a new one if need be.
func (c *Counts) slot(id TermID) *slot {
	s := c.find(id)
	if s.n > 0 {
		return s
	}
	if c.used++; c.used*2 > len(c.slots) {
		c.grow()
		s = c.find(id)
	}
	*s = slot{id, 1}
	return s
}

// find returns the slot of a term or the free one where it would be.
func (c *Counts) find(id TermID) *slot {
	mask := uint32(len(c.slots) - 1)
	i := mix(uint32(id)) & mask
	for c.slots[i].n > 0 && c.slots[i].id != id {
		i = (i + 1) & mask
	}
	return &c.slots[i]
}

func (c *Counts) grow() {
	old := c.slots
	c.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.n > 0 {
			*c.find(s.id) = s
		}
	}
}

// Articles returns how many articles of a language were added.
func (c *Counts) Articles(language string) int { return c.articles[language] }

// Frequency returns how many articles use a term.
func (c *Counts) Frequency(id TermID) int { return int(max(c.find(id).n-1, 0)) }
