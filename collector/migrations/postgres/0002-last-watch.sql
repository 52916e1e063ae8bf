-- When the worker last looked who is there, and the networks that had a server then: what a gap is written for when no
-- collector runs for a while. One row at most.
CREATE TABLE last_watch (
  id integer PRIMARY KEY CHECK (id = 1),
  at_ms bigint NOT NULL,
  network_ids uuid[] NOT NULL
);
