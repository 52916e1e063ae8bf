-- Lists of players read few rows that lie far apart: of small granules and blocks they read less. Profiles are computed anew,
-- from all players.
DROP TABLE IF EXISTS player_profiles;
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
SETTINGS index_granularity = 512, min_compress_block_size = 2048, max_compress_block_size = 16384,
  -- What was computed again is passed over by every list until a merge removes it.
  min_age_to_force_merge_seconds = 3600,
  non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1;

INSERT INTO player_changes (network_id, player_id, stored_at)
SELECT DISTINCT network_id, player_id, now64(3) FROM players;
