-- What waits to be analysed is asked for each minute, so the answer must not cost
-- a look at every article.

-- +goose Up

-- Articles that have changed since they were last analysed, or never were.
CREATE TABLE waiting (
  article_key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE
) STRICT;

INSERT INTO waiting (article_key)
SELECT a.key FROM article a LEFT JOIN analysis n ON n.article_key = a.key AND n.revision = a.revision
WHERE n.article_key IS NULL;

-- +goose StatementBegin
CREATE TRIGGER article_waits AFTER INSERT ON article
BEGIN
  INSERT INTO waiting (article_key) VALUES (NEW.key);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER article_waits_again AFTER UPDATE OF revision ON article WHEN NEW.revision <> OLD.revision
BEGIN
  INSERT INTO waiting (article_key) VALUES (NEW.key) ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- Analyses of another version wait, too; and those of this one that have a
-- profile, as drafts do not, are counted.
CREATE INDEX analysis_version ON analysis (version, LENGTH(profile) > 0);
