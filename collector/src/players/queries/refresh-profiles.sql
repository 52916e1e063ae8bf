-- Computes the profiles of the players of whom something was stored since a moment, of all networks, and adds those that
-- differ from what is there.
-- Not one network's: this is the collector's own housekeeping, and every row keeps its network.
-- Parameters: sinceMs Int64 (Unix milliseconds by ClickHouse's clock), shares UInt32 and share UInt32 (which of them)
-- Served by: the partitions of player_changes; the order keys of players and player_profiles; the projection by_player_order.
INSERT INTO player_profiles (
  network_id, player_id, name, first_seen_at, last_seen_at, first_domain, first_country, first_platform,
  last_device, sessions, playtime_ms, afk_ms, is_online, computed_at
)
WITH changed AS (
  SELECT DISTINCT network_id, player_id
  FROM player_changes
  WHERE stored_at >= fromUnixTimestamp64Milli({sinceMs:Int64})
    AND cityHash64(player_id) % {shares:UInt32} = {share:UInt32}
)
SELECT
  network_id, player_id, name, first_seen_at, last_seen_at, first_domain, first_country, first_platform,
  last_device, sessions, playtime_ms, afk_ms, is_online, now64(3)
FROM (
  SELECT
    network_id,
    player_id,
    argMaxMerge(p.name) AS name,
    min(p.first_seen_at) AS first_seen_at,
    max(p.last_seen_at) AS last_seen_at,
    argMinMerge(p.first_domain) AS first_domain,
    argMinMerge(p.first_country) AS first_country,
    argMinMerge(p.first_platform) AS first_platform
  FROM players AS p
  WHERE (network_id, player_id) IN (SELECT network_id, player_id FROM changed)
  GROUP BY network_id, player_id
) AS seen
INNER JOIN (
  SELECT
    network_id,
    player_id,
    argMax(latest.4, started_at) AS last_device,
    countIf(NOT latest.3) AS sessions,
    sumIf(greatest(0, toUnixTimestamp64Milli(assumeNotNull(latest.1)) - toUnixTimestamp64Milli(started_at)),
      isNotNull(latest.1) AND NOT latest.3) AS playtime_ms,
    sumIf(latest.2, NOT latest.3) AS afk_ms,
    countIf(isNull(latest.1)) > 0 AS is_online
  FROM (
    SELECT
      network_id,
      player_id,
      started_at,
      session_id,
      argMax((ended_at, afk_ms, is_secondary, device), version) AS latest
    FROM network_sessions
    WHERE (network_id, player_id) IN (SELECT network_id, player_id FROM changed)
    GROUP BY network_id, player_id, started_at, session_id
  )
  GROUP BY network_id, player_id
) AS counted USING (network_id, player_id)
WHERE (
  network_id, player_id, name, first_seen_at, last_seen_at, first_domain, first_country, first_platform,
  last_device, sessions, playtime_ms, afk_ms, is_online
) NOT IN (
  SELECT
    network_id, player_id, name, first_seen_at, last_seen_at, first_domain, first_country, first_platform,
    last_device, sessions, playtime_ms, afk_ms, is_online
  FROM player_profiles
  WHERE (network_id, player_id) IN (SELECT network_id, player_id FROM changed)
  ORDER BY computed_at DESC
  LIMIT 1 BY network_id, player_id
)
