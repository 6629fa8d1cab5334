package related

import (
	"maps"
	"slices"
)

// Model is what was learned from an archive at one moment: how many articles
// use each term, and the latent semantics of its languages. Scores under one
// model do not depend on the order in which articles came, so edges drawn one
// by one equal those drawn at once. Learn a new one when the archive has
// doubled. It does not change once made.
type Model struct {
	*Counts
	rarities map[string]rarity
	spaces   map[string]*space
}

// Learn makes the model of the given articles. It costs about six seconds
// and 60 megabytes for a language of 15,000 articles or more.
func Learn(profiles []*Profile) *Model {
	m := &Model{Counts: NewCounts(), rarities: map[string]rarity{}, spaces: map[string]*space{}}
	byLanguage := map[string][]*Profile{}
	for _, p := range profiles {
		m.Add(p)
		byLanguage[p.Language] = append(byLanguage[p.Language], p)
	}
	for _, language := range slices.Sorted(maps.Keys(byLanguage)) {
		of := byLanguage[language]
		slices.SortFunc(of, byTime)
		m.rarities[language] = newRarity(m, language)
		if s := learnSpace(of, m.rarities[language]); s != nil {
			m.spaces[language] = s
		}
	}
	return m
}

// Place works out what of p depends on the model and keeps it in p, which
// makes every later Rank under this model several times faster.
func (m *Model) Place(p *Profile) {
	p.place = nil
	p.place = m.locate(p)
}

// locate returns the place of p in the model.
func (m *Model) locate(p *Profile) *place {
	if p.place != nil && p.place.model == m {
		return p.place
	}
	r := rarityIn(m, p.Language)
	pl := measure(p, r)
	pl.model = m
	if s := m.spaces[p.Language]; s != nil {
		pl.direction = s.locate(p, r)
	}
	return pl
}

func (m *Model) rarityOf(language string) (rarity, bool) {
	r, ok := m.rarities[language]
	return r, ok
}

// place is what of a profile depends on the statistics it is compared under.
type place struct {
	model     *Model  // nil for other statistics
	norm      float64 // length of the vector of weights
	title     float64 // sums of squared rarities of the single words in the title
	lead      float64 // and in title or lead
	direction *direction
}

// locator is a Model or has one embedded.
type locator interface{ locate(p *Profile) *place }
