package db

import (
	"context"
	"encoding/json"
	"fmt"

	"nutgraph/internal/content"
)

// change is who did what, and why.
type change struct {
	actor  string
	action content.Action
	note   string
}

// actorOf is who makes a change, by name.
func actorOf(ctx context.Context) string {
	if p := content.PrincipalOf(ctx); p != nil {
		return p.Name
	}
	return "nobody"
}

// addRevision notes a change of an article.
func (db *DB) addRevision(ctx context.Context, tx *txn, key int64, number int, c change) error {
	return tx.exec(ctx, `
		INSERT INTO revision (article_key, number, id, at, actor, action, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		key, number, content.NewID(content.RevisionPrefix), db.now().UnixMilli(), c.actor, c.action, nullable(c.note))
}

// keptVersion is how a version is kept in a revision.
type keptVersion struct {
	Draft   content.Draft
	Section []content.Section
	Authors []content.Author
	Tags    []content.Tag
}

// keepRevision writes down the text of the present revision, which is about to
// be replaced.
func keepRevision(ctx context.Context, tx *txn, old *Version) error {
	return tx.exec(ctx, `UPDATE revision SET text = $1 WHERE article_key = $2 AND number = $3`,
		toJSON(keptVersion{old.Draft, old.Section, old.Authors, old.Tags}), old.key, old.Article.Revision)
}

// Revisions reads a page of the changes of an article, newest first.
func (db *DB) Revisions(ctx context.Context, article content.ID, w content.Window) (content.Page[content.Revision], error) {
	s := &statement{}
	return page(ctx, db, listing[content.Revision]{
		items:      "revision",
		columns:    "r.id, a.id, r.number, r.at, r.actor, r.action, COALESCE(r.note, '')",
		from:       "article a JOIN revision r ON r.article_key = a.key",
		conditions: []string{"a.id = " + s.arg(article), s.inSight(ctx, db.now())},
		args:       s.args,
		order:      []sortTerm{{"number", "r.number", true}},
		key:        "r.number",
		scan:       scanRevision,
	}, w)
}

func scanRevision(scan scanner) (content.Revision, error) {
	var r content.Revision
	var at int64
	err := scan(&r.ID, &r.Article, &r.Number, &at, &r.Actor, &r.Action, &r.Note)
	r.At = moment(at)
	return r, err
}

// RevisionTexts reads articles as some revisions left them, by revision.
func (db *DB) RevisionTexts(ctx context.Context, revisions []content.ID) (map[content.ID]Version, error) {
	s := &statement{}
	return db.texts(ctx, s, `
		SELECT r.id, a.id, r.text
		FROM revision r
		JOIN article a ON a.key = r.article_key
		WHERE r.id IN `+list(s, revisions)+` AND `+s.inSight(ctx, db.now()))
}

// TextsBefore reads, for each of some revisions, the article as another one of
// its revisions left it: that of a number, or the one before. For a revision
// without such another there is none.
func (db *DB) TextsBefore(ctx context.Context, revisions []content.ID, number *int) (map[content.ID]Version, error) {
	s := &statement{}
	return db.texts(ctx, s, `
		SELECT r.id, a.id, o.text
		FROM revision r
		JOIN article a ON a.key = r.article_key
		JOIN revision o ON o.article_key = r.article_key
			AND o.number = COALESCE(`+s.arg(number)+`, (SELECT MAX(number) FROM revision WHERE article_key = r.article_key AND number < r.number))
		WHERE r.id IN `+list(s, revisions)+` AND `+s.inSight(ctx, db.now()))
}

// RevisionText reads an article as one of its revisions left it; NotFound when
// there is no such one.
func (db *DB) RevisionText(ctx context.Context, article content.ID, number int) (Version, error) {
	s := &statement{}
	texts, err := db.texts(ctx, s, `
		SELECT a.id, a.id, r.text
		FROM article a
		JOIN revision r ON r.article_key = a.key
		WHERE a.id = `+s.arg(article)+` AND r.number = `+s.arg(number))
	if err != nil {
		return Version{}, err
	}
	v, found := texts[article]
	if !found {
		return v, &content.Error{Code: content.NotFound, Field: "revision", Message: fmt.Sprintf("there is no revision %d", number)}
	}
	return v, nil
}

// texts reads kept versions by the first column of a statement. The second is the
// article, which is itself the version where none is kept: the present one.
func (db *DB) texts(ctx context.Context, s *statement, query string) (map[content.ID]Version, error) {
	present := map[content.ID]content.ID{}
	texts, err := collectMap(ctx, db, query, s.args, func(scan scanner) (id content.ID, v Version, err error) {
		var article content.ID
		var text []byte
		if err := scan(&id, &article, &text); err != nil {
			return id, v, err
		}
		if text == nil {
			present[id] = article
			return id, v, nil
		}
		var kept keptVersion
		err = json.Unmarshal(text, &kept)
		return id, Version{Draft: kept.Draft, Section: kept.Section, Authors: kept.Authors, Tags: kept.Tags}, err
	})
	for id, article := range present {
		if err == nil {
			texts[id], err = db.Version(ctx, article)
		}
	}
	return texts, err
}
