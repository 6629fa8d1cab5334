-- Who wants to be told what happens, and what has been told.

-- +goose Up

-- An address that is told of events (a JSON list of kinds). Since failing_since
-- nothing has reached it; since disabled_at nothing is sent.
CREATE TABLE webhook (
  key             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  url             TEXT NOT NULL,
  secret          TEXT NOT NULL, -- deliveries are signed with it, so a hash would not do
  events          TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  failing_since   INTEGER,
  disabled_at     INTEGER,
  disabled_reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- An event on its way to a webhook: written together with the event, so that
-- neither is ever there without the other.
CREATE TABLE delivery (
  key         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  webhook_key INTEGER NOT NULL REFERENCES webhook (key) ON DELETE CASCADE,
  event_seq   INTEGER NOT NULL REFERENCES event (seq) ON DELETE CASCADE,
  state       TEXT NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'FAILED')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  next_at     INTEGER,
  last_at     INTEGER,
  status      INTEGER NOT NULL DEFAULT 0,
  error       TEXT NOT NULL DEFAULT '',
  CHECK ((state = 'WAITING') = (next_at IS NOT NULL))
) STRICT;
CREATE INDEX delivery_due ON delivery (webhook_key, next_at, key) WHERE state = 'WAITING';
CREATE INDEX delivery_of ON delivery (webhook_key, key);
CREATE INDEX delivery_event ON delivery (event_seq);
