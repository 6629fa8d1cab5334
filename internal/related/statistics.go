package related

import "math/bits"

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
// read them at once; whoever adds must be alone.
type Counts struct {
	articles map[string]int
	slots    []slot // open addressing, linear probing; a power of two
	used     int
	rare     int32 // how many articles use a term that is not kept
}

// slot counts the articles with a term.
type slot struct {
	id TermID
	n  int32 // 0 for a free slot
}

// newSlots is room for n terms.
func newSlots(n int) []slot {
	const least = 1024
	return make([]slot, max(least, 1<<bits.Len(uint(2*n))))
}

// NewCounts returns the counts of an empty archive.
func NewCounts() *Counts { return &Counts{articles: map[string]int{}, slots: newSlots(0)} }

// Add counts an article.
func (c *Counts) Add(p *Profile) {
	c.articles[p.Language]++
	for _, t := range p.terms {
		c.add(t.id, 1)
	}
}

func (c *Counts) add(id TermID, n int32) {
	s := c.find(id)
	if s.n == 0 {
		if c.used++; c.used*2 > len(c.slots) {
			c.rehash(c.used, 0)
			s = c.find(id)
		}
		s.id = id
	}
	s.n += n
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

// rehash makes room for n terms, and drops those that at most rare articles use.
func (c *Counts) rehash(n int, rare int32) {
	old := c.slots
	c.slots = newSlots(n)
	for _, s := range old {
		if s.n > rare {
			*c.find(s.id) = s
		}
	}
}

// trim keeps at most the given number of terms, the most frequent ones, and none
// that a single article uses, so that what is kept does not grow with the archive.
// The others count as the most frequent of them do.
func (c *Counts) trim(most int) {
	terms := map[int32]int{} // by how many articles use them
	for _, s := range c.slots {
		terms[s.n]++
	}
	c.used -= terms[1]
	for c.rare = 1; c.used > most; {
		c.rare++
		c.used -= terms[c.rare]
	}
	c.rehash(c.used, c.rare)
}

// Articles returns how many articles of a language were added.
func (c *Counts) Articles(language string) int { return c.articles[language] }

// Frequency returns how many articles use a term.
func (c *Counts) Frequency(id TermID) int { return int(max(c.find(id).n, c.rare)) }
