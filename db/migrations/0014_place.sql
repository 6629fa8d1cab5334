-- Where an article stands in the model under which its edges were drawn: working
-- that out for 150 candidates took a third of what comparing them costs.

-- +goose Up

ALTER TABLE analysis ADD COLUMN place BLOB NOT NULL DEFAULT x'';
