-- A search leaves out what is no longer published at the moment it runs, and
-- asks for it each time.

-- +goose Up
CREATE INDEX article_unpublish ON article (unpublish_at) WHERE unpublish_at IS NOT NULL;
