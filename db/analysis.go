package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"nutgraph/internal/content"
)

// Material is what the machine reads of an article to summarise and relate it.
type Material struct {
	Key         int64
	ID          content.ID
	Revision    int
	Published   bool // or scheduled; nothing else has edges or is found
	PublishedAt time.Time
	Title       string
	Standfirst  string
	Text        string
	TextHash    []byte
	Language    string
	Section     string   // slug
	Tags        []string // names
	Authors     []string // names

	AnalysedRevision int // by the last analysis; 0 when there was none
}

// Waiting lists up to limit articles, newest first, whose analysis is missing,
// or older than they are, or of another version, and that were last written
// before a moment. Drafts are analysed too; an article whose job was given up
// waits for an operator, or for its next change.
func (db *DB) Waiting(ctx context.Context, version string, before time.Time, limit int) ([]content.ID, error) {
	return collect(ctx, db, `
		SELECT a.id
		FROM (`+unanalysed+` UNION SELECT article_key FROM analysis WHERE edges <> 'DONE') w
		CROSS JOIN article a ON a.key = w.article_key
		WHERE a.saved_at <= $2
			AND NOT EXISTS (
				SELECT 1 FROM river_job j
				WHERE j.state = 'discarded' AND j.args ->> 'article' = a.id AND (unixepoch(j.created_at) + 1) * 1000 >= a.saved_at)
		ORDER BY a.published_at DESC, a.key DESC
		LIMIT $3`, []any{version, before.UnixMilli(), limit}, scanValue[content.ID])
}

// WaitingForAnalysis lists the keys of all articles whose analysis is missing,
// older than they are, or of another version.
func (db *DB) WaitingForAnalysis(ctx context.Context, version string) ([]int64, error) {
	return collect(ctx, db, unanalysed+` ORDER BY article_key`, []any{version}, scanValue[int64])
}

// unanalysed selects the articles whose analysis is missing, older than they are,
// or of another version than $1. It reads them alone, however many there are.
const unanalysed = `
	SELECT article_key FROM waiting
	UNION SELECT article_key FROM analysis INDEXED BY analysis_version WHERE version < $1
	UNION SELECT article_key FROM analysis INDEXED BY analysis_version WHERE version > $1`

// ArticleKey is the key of an article in this package's bulk methods, of
// whatever status; NotFound when there is none.
func (db *DB) ArticleKey(ctx context.Context, id content.ID) (int64, error) {
	key, err := one(ctx, db, `SELECT key FROM article WHERE id = $1`, []any{id}, scanValue[int64])
	if errors.Is(err, errNone) {
		return 0, content.Errorf(content.NotFound, "there is no such article")
	}
	return key, err
}

// IsAnalysed tells whether an article has been analysed as it is, by whatever
// version.
func (db *DB) IsAnalysed(ctx context.Context, key int64) (bool, error) {
	return one(ctx, db, `
		SELECT EXISTS (SELECT 1 FROM article a JOIN analysis n ON n.article_key = a.key AND n.revision = a.revision WHERE a.key = $1)`,
		[]any{key}, scanValue[bool])
}

// Materials reads what is to be analysed, in the order of the keys.
func (db *DB) Materials(ctx context.Context, keys []int64) ([]Material, error) {
	s := &statement{}
	materials, err := collect(ctx, db, `
		SELECT a.key, a.id, a.revision, a.status = 'PUBLISHED', COALESCE(a.published_at, a.created_at), a.title, a.standfirst, b.text,
			a.text_hash, a.language, COALESCE((SELECT slug FROM section WHERE key = a.section_key), ''),
			COALESCE(n.revision, 0),
			(SELECT json_group_array(name) FROM (SELECT t.name FROM article_tag l JOIN tag t ON t.key = l.tag_key WHERE l.article_key = a.key ORDER BY l.position)),
			(SELECT json_group_array(name) FROM (SELECT t.name FROM article_author l JOIN author t ON t.key = l.author_key WHERE l.article_key = a.key ORDER BY l.position))
		FROM article a
		JOIN body b ON b.article_key = a.key
		LEFT JOIN analysis n ON n.article_key = a.key
		WHERE a.key IN `+list(s, keys)+`
		ORDER BY a.key`, s.args, scanMaterial)
	return materials, err
}

func scanMaterial(scan scanner) (m Material, err error) {
	var published int64
	var tags, authors jsonList
	err = scan(&m.Key, &m.ID, &m.Revision, &m.Published, &published, &m.Title, &m.Standfirst, &m.Text,
		&m.TextHash, &m.Language, &m.Section, &m.AnalysedRevision, &tags, &authors)
	m.PublishedAt, m.Tags, m.Authors = moment(published), tags, authors
	return m, err
}

// Analysis is what the machine made of one article.
type Analysis struct {
	Material  *Material
	Version   string
	Summaries []content.Summary
	Profile   []byte   // empty for an article that is not published
	Terms     []uint32 // those that it may have postings of
}

// SaveAnalyses writes analyses in one transaction, and leaves their edges to
// be drawn. What has been changed, or analysed by somebody else, since it was
// read is passed over: it is waiting still, or done. The segment is what the
// full-text index holds of those that are published.
func (db *DB) SaveAnalyses(ctx context.Context, analyses []Analysis, segment Segment) error {
	return db.tx(ctx, func(tx *txn) error {
		var saved []int64
		for i := range analyses {
			a := &analyses[i]
			current, err := isCurrent(ctx, tx, a.Material)
			if err != nil {
				return err
			}
			if !current {
				continue
			}
			if err := db.saveAnalysis(ctx, tx, a); err != nil {
				return fmt.Errorf("save the analysis of %s: %w", a.Material.ID, err)
			}
			saved = append(saved, a.Material.Key)
		}
		return reindex(ctx, tx, saved, &segment)
	})
}

