package db

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
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

// frequencies are changes of the document frequencies.
type frequencies struct {
	languages map[string]int
	terms     map[uint32]int
}

func newFrequencies() frequencies {
	return frequencies{map[string]int{}, map[uint32]int{}}
}

// count counts the terms of one article by times; none when there are none.
func (f frequencies) count(t *Terms, by int) {
	if t == nil {
		return
	}
	f.languages[t.Language] += by
	for _, id := range t.IDs {
		f.terms[id] += by
	}
}

// save writes the changes in the order of the tables: neighbours together.
func (f frequencies) save(ctx context.Context, tx *txn) error {
	for _, language := range slices.Sorted(maps.Keys(f.languages)) {
		err := tx.exec(ctx, `
			INSERT INTO language (language, articles) VALUES ($1, MAX($2, 0))
			ON CONFLICT (language) DO UPDATE SET articles = MAX(articles + $2, 0)`, language, f.languages[language])
		if err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.terms)) {
		err := tx.exec(ctx, `
			INSERT INTO term (id, articles) VALUES ($1, MAX($2, 0))
			ON CONFLICT (id) DO UPDATE SET articles = MAX(articles + $2, 0)`, id, f.terms[id])
		if err != nil {
			return err
		}
	}
	return nil
}

// CountLanguage counts the published articles of a language.
func (db *DB) CountLanguage(ctx context.Context, language string) (int, error) {
	return one(ctx, db, `SELECT COALESCE((SELECT articles FROM language WHERE language = $1), 0)`, []any{language}, scanValue[int])
}

// Frequencies reads how many published articles use each of some terms.
func (db *DB) Frequencies(ctx context.Context, terms []uint32) (map[uint32]int, error) {
	s := &statement{}
	query := `SELECT id, articles FROM term WHERE id IN ` + list(s, terms)
	found := make(map[uint32]int, len(terms))
	_, err := collect(ctx, db, query, s.args, func(scan scanner) (struct{}, error) {
		var id uint32
		var n int
		err := scan(&id, &n)
		found[id] = n
		return struct{}{}, err
	})
	return found, err
}
