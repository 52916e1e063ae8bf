-- For lists and pages of single players: without these, they read what everybody did.

-- One player's sessions and stays, in their order. Queries that read them do without FINAL: it passes projections by.
ALTER TABLE network_sessions MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild', lightweight_mutation_projection_mode = 'rebuild';
ALTER TABLE network_sessions ADD PROJECTION IF NOT EXISTS by_player_order (
  SELECT
    network_id, player_id, started_at, session_id, player_name, server_name, server_kind, ended_at, end_reason, afk_ms, domain,
    platform, device, country, protocol_version, client_version, is_secondary, version
  ORDER BY network_id, player_id, started_at, session_id
);
ALTER TABLE network_sessions MATERIALIZE PROJECTION by_player_order;
ALTER TABLE network_sessions DROP INDEX IF EXISTS by_player;

ALTER TABLE gamemode_sessions MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild', lightweight_mutation_projection_mode = 'rebuild';
ALTER TABLE gamemode_sessions ADD PROJECTION IF NOT EXISTS by_player_order (
  SELECT network_id, player_id, started_at, session_id, ordinal, backend, gamemode, ended_at, is_secondary, version
  ORDER BY network_id, player_id, started_at, session_id, ordinal
);
ALTER TABLE gamemode_sessions MATERIALIZE PROJECTION by_player_order;

ALTER TABLE events ADD INDEX IF NOT EXISTS by_at at TYPE minmax GRANULARITY 1;
ALTER TABLE events MATERIALIZE INDEX by_at;
ALTER TABLE events ADD INDEX IF NOT EXISTS by_player player_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE events MATERIALIZE INDEX by_player;

-- Players of whom something was stored a short while ago: their profiles are due.
CREATE TABLE player_changes (
  network_id UUID,
  player_id UUID,
  stored_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(stored_at)
PARTITION BY toStartOfHour(stored_at)
ORDER BY (network_id, player_id)
TTL toDateTime(stored_at) + INTERVAL 1 DAY
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;

CREATE MATERIALIZED VIEW player_changes_from_sessions TO player_changes AS
SELECT DISTINCT network_id, player_id, now64(3) AS stored_at
FROM network_sessions;

INSERT INTO player_changes (network_id, player_id, stored_at)
SELECT DISTINCT network_id, player_id, now64(3) FROM network_sessions;

-- One row a player, computed anew when something of the player was stored: what lists of players are read from.
CREATE TABLE player_profiles (
  network_id UUID,
  player_id UUID,
  name String,
  first_seen_at DateTime64(3, 'UTC'),
  last_seen_at DateTime64(3, 'UTC'),
  first_domain LowCardinality(String),
  first_country LowCardinality(String),
  first_platform Enum8('java' = 1, 'bedrock' = 2),
  last_device LowCardinality(String),
  -- Of sessions through which the player was counted; times are those of sessions that ended.
  sessions UInt32,
  playtime_ms UInt64,
  afk_ms UInt64,
  is_online Bool,
  computed_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(computed_at)
ORDER BY (network_id, player_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
