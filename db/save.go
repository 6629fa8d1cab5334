package db

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"nutgraph/internal/content"
)

// Filing is a draft that is ready to be written: checked, its body rendered,
// its language known.
type Filing struct {
	Draft     content.Draft
	Body      content.Body
	Language  string
	WordCount int
	DraftHash []byte
	TextHash  []byte
	Section   []content.Section // from the top down, without ids
	Authors   []content.Author  // with slugs, without ids, each once
	Tags      []content.Tag     // likewise
}

// Change is what became of a filing.
type Change string

// What can become of a filing.
const (
	Created   Change = "created"
	Updated   Change = "updated"
	Unchanged Change = "unchanged"
	Refused   Change = "refused"
)

// Outcome tells what became of one filing. Err is the reason when it was
// refused, an *content.Error.
type Outcome struct {
	ID     content.ID
	Change Change
	Err    error
}

// DraftHashes tells, for each key of a draft that the archive knows, the hash
// of what was last handed in under it.
func (db *DB) DraftHashes(ctx context.Context, drafts []content.Draft) (map[string][]byte, error) {
	type name struct {
		Source, ID, Slug string
	}
	names := make([]name, len(drafts))
	for i, d := range drafts {
		names[i] = name{Source: d.Source, ID: d.ExternalID}
		if d.Source == "" {
			names[i].Slug = d.SlugOrTitle()
		}
	}
	s := &statement{}
	query := `
		SELECT a.source, a.external_id, a.slug, a.draft_hash, n.value ->> 'Source' <> ''
		FROM json_each(` + s.arg(toJSON(names)) + `) n
		JOIN article a ON (n.value ->> 'Source' <> '' AND a.source = n.value ->> 'Source' AND a.external_id = n.value ->> 'ID')
			OR (n.value ->> 'Slug' <> '' AND a.slug = n.value ->> 'Slug')`
	hashes := map[string][]byte{}
	_, err := collect(ctx, db, query, s.args, func(scan scanner) (struct{}, error) {
		var source, id *string
		var slug string
		var hash []byte
		var external bool
		err := scan(&source, &id, &slug, &hash, &external)
		d := content.Draft{Slug: slug}
		if external {
			d.Source, d.ExternalID = deref(source), deref(id)
		}
		hashes[d.Key()] = hash
		return struct{}{}, err
	})
	return hashes, err
}

// Save writes filings in one transaction. One that breaks a rule is refused
// and leaves nothing behind; the others are written all the same.
func (db *DB) Save(ctx context.Context, filings []Filing) ([]Outcome, error) {
	outcomes := make([]Outcome, len(filings))
	err := db.tx(ctx, func(tx *txn) error {
		if err := db.announceDue(ctx, tx); err != nil {
			return err
		}
		for i := range filings {
			outcome, err := db.save(ctx, tx, &filings[i])
			if err != nil {
				return fmt.Errorf("save %q: %w", filings[i].Draft.Title, err)
			}
			outcomes[i] = outcome
		}
		return nil
	})
	return outcomes, err
}

// save writes one filing. Every rule is checked before the first write.
func (db *DB) save(ctx context.Context, tx *txn, f *Filing) (Outcome, error) {
	known, hash, err := db.existing(ctx, tx, &f.Draft)
	if err != nil {
		return Outcome{}, err
	}
	var old *content.Article
	if known != nil {
		old = &known.Article
	}
	if old != nil && string(hash) == string(f.DraftHash) {
		return Outcome{ID: old.ID, Change: Unchanged}, nil
	}
	a, err := f.Draft.Apply(old, db.now().UTC())
	if err == nil {
		a.Slug, err = db.slug(ctx, tx, &f.Draft, old)
	}
	if refusal, ok := errors.AsType[*content.Error](err); ok {
		return Outcome{Change: Refused, Err: refusal}, nil
	}
	if err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{ID: a.ID, Change: Updated}
	if old == nil {
		a.ID = content.NewID(content.ArticlePrefix)
		outcome = Outcome{ID: a.ID, Change: Created}
		known = &Version{}
	} else if err := keepRevision(ctx, tx, known); err != nil {
		return outcome, err
	}
	key, err := db.writeArticle(ctx, tx, known.key, &a, f, known.announced)
	if err != nil {
		return outcome, err
	}
	return outcome, db.addRevision(ctx, tx, key, a.Revision, change{"import", content.ActionImported, ""})
}

// existing finds the article that a draft means: by its external name, else by
// its slug. A slug that was only made from the title must not take over an
// article that came from somewhere else.
func (db *DB) existing(ctx context.Context, tx *txn, d *content.Draft) (*Version, []byte, error) {
	condition, args := "a.slug = $1", []any{d.SlugOrTitle()}
	if d.Source != "" {
		condition, args = "a.source = $1 AND a.external_id = $2", []any{d.Source, d.ExternalID}
	}
	var hash []byte
	query := "SELECT a.draft_hash, " + versionColumns + " FROM article a JOIN body b ON b.article_key = a.key WHERE " + condition
	old, err := txOne(ctx, tx, query, args, func(scan scanner) (Version, error) {
		return db.scanVersion(func(dest ...any) error { return scan(append([]any{&hash}, dest...)...) })
	})
	if isNone(err) {
		return nil, nil, nil
	}
	return &old, hash, err
}

