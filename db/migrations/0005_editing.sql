-- What editors need: who may do what, what was changed when, what is to happen
-- later, and what has happened.

-- +goose Up

-- A published article is visible until unpublish_at. One in the trash has the
-- time it was put there, and a status that no reader sees. The owner is the
-- name of the token that made it. Readers have been told of the article
-- (announced) by an event, or not; due_at is when they are to be told next:
-- that it is there, or that it is gone.
ALTER TABLE article ADD COLUMN unpublish_at INTEGER;
ALTER TABLE article ADD COLUMN deleted_at INTEGER;
ALTER TABLE article ADD COLUMN owner TEXT;
ALTER TABLE article ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN due_at INTEGER;
UPDATE article SET announced = 1 WHERE status = 'PUBLISHED' AND published_at <= unixepoch('subsec') * 1000;
UPDATE article SET due_at = published_at WHERE status = 'PUBLISHED' AND announced = 0;
CREATE INDEX article_due ON article (due_at, key) WHERE due_at IS NOT NULL;

-- With the end of the publication, so that counting reads the index alone.
DROP INDEX article_published;
CREATE INDEX article_published ON article (published_at, key, unpublish_at) WHERE status = 'PUBLISHED';

-- What happened that others may want to hear of, in the order in which it did.
-- Written with the change itself. It names the article by its id, because it
-- outlives it.
CREATE TABLE event (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('article.published', 'article.updated', 'article.withdrawn', 'summary.ready', 'related.changed')),
  at         INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  slug       TEXT NOT NULL,
  title      TEXT NOT NULL,
  url        TEXT,
  revision   INTEGER NOT NULL
) STRICT;

-- Each change of an article: who, when, what. The text as it was is kept with
-- every revision but the present one, whose text is the article's own: it is
-- written down when the next change replaces it, so that an import of an
-- archive stores nothing twice.
CREATE TABLE revision (
  article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  id          TEXT NOT NULL UNIQUE,
  at          INTEGER NOT NULL,
  actor       TEXT NOT NULL, -- the name of a token, or what else made the change
  action      TEXT NOT NULL,
  note        TEXT,
  text        TEXT,          -- JSON of the draft that makes it again; NULL for the present one
  PRIMARY KEY (article_key, number)
) STRICT;
INSERT INTO revision (article_key, number, id, at, actor, action)
SELECT key, revision, 'rev_' || SUBSTR(id, 5), saved_at, 'import', 'IMPORTED' FROM article;

-- Slugs that something had before, or that were merged into it. A slug in use
-- goes before a former one.
CREATE TABLE former_slug (
  noun TEXT NOT NULL CHECK (noun IN ('article', 'author', 'tag', 'section')),
  slug TEXT NOT NULL,
  key  INTEGER NOT NULL,
  PRIMARY KEY (noun, slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_slug_of ON former_slug (noun, key);

-- Who may do what: the SHA-256 of each token, never the token.
CREATE TABLE token (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  role         TEXT NOT NULL CHECK (role IN ('READER', 'PREVIEWER', 'AUTHOR', 'EDITOR', 'ADMIN')),
  hash         BLOB NOT NULL UNIQUE,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  revoked_at   INTEGER,
  last_used_at INTEGER
) STRICT;

-- Who may look at one article that is not public.
CREATE TABLE preview (
  id          TEXT PRIMARY KEY,
  article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  hash        BLOB NOT NULL UNIQUE,
  created_by  TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  revoked_at  INTEGER
) STRICT;
CREATE INDEX preview_of ON preview (article_key);

-- What an editor says about the list of related articles: some stand first, in
-- an order of his, some never. The machine draws edges without looking here.
CREATE TABLE related_choice (
  article_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  related_key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  position    INTEGER, -- from 1; NULL for one that is blocked
  PRIMARY KEY (article_key, related_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_choice_to ON related_choice (related_key);
