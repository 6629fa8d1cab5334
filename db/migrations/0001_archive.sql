-- The archive: what editors and imports hand in.
--
-- Every table has an integer key of its own, which never leaves this package:
-- the tables that grow fastest (terms, edges) would be several times larger
-- with the public ids. Times are integer milliseconds UTC.

-- +goose Up

-- Sections nest; slug is the whole path ("world/europe").
CREATE TABLE section (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  slug       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  parent_key INTEGER REFERENCES section (key)
) STRICT;
CREATE INDEX section_parent ON section (parent_key);

CREATE TABLE author (
  key  INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE tag (
  key  INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

-- A scheduled article is stored as PUBLISHED with a time to come: the clock
-- alone makes it visible, so no job can be late or lost.
CREATE TABLE article (
  key          INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  slug         TEXT NOT NULL UNIQUE,
  title        TEXT NOT NULL,
  standfirst   TEXT NOT NULL,
  url          TEXT,
  source       TEXT,
  external_id  TEXT,
  language     TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
  revision     INTEGER NOT NULL,
  published_at INTEGER,
  updated_at   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  word_count   INTEGER NOT NULL,
  section_key  INTEGER REFERENCES section (key),
  image_url    TEXT,
  image_alt    TEXT,
  image_credit TEXT,
  saved_at     INTEGER NOT NULL, -- when this row was last written
  draft_hash   BLOB NOT NULL,    -- of what was handed in: the same again changes nothing
  text_hash    BLOB NOT NULL,    -- of what summaries are made from
  CHECK (status <> 'PUBLISHED' OR published_at IS NOT NULL),
  UNIQUE (source, external_id)
) STRICT;
-- The order of the newest-first list, with the key that completes it.
CREATE INDEX article_published ON article (published_at, key) WHERE status = 'PUBLISHED';
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;

-- Bodies are long and most lists do not read them, so they live apart.
CREATE TABLE body (
  article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
  format      TEXT NOT NULL CHECK (format IN ('HTML', 'MARKDOWN', 'TEXT')),
  source      TEXT NOT NULL,
  html        TEXT NOT NULL,
  markdown    TEXT NOT NULL,
  text        TEXT NOT NULL
) STRICT;

-- The links repeat the time of publication, so that the newest articles of an
-- author, a tag or a section are a range of one index however many there are.
CREATE TABLE article_author (
  article_key  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  author_key   INTEGER NOT NULL REFERENCES author (key),
  published_at INTEGER,
  PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_author_list ON article_author (author_key, published_at, article_key);

CREATE TABLE article_tag (
  article_key  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  tag_key      INTEGER NOT NULL REFERENCES tag (key),
  published_at INTEGER,
  PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_list ON article_tag (tag_key, published_at, article_key);

-- An article stands in every section of the path to its own, from the top down.
CREATE TABLE article_section (
  article_key  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  section_key  INTEGER NOT NULL REFERENCES section (key),
  published_at INTEGER,
  PRIMARY KEY (article_key, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_section_list ON article_section (section_key, published_at, article_key);
