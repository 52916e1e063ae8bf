-- Every key starts with the network. Tables collapse repeats by their key, so that a batch that is stored twice changes
-- no answer; readers use FINAL or aggregate. A deduplication window turns a repeated insert of the same bytes into none.

-- One row a session, the one with the highest version: 0 while it is open, the collector's time when the collector
-- closed or reopened it, and the largest number once the server itself has said how it ended.
CREATE TABLE network_sessions (
  network_id UUID,
  session_id UUID,
  player_id UUID,
  player_name String,
  server_name LowCardinality(String),
  server_kind Enum8('proxy' = 1, 'backend' = 2),
  instance_id UUID,
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  ended_at Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
  end_reason Enum8('open' = 0, 'quit' = 1, 'kick' = 2, 'timeout' = 3, 'crash' = 4, 'link_lost' = 5, 'shutdown' = 6, 'other' = 7),
  afk_ms UInt32,
  domain LowCardinality(String),
  platform Enum8('java' = 1, 'bedrock' = 2),
  device LowCardinality(String),
  country LowCardinality(String),
  protocol_version UInt32,
  client_version LowCardinality(String),
  -- The player was counted through another session at the time: a backend's beside its proxy's.
  is_secondary Bool,
  first_day Date,
  last_day Date,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  version UInt64,
  INDEX by_session session_id TYPE bloom_filter(0.001) GRANULARITY 4,
  INDEX by_player player_id TYPE bloom_filter(0.01) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(started_at)
ORDER BY (network_id, started_at, session_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- One row a stay on one backend inside a session.
CREATE TABLE gamemode_sessions (
  network_id UUID,
  session_id UUID,
  ordinal UInt32,
  player_id UUID,
  server_name LowCardinality(String),
  backend LowCardinality(String),
  gamemode LowCardinality(String),
  started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  ended_at Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD),
  domain LowCardinality(String),
  platform Enum8('java' = 1, 'bedrock' = 2),
  device LowCardinality(String),
  country LowCardinality(String),
  client_version LowCardinality(String),
  is_secondary Bool,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  version UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(started_at)
ORDER BY (network_id, started_at, session_id, ordinal)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Ids that are all zero mean none.
CREATE TABLE events (
  network_id UUID,
  event_id UUID,
  kind Enum8('custom' = 1, 'afk' = 2, 'purchase' = 3),
  name LowCardinality(String),
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  session_id UUID,
  player_id UUID,
  server_name LowCardinality(String),
  -- A JSON object.
  properties String CODEC(ZSTD),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD)
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (network_id, toDate(at), name, at, event_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE players (
  network_id UUID,
  player_id UUID,
  first_seen_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
  name AggregateFunction(argMax, String, DateTime64(3, 'UTC')),
  first_domain AggregateFunction(argMin, String, DateTime64(3, 'UTC')),
  first_country AggregateFunction(argMin, String, DateTime64(3, 'UTC')),
  first_platform AggregateFunction(argMin, Enum8('java' = 1, 'bedrock' = 2), DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (network_id, player_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW players_from_sessions TO players AS
SELECT
  network_id,
  player_id,
  min(started_at) AS first_seen_at,
  max(coalesce(ended_at, started_at)) AS last_seen_at,
  argMaxState(player_name, started_at) AS name,
  argMinState(toString(domain), started_at) AS first_domain,
  argMinState(toString(country), started_at) AS first_country,
  argMinState(platform, started_at) AS first_platform
FROM network_sessions
GROUP BY network_id, player_id;

-- One row a player a day on which a session of the player was open; days are the network's.
CREATE TABLE player_days (
  network_id UUID,
  day Date,
  player_id UUID,
  first_seen_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (network_id, day, player_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW player_days_from_sessions TO player_days AS
SELECT
  network_id,
  arrayJoin(arrayMap(offset -> first_day + offset, range(toUInt16(greatest(last_day - first_day, 0) + 1)))) AS day,
  player_id,
  min(started_at) AS first_seen_at,
  max(coalesce(ended_at, started_at)) AS last_seen_at
FROM network_sessions
GROUP BY network_id, day, player_id;

-- Players online at aligned minutes: in all ('total', '') and by one dimension. Values of a dimension add up to the total.
CREATE TABLE ccu_samples (
  network_id UUID,
  sampled_at DateTime('UTC') CODEC(DoubleDelta, ZSTD),
  dimension Enum8('total' = 0, 'server' = 1, 'gamemode' = 2, 'platform' = 3, 'device' = 4, 'country' = 5, 'domain' = 6, 'version' = 7),
  value LowCardinality(String),
  players UInt32,
  -- The largest number at one instant since the sample before.
  peak UInt32
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(sampled_at)
ORDER BY (network_id, dimension, sampled_at, value)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE gauges (
  network_id UUID,
  server_name LowCardinality(String),
  instance_id UUID,
  at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  players Nullable(UInt32),
  tps Nullable(Float32),
  mspt_mean Nullable(Float32),
  mspt_p95 Nullable(Float32),
  memory_used_bytes Nullable(UInt64),
  memory_max_bytes Nullable(UInt64),
  ping_mean_ms Nullable(Float32),
  spool_bytes Nullable(UInt64),
  spool_events Nullable(UInt64),
  dropped_events Nullable(UInt64)
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (network_id, server_name, at, instance_id)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What was refused, without addresses. Replaying or discarding writes a row of a higher version.
CREATE TABLE dead_letters (
  network_id UUID,
  dead_letter_id UUID,
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
  server_name LowCardinality(String),
  key_id UUID,
  source Enum8('socket' = 1, 'http' = 2, 'storage' = 3),
  code LowCardinality(String),
  reason String,
  -- JSON: what was sent, as far as it could be read; '' when it could not.
  payload String CODEC(ZSTD),
  state Enum8('kept' = 0, 'replayed' = 1, 'discarded' = 2),
  version UInt64
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(received_at)
ORDER BY (network_id, received_at, dead_letter_id)
TTL toDateTime(received_at) + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- When and why numbers are missing. An empty server name means the whole network.
CREATE TABLE gaps (
  network_id UUID,
  server_name LowCardinality(String),
  started_at DateTime64(3, 'UTC'),
  ended_at DateTime64(3, 'UTC'),
  reason Enum8('collector_down' = 1, 'spool_full' = 2, 'buffer_full' = 3),
  lost_events UInt64
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(started_at)
ORDER BY (network_id, started_at, server_name, reason)
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What became of what arrived, by minute: 'accepted' or an error code.
CREATE TABLE ingest_minutes (
  network_id UUID,
  minute DateTime('UTC') CODEC(DoubleDelta, ZSTD),
  outcome LowCardinality(String),
  collector_id UUID,
  events UInt64
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (network_id, minute, outcome, collector_id)
TTL minute + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;
