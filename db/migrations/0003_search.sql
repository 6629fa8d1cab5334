-- The full-text index is made of segments of our own instead of FTS5, which
-- scores every hit of a common word at each search: 100 ms at 76,000 articles.
-- All articles wait for their analysis after this, which fills it.

-- +goose Up
DROP TABLE article_search;

-- What is known of some articles, packed once and never changed; of dead ones
-- another segment, or none, knows more. The keys are packed as differences.
CREATE TABLE search_segment (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  articles  INTEGER NOT NULL,
  size      INTEGER NOT NULL, -- bytes
  languages TEXT NOT NULL,    -- JSON
  dead      BLOB NOT NULL,
  keys      BLOB NOT NULL     -- of all its articles
) STRICT;

-- The dictionary of a segment, a block of neighbouring terms in a row, under
-- the first of them. The first block of a segment begins at ''.
CREATE TABLE search_block (
  segment_id INTEGER NOT NULL,
  first      TEXT NOT NULL,
  data       BLOB NOT NULL,
  PRIMARY KEY (segment_id, first)
) STRICT, WITHOUT ROWID;

-- The streams of a segment in pieces: the articles of each term, and the places
-- of each word in them.
CREATE TABLE search_chunk (
  key  INTEGER PRIMARY KEY, -- segment, stream and number: see db/segment.go
  data BLOB NOT NULL
) STRICT;

-- In which segment an article stands.
CREATE TABLE search_article (
  article_key INTEGER PRIMARY KEY,
  segment_id  INTEGER NOT NULL
) STRICT;

-- Articles that have been withdrawn or deleted and stand in a segment still:
-- no search counts them from that moment on.
CREATE TABLE search_gone (
  article_key INTEGER PRIMARY KEY
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER article_withdrawn AFTER UPDATE OF status ON article
WHEN OLD.status = 'PUBLISHED' AND NEW.status <> 'PUBLISHED'
BEGIN
  INSERT OR IGNORE INTO search_gone SELECT article_key FROM search_article WHERE article_key = NEW.key;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_deleted AFTER DELETE ON article
BEGIN
  INSERT OR IGNORE INTO search_gone SELECT article_key FROM search_article WHERE article_key = OLD.key;
END;
-- +goose StatementEnd
