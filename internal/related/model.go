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
	id       uint64 // tells a model that was stored from others
}

// maxTermsCounted bounds what a model keeps of terms: 17 megabytes in memory. Of
// 100,000 articles there are 900,000, without those that one article uses 300,000.
const maxTermsCounted = 1 << 20

// Learn makes the model of the given articles. It costs about six seconds
// and 60 megabytes for a language of 15,000 articles or more.
func Learn(profiles []*Profile) *Model {
	m := &Model{Counts: NewCounts(), rarities: map[string]rarity{}, spaces: map[string]*space{}}
	byLanguage := map[string][]*Profile{}
	for _, p := range profiles {
		m.Add(p)
		byLanguage[p.Language] = append(byLanguage[p.Language], p)
	}
	m.trim(maxTermsCounted)
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

func (m *Model) rarityOf(language string) (rarity, bool) {
	r, ok := m.rarities[language]
	return r, ok
}
