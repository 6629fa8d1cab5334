package related

import "math"

// Statistics is what the archive as a whole knows: how many articles of a
// language it has, and how many of its articles use a term. Rank asks for
// some ten thousand frequencies, so an answer should come from memory and in
// nanoseconds; Counts is one that does.
type Statistics interface {
	Articles(language string) int
	Frequency(id TermID) int
}

// Counts are Statistics in memory. Many may read them at once; whoever adds
// or removes must be alone.
type Counts struct {
	articles  map[string]int
	frequency map[TermID]int32
}

// NewCounts returns the counts of an empty archive.
func NewCounts() *Counts {
	return &Counts{articles: map[string]int{}, frequency: map[TermID]int32{}}
}

// Add counts an article.
func (c *Counts) Add(p *Profile) { c.count(p, 1) }

// Remove takes back one that was added.
func (c *Counts) Remove(p *Profile) { c.count(p, -1) }

func (c *Counts) count(p *Profile, by int) {
	c.articles[p.Language] += by
	for _, t := range p.terms {
		n := c.frequency[t.id] + int32(by)
		if n <= 0 {
			delete(c.frequency, t.id)
			continue
		}
		c.frequency[t.id] = n
	}
}

// Articles returns how many articles of a language were added.
func (c *Counts) Articles(language string) int { return c.articles[language] }

// Frequency returns how many of them use a term.
func (c *Counts) Frequency(id TermID) int { return int(c.frequency[id]) }

// rarity gives the inverse document frequency of the terms of one language:
// ln((N+1)/(df+½)), at least a little, so that in a young archive, where every
// term is in most articles, terms still count.
type rarity struct {
	statistics Statistics
	logN       float64
}

func newRarity(s Statistics, language string) rarity {
	return rarity{s, math.Log(float64(s.Articles(language)) + 1)}
}

func (r rarity) of(id TermID) float64 {
	df := r.statistics.Frequency(id)
	if df < len(logs) {
		return max(r.logN-logs[df], leastRarity)
	}
	return max(r.logN-math.Log(float64(df)+0.5), leastRarity)
}

const leastRarity = 0.1

// logs holds ln(df+½) of the frequencies that nearly all terms have.
var logs = func() (table [1024]float64) {
	for i := range table {
		table[i] = math.Log(float64(max(i, 1)) + 0.5)
	}
	return table
}()
