package related

import (
	"math"
	"math/bits"
)

// rarity gives the inverse document frequency of the terms of one language,
// ln((N+1)/df) to a power. Frequencies are rounded down to steps of a tenth,
// so that one article more does not move the weight of a frequent term.
type rarity struct {
	statistics Statistics
	table      *[rarityStep * 32]float64
}

const (
	rarityStep  = 8 // steps to each doubling of the frequency
	rarityPower = 0.9
	leastRarity = 0.1 // so that in a young archive, where every term is in most articles, terms still count
)

// rarityIn is the rarity of the terms of a language. A model knows its own.
func rarityIn(s Statistics, language string) rarity {
	if known, ok := s.(interface{ rarityOf(string) (rarity, bool) }); ok {
		if r, ok := known.rarityOf(language); ok {
			return r
		}
	}
	return newRarity(s, language)
}

func newRarity(s Statistics, language string) rarity {
	r := rarity{s, new([rarityStep * 32]float64)}
	n := math.Log(float64(s.Articles(language)) + 1)
	for step := range r.table {
		r.table[step] = math.Pow(max(n-math.Log(float64(leastFrequency(step))), leastRarity), rarityPower)
	}
	return r
}

func (r rarity) of(id TermID) float64 { return r.table[frequencyStep(r.statistics.Frequency(id))] }

// frequencyStep is the step of a frequency: exact up to 16, then eight steps
// to each doubling.
func frequencyStep(n int) int {
	if n < 2*rarityStep {
		return max(n, 1)
	}
	n = min(n, math.MaxInt32)
	shift := bits.Len(uint(n)) - 4
	return shift*rarityStep + n>>shift
}

// leastFrequency is the smallest frequency of a step.
func leastFrequency(step int) int {
	if step < 2*rarityStep {
		return max(step, 1)
	}
	shift := step/rarityStep - 1
	return (step - shift*rarityStep) << shift
}
