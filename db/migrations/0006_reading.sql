-- The reading side: what tells that the archive has changed, and indices for the
-- orders and filters of lists.

-- +goose Up

-- One row that counts changes of what readers see. Answers that are kept are good
-- as long as it stands still. Triggers count, so that no writer can forget to, be
-- it another program. Job tables do not
-- count: the queue writes every few seconds.
CREATE TABLE change (
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  count INTEGER NOT NULL
) STRICT;
INSERT INTO change (id, count) VALUES (1, 0);

-- +goose StatementBegin
CREATE TRIGGER article_insert AFTER INSERT ON article
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_update AFTER UPDATE ON article
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_delete AFTER DELETE ON article
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER body_insert AFTER INSERT ON body
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER body_update AFTER UPDATE ON body
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER body_delete AFTER DELETE ON body
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER analysis_insert AFTER INSERT ON analysis
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER analysis_update AFTER UPDATE ON analysis
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER analysis_delete AFTER DELETE ON analysis
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER model_insert AFTER INSERT ON model
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER model_update AFTER UPDATE ON model
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER model_delete AFTER DELETE ON model
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER section_insert AFTER INSERT ON section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER section_update AFTER UPDATE ON section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER section_delete AFTER DELETE ON section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER author_insert AFTER INSERT ON author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER author_update AFTER UPDATE ON author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER author_delete AFTER DELETE ON author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tag_insert AFTER INSERT ON tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tag_update AFTER UPDATE ON tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tag_delete AFTER DELETE ON tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_section_insert AFTER INSERT ON article_section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_section_update AFTER UPDATE ON article_section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_section_delete AFTER DELETE ON article_section
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_author_insert AFTER INSERT ON article_author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_author_update AFTER UPDATE ON article_author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_author_delete AFTER DELETE ON article_author
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_tag_insert AFTER INSERT ON article_tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_tag_update AFTER UPDATE ON article_tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER article_tag_delete AFTER DELETE ON article_tag
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER former_slug_insert AFTER INSERT ON former_slug
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER former_slug_update AFTER UPDATE ON former_slug
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER former_slug_delete AFTER DELETE ON former_slug
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd

-- What the machine writes here it writes together with a row of analysis.
-- +goose StatementBegin
CREATE TRIGGER summary_insert AFTER INSERT ON summary WHEN NEW.origin <> 'EXTRACTIVE'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER summary_update AFTER UPDATE ON summary WHEN NEW.origin <> 'EXTRACTIVE' OR OLD.origin <> 'EXTRACTIVE'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER summary_delete AFTER DELETE ON summary WHEN OLD.origin <> 'EXTRACTIVE'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER related_insert AFTER INSERT ON related WHEN NEW.origin <> 'AUTOMATIC'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER related_update AFTER UPDATE ON related WHEN NEW.origin <> 'AUTOMATIC' OR OLD.origin <> 'AUTOMATIC'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER related_delete AFTER DELETE ON related WHEN OLD.origin <> 'AUTOMATIC'
BEGIN
  UPDATE change SET count = count + 1;
END;
-- +goose StatementEnd

-- The other orders of lists, and the newest articles of a language.
CREATE INDEX article_updated ON article (updated_at, key) WHERE status = 'PUBLISHED';
CREATE INDEX article_created ON article (created_at, key) WHERE status = 'PUBLISHED';
CREATE INDEX article_title ON article (title COLLATE NOCASE, key) WHERE status = 'PUBLISHED';
CREATE INDEX article_words ON article (word_count, key) WHERE status = 'PUBLISHED';
CREATE INDEX article_language ON article (language, published_at, key) WHERE status = 'PUBLISHED';

-- The next article that leaves.
CREATE INDEX article_unpublish ON article (unpublish_at) WHERE unpublish_at IS NOT NULL;
