-- What the machine makes of the archive. All of it can be made again.

-- +goose Up

-- One row for each article that has been analysed: the revision, and the
-- version of the algorithms it was analysed with, what the relatedness engine
-- keeps of it (empty for an article that is not published), and the state of
-- its edges. An article without a row, or whose revision or version differs, is
-- waiting. Edges are DONE, or to be drawn because the article is NEW, or because
-- those of the whole archive are drawn again (REBUILD).
CREATE TABLE analysis (
  article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
  revision    INTEGER NOT NULL,
  version     TEXT NOT NULL,
  profile     BLOB NOT NULL,
  postings    BLOB NOT NULL,
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

-- How many published articles a language has, and how many use a term. The
-- relatedness engine names a term of a language by a 32-bit number.
CREATE TABLE language (
  language TEXT PRIMARY KEY,
  articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE term (
  id       INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL
) STRICT;

-- The strongest terms of each linked article, clustered by term: the
-- candidates for an edge are a few short ranges of this table. Whoever removes
-- an article removes its postings, which analysis lists: an index by article,
-- and the foreign key that would need it, would double the cost of writing.
CREATE TABLE posting (
  term_id     INTEGER NOT NULL,
  article_key INTEGER NOT NULL,
  weight      REAL NOT NULL,
  PRIMARY KEY (term_id, article_key)
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
