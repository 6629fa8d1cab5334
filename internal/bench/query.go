package main

// The SQL of the server written by hand: one query for each thing a page shows,
// lists of articles in one go.
const (
	articleQuery = `
		SELECT a.key, a.id, a.title, a.standfirst, b.html, a.published_at, a.language, a.word_count, s.name, s.slug,
			m.text, m.origin, m.text_hash <> a.text_hash, m.sentences
		FROM article a
		JOIN body b ON b.article_key = a.key
		LEFT JOIN section s ON s.key = a.section_key
		LEFT JOIN summary m ON m.article_key = a.key AND m.length = $1 AND m.origin = 'EXTRACTIVE'
		WHERE a.slug = $2 AND a.status = 'PUBLISHED' AND a.published_at <= $3`

	authorsQuery = `
		SELECT n.name, n.slug FROM article_author l JOIN author n ON n.key = l.author_key
		WHERE l.article_key = $1 ORDER BY l.position`

	tagsQuery = `
		SELECT n.name, n.slug FROM article_tag l JOIN tag n ON n.key = l.tag_key
		WHERE l.article_key = $1 ORDER BY l.position`

	relatedQuery = `
		SELECT r.score, r.origin, r.reasons, a.key, a.slug, a.title, m.text
		FROM related r
		JOIN article a ON a.key = r.related_key
		LEFT JOIN summary m ON m.article_key = a.key AND m.length = 'BRIEF' AND m.origin = 'EXTRACTIVE'
		WHERE r.article_key = $1 AND a.status = 'PUBLISHED' AND a.published_at <= $2
		ORDER BY r.origin DESC, r.score DESC, r.related_key DESC
		LIMIT 6`

	authorsOfQuery = `
		SELECT l.article_key, n.name FROM article_author l JOIN author n ON n.key = l.author_key
		WHERE l.article_key IN (SELECT value FROM json_each($1)) ORDER BY l.article_key, l.position`

	tagsOfQuery = `
		SELECT l.article_key, n.name FROM article_tag l JOIN tag n ON n.key = l.tag_key
		WHERE l.article_key IN (SELECT value FROM json_each($1)) ORDER BY l.article_key, l.position`

	previousQuery = `
		SELECT slug, title FROM article
		WHERE status = 'PUBLISHED' AND (published_at, key) < ($1, $2) ORDER BY published_at DESC, key DESC LIMIT 1`

	nextQuery = `
		SELECT slug, title FROM article
		WHERE status = 'PUBLISHED' AND (published_at, key) > ($1, $2) AND published_at <= $3 ORDER BY published_at, key LIMIT 1`

	homeQuery = `
		SELECT a.key, a.slug, a.title, a.published_at, m.text
		FROM article a
		LEFT JOIN summary m ON m.article_key = a.key AND m.length = 'BRIEF' AND m.origin = 'EXTRACTIVE'
		WHERE a.status = 'PUBLISHED' AND a.published_at <= $1
		ORDER BY a.published_at DESC, a.key DESC
		LIMIT 21`

	searchQuery = `
		SELECT f.key, f.slug, f.title, f.language, b.text, m.text, f.rank
		FROM (
			SELECT a.key, a.slug, a.title, a.language, bm25(article_search, 10, 4, 4, 4, 1) AS rank
			FROM words.article_search
			JOIN article a ON a.key = article_search.rowid
			WHERE article_search MATCH $1 AND a.status = 'PUBLISHED' AND a.published_at <= $2
			ORDER BY rank, a.key
			LIMIT 11) f
		JOIN body b ON b.article_key = f.key
		LEFT JOIN summary m ON m.article_key = f.key AND m.length = 'BRIEF' AND m.origin = 'EXTRACTIVE'
		ORDER BY f.rank, f.key`

	searchCountQuery = `
		SELECT COUNT(*) FROM words.article_search JOIN article a ON a.key = article_search.rowid
		WHERE article_search MATCH $1 AND a.status = 'PUBLISHED' AND a.published_at <= $2`

	// Some articles, the same each time: no page shows them.
	slugsQuery = `
		SELECT slug FROM article WHERE status = 'PUBLISHED' AND published_at <= $1 AND key % $2 = 0 ORDER BY key`
)

var queries = []string{
	articleQuery, authorsQuery, tagsQuery, relatedQuery, authorsOfQuery, tagsOfQuery, previousQuery, nextQuery,
	homeQuery, searchQuery, searchCountQuery, slugsQuery,
}
