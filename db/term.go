package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// jsonList scans a JSON list of texts.
type jsonList []string

// Scan implements sql.Scanner.
func (l *jsonList) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("scan a list of texts: got %T", v)
	}
	return json.Unmarshal([]byte(s), (*[]string)(l))
}

func lines(s []string) string { return strings.Join(s, "\n") }

// tally counts what an analysis adds to the document frequencies, and takes
// away what the one before it had added. The empty stem counts the article.
func tally(frequencies map[[2]string]int, a *Analysis) {
	count := func(t *Terms, n int) {
		if t == nil {
			return
		}
		frequencies[[2]string{t.Language, ""}] += n
		for _, stem := range t.Stems {
			frequencies[[2]string{t.Language, stem}] += n
		}
	}
	count(a.OldTerms, -1)
	count(a.Terms, 1)
}

func saveFrequencies(ctx context.Context, tx *txn, frequencies map[[2]string]int) error {
	terms := make([][2]string, 0, len(frequencies))
	for term := range frequencies {
		terms = append(terms, term)
	}
	// In the order of the index: neighbours are written together.
	slices.SortFunc(terms, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, term := range terms {
		err := tx.exec(ctx, `
			INSERT INTO term (language, stem, articles) VALUES ($1, $2, MAX($3, 0))
			ON CONFLICT (language, stem) DO UPDATE SET articles = MAX(articles + $3, 0)`,
			term[0], term[1], frequencies[term])
		if err != nil {
			return err
		}
	}
	return nil
}

// Frequencies reads how many published articles of a language use each of some
// stems. The empty stem counts all of them.
func (db *DB) Frequencies(ctx context.Context, language string, stems []string) (map[string]int, error) {
	s := &statement{}
	query := `SELECT stem, articles FROM term WHERE language = ` + s.arg(language) + ` AND stem IN ` + list(s, stems)
	found := map[string]int{}
	_, err := collect(ctx, db, query, s.args, func(scan scanner) (struct{}, error) {
		var stem string
		var n int
		err := scan(&stem, &n)
		found[stem] = n
		return struct{}{}, err
	})
	return found, err
}
