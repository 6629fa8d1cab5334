-- Candidates are looked for among the 250 articles before and after one for each
-- of its sixty terms: 30,000 postings, which took ten milliseconds to read as a
-- row each.

-- +goose Up

DROP TABLE posting;

-- What articles have a term, in the order of time and article. A row holds some
-- of them that follow each other, packed (see postingblock.go), under the place of
-- the first one. An article removes its postings, which analysis lists: an index
-- by article, and the foreign key that would need it, would double the cost of
-- writing.
CREATE TABLE posting (
  term_id       INTEGER NOT NULL,
  first_at      INTEGER NOT NULL,
  first_article INTEGER NOT NULL,
  entries       BLOB NOT NULL,
  PRIMARY KEY (term_id, first_at, first_article)
) STRICT, WITHOUT ROWID;

UPDATE model SET posted = 0;
