-- A network that shows what it would look like: played by the simulator, marked, and removed at once.

ALTER TABLE networks ADD COLUMN is_demo boolean NOT NULL DEFAULT false;
-- One at a time.
CREATE UNIQUE INDEX networks_demo ON networks (is_demo) WHERE is_demo;

-- How far it is, for every collector to tell; written by the one that plays it.
CREATE TABLE demo_networks (
  network_id uuid PRIMARY KEY REFERENCES networks (id) ON DELETE CASCADE,
  -- Of history.
  days integer NOT NULL CHECK (days BETWEEN 1 AND 60),
  phase text NOT NULL CHECK (phase IN ('starting', 'history', 'storing', 'rebuilding', 'live', 'failed')),
  -- How much of the history is handed over, from 0 to 1.
  history_share double precision NOT NULL,
  -- What the simulator has reported.
  sessions bigint NOT NULL,
  events bigint NOT NULL,
  -- Why it is not played, for people to read.
  failure text CHECK (length(failure) <= 500),
  -- When all of the history was there; NULL before: then it is loaded from its beginning.
  loaded_at_ms bigint
);
