-- What the machine makes of the archive. All of it can be made again.

-- +goose Up

-- One row for each article that has been analysed: the revision, and the
-- version of the algorithms it was analysed with, what the relatedness engine
-- keeps of it (empty for an article that is not published), what postings it
-- has (the ids of the terms, 32-bit numbers, little-endian, and the time they
-- stand at), and the state of its edges. An article without a row, or whose
-- revision or version differs, is waiting. Edges are DONE, or to be drawn
-- because the article is NEW (or has lost one), or because those of the whole
-- archive are drawn again (REBUILD).
CREATE TABLE analysis (
  article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
  revision    INTEGER NOT NULL,
  version     TEXT NOT NULL,
  profile     BLOB NOT NULL,
  postings    BLOB NOT NULL,
  posted_at   INTEGER NOT NULL,
  edges       TEXT NOT NULL CHECK (edges IN ('DONE', 'NEW', 'REBUILD'))
) STRICT;
CREATE INDEX analysis_waiting ON analysis (article_key) WHERE edges <> 'DONE';

CREATE TABLE summary (
  article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  length      TEXT NOT NULL CHECK (length IN ('BRIEF', 'SHORT', 'LONG', 'BULLETS')),
  origin      TEXT NOT NULL CHECK (origin IN ('EXTRACTIVE', 'EDITOR', 'MODEL')),
  text_hash   BLOB NOT NULL,
  text        TEXT NOT NULL,
  sentences   TEXT NOT NULL, -- JSON
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (article_key, length, origin)
) STRICT, WITHOUT ROWID;

-- What the relatedness engine has learned of the archive at one moment: how
-- rare terms are, and which go together. Edges drawn under one model do not
-- depend on the order in which articles came.
CREATE TABLE model (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  version    TEXT NOT NULL,
  articles   INTEGER NOT NULL, -- that it was learned from
  learned_at INTEGER NOT NULL,
  data       BLOB NOT NULL
) STRICT;

-- The strongest terms of each linked article, clustered by term and time: the
-- candidates for an edge are short ranges of this table around the time of the
-- article. A term of a language is named by a 32-bit number. Whoever removes an
-- article removes its postings, which analysis lists: an index by article, and
-- the foreign key that would need it, would double the cost of writing.
CREATE TABLE posting (
  term_id      INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  article_key  INTEGER NOT NULL,
  weight       REAL NOT NULL,
  PRIMARY KEY (term_id, published_at, article_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE related (
  article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  related_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  score       REAL NOT NULL,
  origin      TEXT NOT NULL CHECK (origin IN ('AUTOMATIC', 'PINNED')),
  reasons     TEXT NOT NULL, -- JSON
  PRIMARY KEY (article_key, related_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_to ON related (related_key);

-- The full-text index, by article key. It keeps no text of its own.
CREATE VIRTUAL TABLE article_search USING fts5 (
  title, standfirst, tags, authors, body,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2'
);
