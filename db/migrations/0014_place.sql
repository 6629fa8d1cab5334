-- Where an article stands in the model under which its edges were drawn: working
-- that out for 150 candidates took a third of what comparing them costs.

-- +goose Up

ALTER TABLE analysis ADD COLUMN place BLOB NOT NULL DEFAULT x'';

-- The score that an edge must have to enter the list of an article, if it is full:
-- reading 150 lists took as long as finding who might enter them. The list may ask
-- for more by now, and never for less, unless it is to be drawn again.
ALTER TABLE analysis ADD COLUMN least REAL NOT NULL DEFAULT 0;