// isCurrent tells whether an article and its analysis are as they were read.
func isCurrent(ctx context.Context, tx *txn, m *Material) (current bool, err error) {
	err = tx.row(ctx, `
		SELECT a.revision = $1 AND COALESCE(n.revision, 0) = $2
		FROM article a
		LEFT JOIN analysis n ON n.article_key = a.key
		WHERE a.key = $3`, []any{m.Revision, m.AnalysedRevision, m.Key}, &current)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return current, err
}

func (db *DB) saveAnalysis(ctx context.Context, tx *txn, a *Analysis) error {
	m := a.Material
	err := db.observed(ctx, tx, content.SummaryReady, summaryView, []int64{m.Key}, func() error { return db.saveSummaries(ctx, tx, a) })
	if err != nil {
		return err
	}
	edges := "DONE"
	if m.Published {
		edges = "NEW"
	}
	if err := unlink(ctx, tx, m); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM waiting WHERE article_key = $1`, m.Key); err != nil {
		return err
	}
	return tx.exec(ctx, `
		INSERT INTO analysis (article_key, revision, version, profile, postings, posted_at, edges)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (article_key) DO UPDATE SET
			revision = excluded.revision, version = excluded.version, profile = excluded.profile,
			postings = excluded.postings, posted_at = excluded.posted_at, edges = excluded.edges`,
		m.Key, m.Revision, a.Version, notNil(a.Profile), packTerms(a.Terms), m.PublishedAt.UnixMilli(), edges)
}

func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

func (db *DB) saveSummaries(ctx context.Context, tx *txn, a *Analysis) error {
	if err := tx.exec(ctx, `DELETE FROM summary WHERE article_key = $1 AND origin = 'EXTRACTIVE'`, a.Material.Key); err != nil {
		return err
	}
	for _, m := range a.Summaries {
		err := tx.exec(ctx, `
			INSERT INTO summary (article_key, length, origin, text_hash, text, sentences, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			a.Material.Key, m.Length, m.Origin, a.Material.TextHash, m.Text, toJSON(m.Sentences), db.now().UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// unlink takes an article out of the edges and the candidates. Those whose lists
// it leaves wait for another to take its place.
func unlink(ctx context.Context, tx *txn, m *Material) error {
	if m.AnalysedRevision == 0 {
		return nil
	}
	return leaveLists(ctx, tx, m.Key)
}

func leaveLists(ctx context.Context, tx *txn, key int64) error {
	for _, query := range []string{
		`UPDATE analysis SET edges = 'NEW'
		WHERE edges = 'DONE' AND article_key IN (SELECT article_key FROM related WHERE related_key = $1 AND origin = 'AUTOMATIC')`,
		`DELETE FROM related WHERE article_key = $1 AND origin = 'AUTOMATIC'`,
		`DELETE FROM related WHERE related_key = $1 AND origin = 'AUTOMATIC'`,
	} {
		if err := tx.exec(ctx, query, key); err != nil {
			return err
		}
	}
	return deletePostings(ctx, tx, key)
}

// reindex makes articles findable, or no longer so. What the segment holds of
// others was read too early.
func reindex(ctx context.Context, tx *txn, saved []int64, segment *Segment) error {
	if len(saved) == 0 {
		return nil
	}
	if err := removeFromIndex(ctx, tx, saved); err != nil || len(segment.Keys) == 0 {
		return err
	}
	slices.Sort(saved)
	if err := insertSegment(ctx, tx, segment, without(segment.Keys, saved)); err != nil {
		return fmt.Errorf("write a segment: %w", err)
	}
	return nil
}

// Where an index other than that of versions is to be used, the version is written
// as +version, which keeps SQLite from taking it.

// Profiles yields the key and the profile of every published article that has
// been analysed by a version, in the order of the keys.
func (db *DB) Profiles(ctx context.Context, version string) iter.Seq2[Profile, error] {
	return func(yield func(Profile, error) bool) {
		const batch = 1000
		after := int64(0)
		for {
			profiles, err := collect(ctx, db, `
				SELECT article_key, revision, profile, place, least
				FROM analysis
				WHERE article_key > $1 AND LENGTH(profile) > 0 AND +version = $2
				ORDER BY article_key
				LIMIT $3`, []any{after, version, batch}, scanProfile)
			if err != nil {
				yield(Profile{}, err)
				return
			}
			for _, p := range profiles {
				if !yield(p, nil) {
					return
				}
				after = p.Key
			}
			if len(profiles) < batch {
				return
			}
		}
	}
}

// Profile is what the relatedness engine keeps of an article.
type Profile struct {
	Key      int64
	Revision int // of the article, when it was analysed
	Data     []byte
	Place    []byte  // in the model under which its edges were drawn last
	Least    float64 // that an edge scores in its list, if that is full
}

func scanProfile(scan scanner) (p Profile, err error) {
	return p, scan(&p.Key, &p.Revision, &p.Data, &p.Place, &p.Least)
}

// ProfilesByKey reads the profiles of published articles that have been analysed
// by a version.
func (db *DB) ProfilesByKey(ctx context.Context, keys []int64, version string) ([]Profile, error) {
	s := &statement{}
	return collect(ctx, db, `
		SELECT article_key, revision, profile, place, least FROM analysis
		WHERE LENGTH(profile) > 0 AND article_key IN `+list(s, keys)+` AND +version = `+s.arg(version)+`
		ORDER BY article_key`, s.args, scanProfile)
}