// slug chooses the slug of an article. One that is asked for by name must be
// free. One made from the title is numbered when it is taken, and stays as it
// was when the title changes later: addresses do not move by themselves.
func (db *DB) slug(ctx context.Context, tx *txn, d *content.Draft, old *content.Article) (string, error) {
	wanted := d.SlugOrTitle()
	if old != nil {
		if d.Source == "" && d.Slug == "" && old.External != nil {
			return "", content.FieldErrorf("slug", "%q, made from the title, belongs to an article from %s; give this one a slug, or source and externalId", wanted, old.External.Source)
		}
		if d.Slug == "" || d.Slug == old.Slug {
			return old.Slug, nil
		}
	}
	return db.freeSlug(ctx, tx, d, 0)
}

// freeSlug is the slug that a draft asks for, which must not be that of another
// article, or one made from its title.
func (db *DB) freeSlug(ctx context.Context, tx *txn, d *content.Draft, key int64) (string, error) {
	wanted := d.SlugOrTitle()
	for n := 1; ; n++ {
		slug := wanted
		if n > 1 {
			slug = numbered(wanted, n)
		}
		var taken bool
		if err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE slug = $1 AND key <> $2)`, []any{slug, key}, &taken); err != nil {
			return "", err
		}
		if !taken {
			return slug, nil
		}
		if d.Slug != "" {
			return "", &content.Error{Code: content.Conflict, Field: "slug", Message: fmt.Sprintf("%q is taken by another article; choose another", slug)}
		}
	}
}

// numbered is a slug with a number, cut so that there is room for it.
func numbered(slug string, n int) string {
	number := "-" + strconv.Itoa(n)
	cut := slug[:min(len(slug), content.MaxSlug-len(number))]
	return strings.TrimRight(cut, "-") + number
}

// writeArticle writes the rows of one article, its event among them, and
// returns its key. Readers have been told of it before, or not.
func (db *DB) writeArticle(ctx context.Context, tx *txn, key int64, a *content.Article, f *Filing, announced bool) (int64, error) {
	a.Language, a.WordCount = f.Language, f.WordCount
	sections, err := sectionKeys(ctx, tx, f.Section)
	if err != nil {
		return 0, err
	}
	next := announce(a, announced, db.now())
	if key == 0 {
		key, err = db.insertArticle(ctx, tx, a, f, last(sections), next)
	} else {
		err = db.updateArticle(ctx, tx, key, a, f, last(sections), next)
	}
	if err != nil {
		return 0, err
	}
	if err := writeBody(ctx, tx, key, f.Body); err != nil {
		return 0, err
	}
	if err := writeLinks(ctx, tx, key, a, f, sections); err != nil {
		return 0, err
	}
	return key, db.recordChange(ctx, tx, next, key)
}

// last is the key of the section an article stands in, the innermost one.
func last(keys []int64) *int64 {
	if len(keys) == 0 {
		return nil
	}
	return &keys[len(keys)-1]
}

// stored is the state in which a status is kept: the clock tells the rest.
func stored(s content.Status) content.Status {
	if s == content.StatusScheduled {
		return content.StatusPublished
	}
	return s
}

func (db *DB) articleArgs(a *content.Article, f *Filing, section *int64, next announcement) []any {
	var external content.External
	if a.External != nil {
		external = *a.External
	}
	var image content.Image
	if a.Image != nil {
		image = *a.Image
	}
	return []any{
		a.Slug, a.Title, a.Standfirst, nullable(a.URL), nullable(external.Source), nullable(external.ID),
		a.Language, stored(a.Status), a.Revision, millis(a.PublishedAt), a.UpdatedAt.UnixMilli(), a.WordCount, section,
		nullable(image.URL), nullable(image.Alt), nullable(image.Credit), db.now().UnixMilli(), notNil(f.TextHash),
		next.announced, millis(next.dueAt), millis(a.UnpublishAt), f.DraftHash,
	}
}

func (db *DB) insertArticle(ctx context.Context, tx *txn, a *content.Article, f *Filing, section *int64, next announcement) (key int64, err error) {
	args := append(db.articleArgs(a, f, section, next), a.ID, a.CreatedAt.UnixMilli(), nullable(a.Owner))
	err = tx.row(ctx, `
		INSERT INTO article (
			slug, title, standfirst, url, source, external_id, language, status, revision, published_at, updated_at,
			word_count, section_key, image_url, image_alt, image_credit, saved_at, text_hash, announced, due_at, unpublish_at, draft_hash,
			id, created_at, owner)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, COALESCE($22, x''), $23, $24, $25)
		RETURNING key`, args, &key)
	return key, err
}

func (db *DB) updateArticle(ctx context.Context, tx *txn, key int64, a *content.Article, f *Filing, section *int64, next announcement) error {
	return tx.exec(ctx, `
		UPDATE article SET
			slug = $1, title = $2, standfirst = $3, url = $4, source = $5, external_id = $6, language = $7, status = $8,
			revision = $9, published_at = $10, updated_at = $11, word_count = $12, section_key = $13, image_url = $14,
			image_alt = $15, image_credit = $16, saved_at = $17, text_hash = $18, announced = $19, due_at = $20,
			unpublish_at = $21, draft_hash = COALESCE($22, draft_hash)
		WHERE key = $23`, append(db.articleArgs(a, f, section, next), key)...)
}

func writeBody(ctx context.Context, tx *txn, key int64, b content.Body) error {
	return tx.exec(ctx, `
		INSERT INTO body (article_key, format, source, html, markdown, text)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (article_key) DO UPDATE SET
			format = excluded.format, source = excluded.source, html = excluded.html,
			markdown = excluded.markdown, text = excluded.text`,
		key, b.Format, b.Source, b.HTML, b.Markdown, b.Text)
}
