-- Players of whom nothing is recorded, because they asked for that.
CREATE TABLE opt_outs (
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  player_id uuid NOT NULL,
  opted_out_at_ms bigint NOT NULL,
  PRIMARY KEY (network_id, player_id)
);
