-- Postings are written anew for the whole archive at once, in the order of
-- their table, when a model is learned: that writes each page once, and not as
-- often as an article has a term on it. Until it is done, posted is 0.
--
-- analysis.postings lists the terms that an article may have postings of, and
-- depends on no model.

-- +goose Up

ALTER TABLE model ADD COLUMN posted INTEGER NOT NULL DEFAULT 1;
